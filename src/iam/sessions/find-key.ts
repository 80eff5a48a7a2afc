/**
 * Finds the holder of a request's access key, and the secret that its signature is checked with.
 */
import type { AccessKeyRecord, IamUserRecord } from "../../storage/index.ts";
import type { IamEnvironment } from "../environment.ts";
import { federatedUserArn, isGeneratedHere, roleArn, roleSessionArn, userArn } from "../identifiers.ts";
import { type AppliedPolicy, compilePolicy, type PolicySet } from "../policy-language/index.ts";
import type { Caller, Principal } from "../principals/index.ts";
import { overriddenBy } from "../tags.ts";
import { openSessionToken, type SessionClaims, type SignInOfSession } from "./session-token.ts";
import { isStillGood } from "./sign-in-proof.ts";

/** The state of an access key before its signature has been checked. */
type KnownKey =
  /** This program did not generate it, and it was never stored. */
  | { readonly kind: "unknown" }
  /** It was created here, but is deleted, inactive, or lacks the token that belongs to it. */
  | { readonly kind: "refused" }
  | { readonly kind: "expired" }
  | {
      readonly kind: "valid";
      readonly secret: string;
      readonly caller: Caller;
      /** Of a user's own key; temporary ones are in no store. */
      readonly record?: AccessKeyRecord;
    };

/** The key properties in a request. */
interface KeyClaim {
  readonly keyId: string;
  readonly sessionToken?: string | undefined;
  readonly region: string;
}

const REFUSED: KnownKey = { kind: "refused" };

type KeyEnvironment = Pick<
  IamEnvironment,
  "directory" | "store" | "accountId" | "credentialClock" | "sealer"
>;

/** Finds the holder of an access key: a user, or the session of temporary credentials, whose token holds their state. */
export async function findKey(claim: KeyClaim, environment: KeyEnvironment): Promise<KnownKey> {
  if (claim.sessionToken !== undefined) {
    const claims = openSessionToken(claim.sessionToken, environment.sealer);
    if (claims) return claims.keyId === claim.keyId ? sessionKey(claim, claims, environment) : REFUSED;
  }
  const key = await environment.directory.accessKey(claim.keyId);
  if (!key) {
    const wasHere = isGeneratedHere(claim.keyId) || (await environment.directory.isDeletedKey(claim.keyId));
    return wasHere ? REFUSED : { kind: "unknown" };
  }
  // A user's own key takes no session token.
  if (claim.sessionToken !== undefined || key.status !== "Active") return REFUSED;
  if (key.accountId !== environment.accountId) return REFUSED;
  const user = await environment.directory.user(key.userName);
  if (!user) return REFUSED;
  return { kind: "valid", secret: key.secret, caller: userCaller(user, claim), record: key };
}

async function sessionKey(
  claim: KeyClaim,
  claims: SessionClaims,
  environment: KeyEnvironment,
): Promise<KnownKey> {
  if (environment.credentialClock.now() >= claims.expiresAt) return { kind: "expired" };
  const { directory } = environment;
  const principal = await (claims.origin === "role"
    ? directory.role(claims.name)
    : directory.user(claims.name));
  if (principal?.record.uniqueId !== claims.uniqueId) return REFUSED;
  if (claims.signIn && (await hasEnded(claims.signIn, claims.name, environment))) return { kind: "expired" };
  const { accountId, path, name, uniqueId, tags } = principal.record;
  const session: Caller["session"] = {
    origin: claims.origin,
    name: claims.sessionName,
    issuedAt: claims.issuedAt,
    tags: claims.tags ?? {},
    transitiveTagKeys: claims.transitiveTagKeys ?? [],
    sourceIdentity: claims.sourceIdentity,
    federatedProvider: claims.federatedProvider,
  };
  const base = {
    accountId,
    uniqueId,
    name,
    session,
    accessKeyId: claim.keyId,
    region: claim.region,
    tags: overriddenBy(session.tags, tags),
    policies: {
      identity: principal.identity,
      boundary: principal.boundary,
      session: await sessionPolicies(claims, environment),
    },
  };
  if (claims.origin === "federated") {
    const federatedName = claims.sessionName ?? "";
    const arn = federatedUserArn(accountId, federatedName);
    return {
      kind: "valid",
      secret: claims.secret,
      caller: { ...base, kind: "federated", arn, principalArn: arn, userId: `${accountId}:${federatedName}` },
    };
  }
  if (claims.origin !== "role") {
    const arn = userArn(accountId, path, name);
    return {
      kind: "valid",
      secret: claims.secret,
      caller: { ...base, kind: "user", arn, principalArn: arn, userId: uniqueId },
    };
  }
  const sessionName = claims.sessionName ?? "";
  return {
    kind: "valid",
    secret: claims.secret,
    caller: {
      ...base,
      kind: "role",
      arn: roleSessionArn(accountId, name, sessionName),
      principalArn: roleArn(accountId, path, name),
      userId: `${uniqueId}:${sessionName}`,
    },
  };
}

/** Whether a person has signed out, or the credential of the sign-in is no longer valid. */
async function hasEnded(
  { proof, endId }: SignInOfSession,
  userName: string,
  { directory, store }: KeyEnvironment,
): Promise<boolean> {
  const user = await directory.user(userName);
  if (!user || !(await isStillGood(proof, user.record, directory))) return true;
  return store.usedTickets.isUsed(endId);
}

/**
 * A deleted managed policy allows nothing, but the session stays limited by the others. A federated user without session
 * policies may do nothing.
 */
async function sessionPolicies(
  { origin, policy, policyArns }: SessionClaims,
  { directory }: KeyEnvironment,
): Promise<PolicySet["session"]> {
  if (policy === undefined && policyArns === undefined) return origin === "federated" ? [] : undefined;
  const managed = await Promise.all((policyArns ?? []).map((arn) => directory.managedPolicy(arn)));
  const inline: AppliedPolicy[] =
    policy === undefined ? [] : [{ id: "session", policy: compilePolicy(policy, "session") }];
  return [...managed.filter((one) => one !== undefined), ...inline];
}

/** A user as the caller of a request that their own key has signed. */
export function userCaller(
  { record, identity, boundary }: Principal<IamUserRecord>,
  claim: Pick<KeyClaim, "keyId" | "region">,
): Caller {
  const arn = userArn(record.accountId, record.path, record.name);
  return {
    kind: "user",
    arn,
    principalArn: arn,
    accountId: record.accountId,
    userId: record.uniqueId,
    uniqueId: record.uniqueId,
    name: record.name,
    accessKeyId: claim.keyId,
    region: claim.region,
    tags: record.tags,
    policies: { identity, boundary, session: undefined },
  };
}
