import type { WebAuthnCredentialDescription } from "../../../api-model/index.ts";
import type { PasskeyRecord } from "../../../storage/index.ts";
import type { Operation } from "../../operation.ts";
import { openPageToken, sealPageToken } from "../page-tokens.ts";

/** The most that a user can have, and that the model allows. */
const MAX_PAGE = 20;

/**
 * Lists the passkeys of the bearer of an access token, in order of creation.
 *
 * @throws InvalidParameterException this list did not issue the token
 * @see API Reference, "ListWebAuthnCredentials"
 */
export const listWebAuthnCredentials: Operation<"ListWebAuthnCredentials"> = async (
  { AccessToken, MaxResults, NextToken },
  context,
) => {
  const { pool, user } = await context.tokens.verifyAccessToken(AccessToken);
  const list = ["ListWebAuthnCredentials", pool.id, user.sub];
  const { items, next } = await context.store.passkeys.listOfUser(pool.id, user.sub, {
    limit: MaxResults || MAX_PAGE,
    after: openPageToken(context, list, NextToken),
  });
  return { Credentials: items.map(description), NextToken: sealPageToken(context, list, next) };
};

function description(passkey: PasskeyRecord): WebAuthnCredentialDescription {
  return {
    CredentialId: passkey.credentialId,
    FriendlyCredentialName: passkey.friendlyName,
    RelyingPartyId: passkey.relyingPartyId,
    AuthenticatorAttachment: passkey.authenticatorAttachment,
    AuthenticatorTransports: [...passkey.transports],
    CreatedAt: passkey.createdAt,
  };
}
