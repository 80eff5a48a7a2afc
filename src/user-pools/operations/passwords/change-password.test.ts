import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { UserPoolSettings, UserStatus } from "../../../storage/index.ts";
import { type TestContext, testContext } from "../../testing.ts";
import { outcome } from "../authentication/testing.ts";
import { operations } from "../registry.ts";
import {
  GRANTED,
  NEW_PASSWORD,
  openRecoveryScene,
  PASSWORD,
  TOO_MANY,
  WAS_RESET,
  WRONG_PASSWORD,
} from "./testing.ts";

const { InitiateAuth: initiateAuth, ChangePassword: changePassword } = operations;

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.store.close());

/** A scene in which alice has signed in. */
async function signedIn(pool: UserPoolSettings = {}) {
  const scene = await openRecoveryScene(context, { pool });
  const alice = await scene.addUser();
  const { AuthenticationResult } = (await scene.signIn(PASSWORD)) as {
    AuthenticationResult: { AccessToken: string; IdToken: string; RefreshToken: string };
  };
  return {
    ...scene,
    alice,
    tokens: AuthenticationResult,
    change: (PreviousPassword: string | undefined, ProposedPassword = NEW_PASSWORD) =>
      outcome(
        changePassword(
          { AccessToken: AuthenticationResult.AccessToken, PreviousPassword, ProposedPassword },
          context,
        ),
      ),
    put: (change: object) =>
      context.store.users.update(scene.pool.id, alice.sub, (current) => ({ ...current, ...change })),
  };
}

describe("ChangePassword", () => {
  it("replaces the password", async () => {
    const scene = await signedIn();
    context.clock.advance(1000);
    expect(await scene.change(PASSWORD)).toEqual({});
    expect(await scene.signIn(NEW_PASSWORD)).toMatchObject(GRANTED);
    expect(await scene.signIn(PASSWORD)).toBe(WRONG_PASSWORD);
    expect((await scene.stored(scene.alice))?.lastModifiedAt).toBe(context.clock.now());
  });

  it("sets a password that counts in the history", async () => {
    const scene = await signedIn({ Policies: { PasswordPolicy: { PasswordHistorySize: 1 } } });
    await scene.change(PASSWORD);
    expect(await scene.change(NEW_PASSWORD, NEW_PASSWORD)).toMatch(/^PasswordHistoryPolicyViolation/);
  });

  it("keeps the user's tokens valid", async () => {
    const scene = await signedIn();
    await scene.change(PASSWORD);
    expect(await scene.change(NEW_PASSWORD, PASSWORD)).toEqual({});
    const refreshing = initiateAuth(
      {
        ClientId: scene.client.id,
        AuthFlow: "REFRESH_TOKEN_AUTH",
        AuthParameters: { REFRESH_TOKEN: scene.tokens.RefreshToken },
      },
      context,
    );
    expect(await outcome(refreshing)).toMatchObject(GRANTED);
  });

  it("accepts the same password if the pool keeps no history", async () => {
    const scene = await signedIn();
    expect(await scene.change(PASSWORD, PASSWORD)).toEqual({});
  });

  it("rejects a wrong or missing previous password", async () => {
    const scene = await signedIn();
    expect(await scene.change("Wrong-horse-1")).toBe(WRONG_PASSWORD);
    expect(await scene.change(undefined)).toBe(
      "InvalidParameterException: Missing required parameter PreviousPassword",
    );
    expect(await scene.signIn(PASSWORD)).toMatchObject(GRANTED);
  });

  it("sets the first password of a user without one", async () => {
    const scene = await signedIn();
    await scene.put({ password: undefined });
    expect(await scene.change(PASSWORD)).toBe(WRONG_PASSWORD);
    expect(await scene.change(undefined)).toEqual({});
    expect(await scene.signIn(NEW_PASSWORD)).toMatchObject(GRANTED);
  });

  it("requires the previous password of a user who was imported with its hash", async () => {
    const scene = await signedIn();
    const importedPassword = { hash: "$2b$10$abcdefghijklmnopqrstuv" };
    await scene.put({ password: undefined, importedPassword });
    expect(await scene.change(undefined)).toBe(
      "InvalidParameterException: Missing required parameter PreviousPassword",
    );
  });

  it("refuses a password that breaks the policy or that the user had", async () => {
    const scene = await signedIn({
      Policies: { PasswordPolicy: { PasswordHistorySize: 1, MinimumLength: 10 } },
    });
    expect(await scene.change(PASSWORD, "short")).toBe(
      "InvalidPasswordException: Password does not conform to policy: Password not long enough",
    );
    // To who cannot prove the previous password nothing is said of the history.
    expect(await scene.change("Wrong-horse-1", PASSWORD)).toBe(WRONG_PASSWORD);
    expect(await scene.change(PASSWORD, PASSWORD)).toBe(
      "PasswordHistoryPolicyViolationException: Password has previously been used",
    );
  });

  it("allows five attempts an hour, successful ones included", async () => {
    const scene = await signedIn();
    expect(await scene.change(PASSWORD)).toEqual({});
    const guesses = await Promise.all(Array.from({ length: 7 }, () => scene.change("Wrong-horse-1")));
    expect(guesses.filter((answer) => answer === WRONG_PASSWORD)).toHaveLength(4);
    expect(guesses.filter((answer) => answer === TOO_MANY)).toHaveLength(3);
    expect(await scene.change(NEW_PASSWORD, PASSWORD)).toBe(TOO_MANY);
    context.clock.advance(60 * 60 * 1000 - 1000);
    expect(await scene.change(NEW_PASSWORD, PASSWORD)).toBe(TOO_MANY);
  });

  it("accepts the previous password for one of several parallel changes", async () => {
    const scene = await signedIn();
    const answers = await Promise.all(
      ["First-horse-1", "Other-horse-2"].map((next) => scene.change(PASSWORD, next)),
    );
    expect(answers).toContain(WRONG_PASSWORD);
    expect(answers).toContainEqual({});
  });

  it.each<[string, UserStatus, string]>([
    ["was reset", "RESET_REQUIRED", WAS_RESET],
    ["is not confirmed", "UNCONFIRMED", "UserNotConfirmedException: User is not confirmed."],
    [
      "is temporary",
      "FORCE_CHANGE_PASSWORD",
      "NotAuthorizedException: User password cannot be reset in the current state.",
    ],
  ])("refuses a user whose password %s since the sign-in", async (_, status, refusal) => {
    const scene = await signedIn();
    await scene.put({ status });
    expect(await scene.change(PASSWORD)).toBe(refusal);
    expect(await scene.stored(scene.alice)).toMatchObject({ status });
  });

  it("rejects malformed tokens, ID tokens, and revoked or expired access tokens", async () => {
    const scene = await signedIn();
    const attempt = (AccessToken: string) =>
      outcome(
        changePassword({ AccessToken, PreviousPassword: PASSWORD, ProposedPassword: NEW_PASSWORD }, context),
      );
    expect(await attempt("nonsense")).toBe("NotAuthorizedException: Invalid Access Token");
    expect(await attempt(scene.tokens.IdToken)).toBe("NotAuthorizedException: Invalid Access Token");
    await context.store.signIns.revokeAllOfUser(scene.pool.id, scene.alice.sub, context.clock.now());
    expect(await scene.change(PASSWORD)).toBe("NotAuthorizedException: Access Token has been revoked");
    context.clock.advance(60 * 60 * 1000);
    expect(await scene.change(PASSWORD)).toBe("NotAuthorizedException: Access Token has expired");
    await scene.put({ enabled: false });
    expect(await scene.signIn(PASSWORD)).toBe("NotAuthorizedException: User is disabled.");
  });
});
