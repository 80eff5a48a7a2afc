/** Sign-ins of a user who has a temporary password, for tests of the challenge and of its Session. */
import { expect } from "vitest";
import type { ChallengeNameType } from "../../../api-model/index.ts";
import type { AppClientRecord } from "../../../storage/index.ts";
import type { TestContext } from "../../testing.ts";
import { operations } from "../registry.ts";
import { openScene, outcome, passwordCalls, type Scene } from "./testing.ts";

export const NEW_PASSWORD = "Battery-staple-2";

/** The answer that signs a user in. */
export const granted = {
  ChallengeParameters: {},
  AuthenticationResult: expect.objectContaining({ TokenType: "Bearer", RefreshToken: expect.anything() }),
};

export function newPasswordCalls(context: TestContext) {
  /** Signs alice in up to the challenge. */
  const challenge = passwordCalls(context).signIn;
  return {
    challenge,
    /** A scene in which alice has a temporary password. */
    async sceneOfNewUser(options: Parameters<typeof openScene>[0] = {}) {
      const here = await openScene({ context, ...options });
      const user = await here.addUser({
        temporary: true,
        attributes: { email: "a@example.com", email_verified: "true" },
      });
      return { ...here, user };
    },
    sessionOf: async (here: Pick<Scene, "client">) => (await challenge(here)).Session ?? "",
    respond: (
      { client }: { client: AppClientRecord },
      Session: string | undefined,
      responses: Readonly<Record<string, string>> = {},
      ChallengeName: ChallengeNameType = "NEW_PASSWORD_REQUIRED",
    ) =>
      outcome(
        operations.RespondToAuthChallenge(
          {
            ClientId: client.id,
            ChallengeName,
            Session,
            ChallengeResponses: { USERNAME: "alice", NEW_PASSWORD, ...responses },
          },
          context,
        ),
      ),
  };
}
