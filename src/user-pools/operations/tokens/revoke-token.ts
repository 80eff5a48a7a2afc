import {
  UnauthorizedException,
  UnsupportedOperationException,
  UnsupportedTokenTypeException,
} from "../../../api-model/index.ts";
import { provesClientSecret } from "../../app-clients/index.ts";
import type { Operation } from "../../operation.ts";

/**
 * Revokes a refresh token, and with it every access token of the same sign-in.
 *
 * A token that is unknown, has ended or was revoked before is no error (RFC 7009 §2.2).
 *
 * @throws UnauthorizedException there is no such client, its secret is wrong, or the token is another client's
 * @throws UnsupportedOperationException the client's EnableTokenRevocation is off
 * @throws UnsupportedTokenTypeException the token is an ID or access token
 * @see API Reference, "RevokeToken"
 */
export const revokeToken: Operation<"RevokeToken"> = async (input, { store, tokens }) => {
  const client = await store.clients.get(input.ClientId);
  // The operation has no exception for a client that does not exist.
  if (client === undefined || !provesClientSecret(client, input.ClientSecret)) {
    throw new UnauthorizedException("Invalid client or secret");
  }
  if (client.settings.EnableTokenRevocation === false) {
    throw new UnsupportedOperationException("This feature is not enabled for this client");
  }
  switch (await tokens.revoke(client, input.Token, input.RevokeAssociatedSessions)) {
    case "another client's":
      throw new UnauthorizedException("The token was not issued to this client.");
    case "not a refresh token":
      throw new UnsupportedTokenTypeException("Only refresh tokens can be revoked.");
    case "revoked":
      return {};
  }
};
