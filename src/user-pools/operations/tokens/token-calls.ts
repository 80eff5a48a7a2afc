/** Getting tokens, using and renewing them: for tests of refreshing and of revoking. */
import type { AppClientRecord } from "../../../storage/index.ts";
import type { TestContext } from "../../testing.ts";
import { openScene, outcome, PASSWORD } from "../authentication/testing.ts";
import { operations } from "../registry.ts";

const {
  GetTokensFromRefreshToken: getTokensFromRefreshToken,
  GetUser: getUser,
  InitiateAuth: initiateAuth,
} = operations;

interface Party {
  readonly client: AppClientRecord;
}

export function tokenCalls(context: TestContext) {
  return {
    /** A pool with alice in it. */
    async scene(options: Parameters<typeof openScene>[0] = {}) {
      const here = await openScene({ context, ...options });
      return { ...here, user: await here.addUser() };
    },

    async signIn({ client }: Party, parameters: Record<string, string> = {}) {
      const { AuthenticationResult = {} } = await initiateAuth(
        {
          ClientId: client.id,
          AuthFlow: "USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: "alice", PASSWORD, ...parameters },
        },
        context,
      );
      const { AccessToken = "", IdToken = "", RefreshToken = "" } = AuthenticationResult;
      return { AccessToken, IdToken, RefreshToken };
    },

    refresh({ client }: Party, REFRESH_TOKEN: string, parameters: Record<string, string> = {}) {
      return initiateAuth(
        {
          ClientId: client.id,
          AuthFlow: "REFRESH_TOKEN_AUTH",
          AuthParameters: { REFRESH_TOKEN, ...parameters },
        },
        context,
      );
    },

    renew: ({ client }: Party, RefreshToken: string, ClientSecret?: string) =>
      getTokensFromRefreshToken({ ClientId: client.id, RefreshToken, ClientSecret }, context),

    whoIs: (AccessToken: string) => outcome(getUser({ AccessToken }, context)),
  };
}
