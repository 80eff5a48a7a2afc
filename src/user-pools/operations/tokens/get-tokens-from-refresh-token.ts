import { checkClientSecret } from "../../app-clients/index.ts";
import type { Operation } from "../../operation.ts";
import { publicParty } from "../authentication/index.ts";

/**
 * New ID and access tokens for a refresh token; of a client that rotates refresh tokens, a new one of those too.
 *
 * @throws ResourceNotFoundException there is no such app client
 * @throws NotAuthorizedException the client's secret or the device is not proved, the refresh token is not valid, or the user is disabled
 * @see API Reference, "GetTokensFromRefreshToken"
 */
export const getTokensFromRefreshToken: Operation<"GetTokensFromRefreshToken"> = async (input, context) => {
  const { pool, client } = await publicParty(context, input.ClientId);
  checkClientSecret(client, input.ClientSecret);
  const { RefreshToken: refreshToken, DeviceKey: deviceKey } = input;
  const requestContext = context.request;
  const result = await context.tokens.refresh({ pool, client, refreshToken, deviceKey, requestContext });
  return { AuthenticationResult: result };
};
