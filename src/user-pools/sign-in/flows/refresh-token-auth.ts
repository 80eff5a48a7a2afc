import { InvalidParameterException } from "../../../api-model/index.ts";
import { checkSecretHash } from "../../app-clients/index.ts";
import { rotatesRefreshTokens } from "../../tokens/index.ts";
import { required } from "../errors.ts";
import type { Flow } from "../flow.ts";

const NOT_ENABLED = "REFRESH_TOKEN_AUTH is not enabled for the client.";

/** New ID and access tokens for a refresh token. */
export const refreshTokenAuth: Flow = {
  name: "REFRESH_TOKEN_AUTH",
  channels: ["public", "admin"],
  notEnabledMessage: NOT_ENABLED,
  namesUserBy: "REFRESH_TOKEN",
  async begin({ pool, client, parameters }, { tokens }) {
    // Clients that rotate have GetTokensFromRefreshToken alone (Developer Guide, "Refresh tokens").
    if (rotatesRefreshTokens(client)) throw new InvalidParameterException(NOT_ENABLED);
    const result = await tokens.refresh({
      pool,
      client,
      refreshToken: required(parameters, "REFRESH_TOKEN"),
      // The token says whose SECRET_HASH it must be: over the username, whichever alias the sign-in was by.
      admit: (user) => checkSecretHash(client, user.username, parameters.SECRET_HASH),
    });
    return { kind: "grant", result };
  },
};
