import { ResourceNotFoundException } from "../../../api-model/index.ts";
import type { Operation } from "../../operation.ts";

/**
 * Deletes a passkey of the bearer of an access token.
 *
 * @throws ResourceNotFoundException the user has no such passkey; the text is ours
 * @see API Reference, "DeleteWebAuthnCredential"
 */
export const deleteWebAuthnCredential: Operation<"DeleteWebAuthnCredential"> = async (
  { AccessToken, CredentialId },
  { store, tokens },
) => {
  const { pool, user } = await tokens.verifyAccessToken(AccessToken);
  const passkey = await store.passkeys.get(pool.id, CredentialId);
  if (passkey?.sub !== user.sub) throw new ResourceNotFoundException("Credential does not exist.");
  await store.passkeys.delete(pool.id, CredentialId);
  return {};
};
