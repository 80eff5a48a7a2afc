import type { Signer } from "../events.ts";
import { cloudTrailTime } from "./cloud-trail.ts";

/**
 * CloudTrail's `userIdentity` of a call.
 *
 * @param signer undefined for a call without a signature
 * @see CloudTrail User Guide, "CloudTrail userIdentity element"
 */
export function userIdentity(signer: Signer | undefined): object {
  if (signer === undefined) return { type: "Unknown", principalId: "Anonymous" };
  const { kind, userId, arn, accountId, accessKeyId, name, session } = signer;
  const identity = { principalId: userId, arn, accountId, accessKeyId };
  const sessionContext = session && { sessionContext: sessionContextOf(signer, session.issuedAt) };
  if (kind === "user") return { type: "IAMUser", ...identity, userName: name, ...sessionContext };
  return { type: kind === "role" ? "AssumedRole" : "FederatedUser", ...identity, ...sessionContext };
}

/** Here no credentials are made with a multi-factor device. */
function sessionContextOf(
  { kind, uniqueId, principalArn, accountId, name }: Signer,
  issuedAt: number,
): object {
  const attributes = { creationDate: cloudTrailTime(issuedAt), mfaAuthenticated: "false" };
  if (kind === "user") return { attributes };
  const issuer =
    kind === "role"
      ? { type: "Role", principalId: uniqueId, arn: principalArn }
      : { type: "IAMUser", principalId: uniqueId };
  return { sessionIssuer: { ...issuer, accountId, userName: name }, attributes };
}
