/** The scene of the tests of forgotten and changed passwords, whose user alice can be reached, and its operations. */

import type { TestContext } from "../../testing.ts";
import { openScene, PASSWORD, type Scene } from "../authentication/testing.ts";
import { caller } from "../testing.ts";

export const NEW_PASSWORD = "Another-horse-2";

export const REACHABLE = { email: "alice@example.com", email_verified: "true" };

export const WRONG_CODE = "CodeMismatchException: Invalid verification code provided, please try again.";
export const NO_CODE = "ExpiredCodeException: Invalid code provided, please request a code again.";
export const TOO_MANY = "LimitExceededException: Attempt limit exceeded, please try after some time.";
export const WRONG_PASSWORD = "NotAuthorizedException: Incorrect username or password.";
export const WAS_RESET = "PasswordResetRequiredException: Password reset required for the user";

/** The delivery details of a code to {@link REACHABLE}. */
export const TO_ALICE = {
  CodeDeliveryDetails: { Destination: "a***@e***", DeliveryMedium: "EMAIL", AttributeName: "email" },
};

export interface RecoveryScene extends Scene {
  forgot(Username?: string, more?: { ClientId?: string; SecretHash?: string }): Promise<unknown>;
  confirm(
    ConfirmationCode: string,
    more?: { Username?: string; Password?: string; ClientId?: string; SecretHash?: string },
  ): Promise<unknown>;
  reset(Username?: string): Promise<unknown>;
  signIn(password: string): Promise<unknown>;
  /** The six digits in the newest message. */
  sentCode(): string;
}

export async function openRecoveryScene(
  context: TestContext,
  options: Parameters<typeof openScene>[0] = {},
): Promise<RecoveryScene> {
  const scene = await openScene({ ...options, context });
  const ClientId = scene.client.id;
  const api = caller(context);
  return {
    ...scene,
    forgot: (Username = "alice", more) => api.outcome("ForgotPassword", { ClientId, Username, ...more }),
    confirm: (ConfirmationCode, more) =>
      api.outcome("ConfirmForgotPassword", {
        ClientId,
        Username: "alice",
        ConfirmationCode,
        Password: NEW_PASSWORD,
        ...more,
      }),
    reset: (Username = "alice") =>
      api.outcome("AdminResetUserPassword", { UserPoolId: scene.pool.id, Username }),
    signIn: (password) =>
      api.outcome("InitiateAuth", {
        ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "alice", PASSWORD: password },
      }),
    sentCode: () => /\d{6}/.exec(context.sent.at(-1)?.body ?? "")?.[0] ?? "no code",
  };
}

export const GRANTED = { AuthenticationResult: { TokenType: "Bearer" } };

/** A code that is not that one. */
export function anotherThan(code: string): string {
  return code === "000000" ? "000001" : "000000";
}

export { PASSWORD };
