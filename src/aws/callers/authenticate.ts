/**
 * Authenticates a request: from the request as received to a verified caller.
 */
import type { ReceivedRequest } from "../../http/index.ts";
import {
  awsManagedPolicy,
  BOOTSTRAP_USER,
  type Caller,
  compilePolicy,
  findKey,
  type IamEnvironment,
  type KeyLookup,
  requestKeys,
  userArn,
} from "../../iam/index.ts";
import {
  type CanonicalHeaders,
  canonicalHeaders,
  checkSignature,
  EXPIRED_TOKEN,
  readCredential,
  type SignedCredential,
  type SigningKeys,
  signatureMismatch,
  UNRECOGNIZED_CLIENT,
  WireError,
} from "../sigv4/index.ts";
import type { TrustSettings } from "./settings.ts";

/** The services that requests are signed for; `cognate` is for this server's own operations beside AWS's. */
export type ServiceName = "cognito-idp" | "sts" | "iam" | "kms" | "cognate";

/** A caller, and the condition keys of the request. */
export interface Authenticated {
  readonly caller: Caller;
  readonly lookup: KeyLookup;
}

export interface AuthenticationDependencies {
  readonly iam: IamEnvironment;
  readonly trust: TrustSettings;
  readonly signingKeys: SigningKeys;
}

const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/;

/** Regions that start scripts for other emulators sign for. */
const LOCAL_REGION = /^local(host)?$/;

/**
 * Authenticates the signer of a request for a service.
 *
 * @throws WireError the signature is missing or wrong
 */
export async function authenticate(
  request: ReceivedRequest,
  service: ServiceName,
  { iam, trust, signingKeys }: AuthenticationDependencies,
): Promise<Authenticated> {
  // 1. The signature is well formed, in time and for this service. IAM and STS have no region of their own: clients at a
  //    custom endpoint sign them for their configured region.
  const now = iam.credentialClock.now();
  const acceptsRegion = (region: string) =>
    service !== "cognito-idp" ||
    REGION.test(region) ||
    (trust.acceptsLocalRegions && LOCAL_REGION.test(region));
  const credential = readCredential(request, { service, acceptsRegion }, now);

  // 2. The key is known, active and, if temporary, comes with its token and has not expired.
  const key = await findKey(credential, iam);
  if (key.kind === "unknown" && isTrusted(request, credential.headers, trust)) {
    const caller = await administrator(credential, iam);
    return { caller, lookup: lookupOf(request, credential.headers, caller, now) };
  }
  if (key.kind === "expired") {
    throw new WireError(EXPIRED_TOKEN, "The security token included in the request is expired");
  }

  // 3. The signature was made with the secret of the key. It is recomputed for unknown keys too, so that timing reveals
  // nothing.
  const check = checkSignature(
    request,
    credential,
    key.kind === "valid" ? key.secret : undefined,
    signingKeys,
  );
  if (key.kind !== "valid") throw unrecognized();
  if (!check.matches) throw signatureMismatch(check, trust.explainsSignatures);

  // 4. GetSessionToken's credentials may not call IAM, because they lack MFA; GetFederationToken's may not either.
  const origin = key.caller.session?.origin;
  if (service === "iam" && (origin === "token" || origin === "federated")) throw unrecognized();

  if (key.record) {
    await iam.directory.noteUse(key.record, { at: iam.clock.now(), service, region: credential.region });
  }
  return { caller: key.caller, lookup: lookupOf(request, credential.headers, key.caller, now) };
}

function unrecognized(): WireError {
  return new WireError(UNRECOGNIZED_CLIENT, "The security token included in the request is invalid.");
}

/**
 * Whether an unknown key is accepted as the administrator's. It never is if a web page of another origin can have
 * caused the request. Browsers send the origin of every POST, but not of the GET of an image or a link, which could
 * call IAM by its query string.
 *
 * @see Fetch standard, "append a request `Origin` header"
 */
function isTrusted(request: ReceivedRequest, headers: CanonicalHeaders, trust: TrustSettings): boolean {
  return (
    trust.unknownKeys === "administrator" &&
    request.method === "POST" &&
    trust.isOwnHost(headers.get("host")) &&
    trust.isLocalOrigin(headers.get("origin"))
  );
}

const ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess";

/** The account's administrator: the bootstrap user by name and id, with all permissions also if that user has lost its own. */
async function administrator(
  { keyId, region }: SignedCredential,
  { directory, accountId }: IamEnvironment,
): Promise<Caller> {
  const record = (await directory.user(BOOTSTRAP_USER))?.record;
  const arn = userArn(accountId, record?.path ?? "/", BOOTSTRAP_USER);
  const uniqueId = record?.uniqueId ?? "AIDAADMINISTRATOR0000";
  const document = awsManagedPolicy(ADMINISTRATOR_ACCESS)?.document ?? "";
  return {
    kind: "user",
    arn,
    principalArn: arn,
    accountId,
    userId: uniqueId,
    uniqueId,
    name: BOOTSTRAP_USER,
    accessKeyId: keyId,
    region,
    tags: record?.tags ?? {},
    policies: {
      identity: [{ id: ADMINISTRATOR_ACCESS, policy: compilePolicy(document, "identity") }],
      boundary: undefined,
      session: undefined,
    },
  };
}

/** The condition keys of a request without a signature. */
export function unsignedLookup(request: ReceivedRequest, { iam }: AuthenticationDependencies): KeyLookup {
  return lookupOf(request, canonicalHeaders(request), undefined, iam.credentialClock.now());
}

function lookupOf(
  request: ReceivedRequest,
  headers: CanonicalHeaders,
  caller: Caller | undefined,
  now: number,
): KeyLookup {
  return requestKeys(
    {
      at: now,
      isSecure: request.isSecure ?? false,
      sourceIp: request.sourceIp,
      userAgent: headers.get("user-agent"),
      referer: headers.get("referer"),
    },
    caller,
  );
}
