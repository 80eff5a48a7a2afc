import { ConcurrentModificationException, InvalidParameterException } from "../../../api-model/index.ts";
import { requireTotp, totpCodes } from "../../mfa/index.ts";
import type { Operation } from "../../operation.ts";
import { openTotpSetup, sealTotpSetup } from "../../sign-in/index.ts";
import { changeBearer } from "./change-bearer.ts";

/**
 * Gives the secret of an authenticator app that is to be registered, to the bearer of an access token or inside of a sign-in
 * that demands it. An app that was registered before stays until VerifySoftwareToken has taken a code of the new one.
 *
 * @throws InvalidParameterException there is neither an access token nor a Session, or both
 * @throws SoftwareTokenMFANotFoundException the pool has authenticator apps switched off
 * @throws ConcurrentModificationException another request for the same user gave another secret meanwhile; the text is ours
 * @see API Reference, "AssociateSoftwareToken"
 */
export const associateSoftwareToken: Operation<"AssociateSoftwareToken"> = async (
  { AccessToken, Session },
  context,
) => {
  requireOneProof(AccessToken, Session);
  const { newTotpSecret } = await totpCodes();
  const secret = newTotpSecret(context.random);
  if (Session !== undefined) {
    const { attempt } = await openTotpSetup(Session, context);
    requireTotp(attempt.pool);
    return { SecretCode: secret, Session: await sealTotpSetup(attempt, { secret }, context) };
  }
  await changeBearer(AccessToken ?? "", context, (pool, user) => {
    requireTotp(pool);
    return (current) => {
      if (current.pendingTotpSecret !== user.pendingTotpSecret) {
        throw new ConcurrentModificationException(
          "Only one request to associate a software token can be processed at a time.",
        );
      }
      return { ...current, pendingTotpSecret: secret };
    };
  });
  return { SecretCode: secret };
};

/** The text is ours: Cognito's is not known. */
export function requireOneProof(accessToken: string | undefined, session: string | undefined): void {
  if ((accessToken === undefined) === (session === undefined)) {
    throw new InvalidParameterException("Either AccessToken or Session is required, and not both.");
  }
}
