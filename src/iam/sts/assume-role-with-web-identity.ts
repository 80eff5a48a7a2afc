import { readJwt } from "../../crypto/index.ts";
import { resourceTagKeys, withKeys } from "../authorization/index.ts";
import type { IamRequestContext, WebIdentity } from "../environment.ts";
import { AccessDenied, ExpiredTokenException, InvalidIdentityTokenException } from "../errors.ts";
import { oidcProviderArn, withoutScheme } from "../identifiers.ts";
import type { StsOperation } from "../operation.ts";
import { findProvider } from "../principals/index.ts";
import { checkDuration, findRole, trustOf } from "../sessions/index.ts";
import { DEFAULT_SECONDS, issueRoleSession } from "./role-session.ts";

/**
 * Issues temporary credentials of a role to the holder of an ID token of a pool of this server, when the role
 * trusts the pool as an identity provider. It takes no signature: the token is the proof.
 *
 * @throws InvalidIdentityTokenException @throws ExpiredTokenException the token is invalid
 * @throws AccessDenied the role does not trust it
 * @see AWS STS API Reference, "AssumeRoleWithWebIdentity"
 */
export const assumeRoleWithWebIdentity: StsOperation<"AssumeRoleWithWebIdentity"> = async (
  input,
  context,
) => {
  const { accountId, lookup } = context;
  const identity = await readToken(input.WebIdentityToken, context);

  const refused = () => new AccessDenied("Not authorized to perform sts:AssumeRoleWithWebIdentity");
  const role = await findRole(input.RoleArn, context);
  if (!role) throw refused();
  const { record } = role;
  const trust = trustOf(
    record,
    { accountId, federatedBy: identity.providerArn },
    {
      action: "sts:AssumeRoleWithWebIdentity",
      resource: input.RoleArn,
      lookup: withKeys(lookup, {
        [`${identity.provider}:aud`]: identity.audience,
        [`${identity.provider}:sub`]: identity.subject,
        [`${identity.provider}:amr`]: identity.methods,
        "aws:FederatedProvider": identity.providerArn,
        "sts:RoleSessionName": input.RoleSessionName,
        ...resourceTagKeys(record.tags, "iam"),
      }),
    },
  );
  if (trust !== "federated" && trust !== "everybody") throw refused();

  const durationSeconds = input.DurationSeconds ?? DEFAULT_SECONDS;
  checkDuration(durationSeconds, record);
  const session = { durationSeconds, federatedProvider: identity.providerArn };
  return {
    ...(await issueRoleSession(input, record, session, context)),
    SubjectFromWebIdentityToken: identity.subject,
    Audience: identity.audience,
    Provider: identity.issuer,
  };
};

interface KnownIdentity extends WebIdentity {
  /** The issuer without its scheme, by which condition keys call it. */
  readonly provider: string;
  readonly providerArn: string;
}

/** Checks a token in the order in which AWS reports faults: provider, audience, signature, expiry. */
async function readToken(token: string, context: IamRequestContext): Promise<KnownIdentity> {
  const { store, accountId, clock, verifyWebIdentity } = context;
  const claimed = unverifiedClaims(token);
  const provider = withoutScheme(claimed.issuer);
  const known = await findProvider(store.iam, accountId, provider);
  if (!known) {
    throw new InvalidIdentityTokenException(
      `No OpenIDConnect provider found in your account for ${claimed.issuer}`,
    );
  }
  if (claimed.audience === undefined)
    throw new InvalidIdentityTokenException("Missing a required claim: aud");
  if (!known.clientIds.includes(claimed.audience)) {
    throw new InvalidIdentityTokenException("Incorrect token audience");
  }
  const verdict = await verifyWebIdentity(token);
  if ("fault" in verdict) {
    if (verdict.fault === "unverified") {
      throw new InvalidIdentityTokenException(
        "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
      );
    }
    throw new ExpiredTokenException(
      `Token expired: current date/time ${Math.floor(clock.now() / 1000)} must be before the expiration date/time ${verdict.expiredAtSeconds}`,
    );
  }
  return { ...verdict.identity, provider, providerArn: oidcProviderArn(accountId, provider) };
}

/** The claims of a token before verification: used only to find its provider. */
function unverifiedClaims(token: string): { issuer: string; audience: string | undefined } {
  const { iss, aud } = readJwt(token)?.claims ?? {};
  if (typeof iss !== "string" || iss.includes("\0")) throw notAToken();
  return { issuer: iss, audience: typeof aud === "string" ? aud : undefined };
}

function notAToken(): InvalidIdentityTokenException {
  return new InvalidIdentityTokenException(
    "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)",
  );
}
