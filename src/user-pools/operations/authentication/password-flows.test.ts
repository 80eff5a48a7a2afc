import { afterAll, describe, expect, it } from "vitest";
import type { UserRecord } from "../../../storage/index.ts";
import { type TestContext, testContext } from "../../testing.ts";
import { operations } from "../registry.ts";
import { claimsOf, openScene, outcome, PASSWORD, passwordCalls, type Scene } from "./testing.ts";

const context = await testContext();
afterAll(() => context.store.close());
const { scene, sceneWith, signIn, adminSignIn } = passwordCalls(context);
const { InitiateAuth: initiateAuth } = operations;

describe("signing in by user name and password", () => {
  it("returns tokens and empty ChallengeParameters", async () => {
    const here = await scene();
    await here.addUser();
    const answer = await signIn(here);
    expect(answer).toEqual({
      ChallengeParameters: {},
      AuthenticationResult: {
        AccessToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
        ExpiresIn: 3600,
        TokenType: "Bearer",
        RefreshToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+\.[\w-]+\.[\w-]+$/),
        IdToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      },
    });
  });

  it("returns tokens to administrators under both names of the flow", async () => {
    const here = await scene();
    await here.addUser();
    for (const flow of ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"] as const) {
      expect((await adminSignIn(here, {}, flow)).AuthenticationResult).toBeDefined();
    }
  });

  it("rejects a wrong password", async () => {
    const here = await scene();
    await here.addUser();
    expect(await outcome(signIn(here, { PASSWORD: "Wrong-horse-1" }))).toBe(
      "NotAuthorizedException: Incorrect username or password.",
    );
  });

  it("compares passwords without Unicode normalization", async () => {
    const here = await scene();
    await here.addUser({ password: "Pa\u0308ssword-1" });
    expect((await signIn(here, { PASSWORD: "Pa\u0308ssword-1" })).AuthenticationResult).toBeDefined();
    expect(await outcome(signIn(here, { PASSWORD: "P\u00e4ssword-1" }))).toMatch(/^NotAuthorizedException/);
  });

  it.each(["USERNAME", "PASSWORD"])("rejects a missing or empty %s", async (name) => {
    const here = await scene();
    await here.addUser();
    expect(await outcome(signIn(here, { [name]: "" }))).toBe(
      `InvalidParameterException: Missing required parameter ${name}`,
    );
  });

  it("rejects a request without AuthParameters", async () => {
    const { client } = await scene();
    expect(
      await outcome(initiateAuth({ ClientId: client.id, AuthFlow: "USER_PASSWORD_AUTH" }, context)),
    ).toBe("InvalidParameterException: Missing required parameter USERNAME");
  });
});

describe("names that sign a user in", () => {
  it("are the username alone in a pool without aliases", async () => {
    const here = await scene();
    await here.addUser({ attributes: { email: "a@example.com", email_verified: "true" } });
    expect(await outcome(signIn(here, { USERNAME: "a@example.com" }))).toBe(
      "UserNotFoundException: User does not exist.",
    );
    const { AuthenticationResult } = await signIn(here);
    expect(claimsOf(AuthenticationResult?.IdToken)["cognito:username"]).toBe("alice");
  });

  it("include verified aliases, while the tokens contain the username", async () => {
    const here = await sceneWith({ AliasAttributes: ["email", "preferred_username"] });
    await here.addUser({
      attributes: { email: "a@example.com", email_verified: "true", preferred_username: "Al" },
    });
    for (const USERNAME of ["a@example.com", "Al"]) {
      const { AuthenticationResult } = await signIn(here, { USERNAME });
      expect(claimsOf(AuthenticationResult?.AccessToken).username).toBe("alice");
    }
  });

  it("do not include unverified aliases", async () => {
    const here = await sceneWith({ AliasAttributes: ["email"] });
    await here.addUser({ attributes: { email: "a@example.com", email_verified: "false" } });
    expect(await outcome(signIn(here, { USERNAME: "a@example.com" }))).toMatch(/^UserNotFoundException/);
  });

  it("include the address, verified or not, if usernames are addresses", async () => {
    const here = await sceneWith({ UsernameAttributes: ["email"] });
    await here.addUser({
      username: "0f1e2d3c-0000-4000-8000-000000000000",
      attributes: { email: "a@example.com" },
    });
    expect((await signIn(here, { USERNAME: "a@example.com" })).AuthenticationResult).toBeDefined();
  });

  it("are case-sensitive by default, and not if the pool is configured so", async () => {
    const strict = await scene();
    await strict.addUser();
    expect(await outcome(signIn(strict, { USERNAME: "Alice" }))).toMatch(/^UserNotFoundException/);

    const lenient = await sceneWith({ UsernameConfiguration: { CaseSensitive: false } });
    await lenient.addUser();
    const { AuthenticationResult } = await signIn(lenient, { USERNAME: "ALICE" });
    expect(claimsOf(AuthenticationResult?.AccessToken).username).toBe("alice");
  });

  it("include the sub", async () => {
    const here = await scene();
    const { sub } = await here.addUser();
    expect((await signIn(here, { USERNAME: sub })).AuthenticationResult).toBeDefined();
  });
});

describe("a user who does not exist", () => {
  it("gives UserNotFoundException if existence is not hidden", async () => {
    const here = await sceneWith({}, { PreventUserExistenceErrors: "LEGACY" });
    expect(await outcome(signIn(here))).toBe("UserNotFoundException: User does not exist.");
    expect(await outcome(adminSignIn(here))).toBe("UserNotFoundException: User does not exist.");
  });

  it("gives the answer of a wrong password if existence is hidden", async () => {
    const here = await sceneWith({}, { PreventUserExistenceErrors: "ENABLED" });
    expect(await outcome(signIn(here))).toBe("NotAuthorizedException: Incorrect username or password.");
    expect(await outcome(adminSignIn(here))).toBe("NotAuthorizedException: Incorrect username or password.");
  });

  it("costs as many exponentiations as an existing user", async () => {
    const counted = await countingExponentiations();
    const here = await openScene({ context: counted, client: { PreventUserExistenceErrors: "ENABLED" } });
    await here.addUser();
    const attempt = async (USERNAME: string) => {
      const before = counted.exponentiations();
      await outcome(
        initiateAuth(
          {
            ClientId: here.client.id,
            AuthFlow: "USER_PASSWORD_AUTH",
            AuthParameters: { USERNAME, PASSWORD: "Wrong-horse-1" },
          },
          counted,
        ),
      );
      return counted.exponentiations() - before;
    };
    expect([await attempt("alice"), await attempt("nobody")]).toEqual([1, 1]);
    await counted.store.close();
  });
});

describe("users who may not sign in", () => {
  it.each([
    ["is disabled", { enabled: false }, "NotAuthorizedException: User is disabled."],
    [
      "is disabled and has not confirmed the sign-up",
      { enabled: false, status: "UNCONFIRMED" },
      "NotAuthorizedException: User is disabled.",
    ],
    [
      "is disabled after a reset of the password",
      { enabled: false, status: "RESET_REQUIRED" },
      "NotAuthorizedException: User is disabled.",
    ],
    ["is archived", { status: "ARCHIVED" }, "NotAuthorizedException: Incorrect username or password."],
  ] as const)("get their own error for the right password only, if the user %s", async (_, state, text) => {
    const here = await scene();
    await here.addUser(state);
    expect(await outcome(signIn(here))).toBe(text);
    expect(await outcome(signIn(here, { PASSWORD: "Wrong-horse-1" }))).toBe(
      "NotAuthorizedException: Incorrect username or password.",
    );
  });

  it.each(["LEGACY", "ENABLED"] as const)(
    "get UserNotConfirmedException before they confirm their sign-up, with the right or a wrong password, with PreventUserExistenceErrors %s",
    async (PreventUserExistenceErrors) => {
      const here = await sceneWith({}, { PreventUserExistenceErrors });
      await here.addUser({ status: "UNCONFIRMED" });
      for (const password of [PASSWORD, ...Array<string>(6).fill("Wrong-horse-1")]) {
        expect(await outcome(signIn(here, { PASSWORD: password }))).toBe(
          "UserNotConfirmedException: User is not confirmed.",
        );
      }
    },
  );

  it("get PasswordResetRequiredException after a reset, with the right or a wrong password", async () => {
    const here = await scene();
    await here.addUser({ status: "RESET_REQUIRED" });
    for (const password of [PASSWORD, "Wrong-horse-1"]) {
      expect(await outcome(signIn(here, { PASSWORD: password }))).toBe(
        "PasswordResetRequiredException: Password reset required for the user",
      );
    }
  });

  it.each([
    ["LEGACY", "PasswordResetRequiredException: Password reset required for the user"],
    ["ENABLED", "NotAuthorizedException: Incorrect username or password."],
  ] as const)(
    "include an imported user without a password, with PreventUserExistenceErrors %s",
    async (setting, text) => {
      const here = await sceneWith({}, { PreventUserExistenceErrors: setting });
      await here.addUser({ status: "RESET_REQUIRED", password: null });
      expect(await outcome(signIn(here))).toBe(text);
    },
  );

  it.each([
    ["LEGACY", "User is not authorized to get auth details"],
    ["ENABLED", "Incorrect username or password."],
  ] as const)(
    "include users of an external provider, with PreventUserExistenceErrors %s",
    async (PreventUserExistenceErrors, text) => {
      const here = await sceneWith({}, { PreventUserExistenceErrors });
      await here.addUser({ status: "EXTERNAL_PROVIDER", password: null });
      expect(await outcome(signIn(here))).toBe(`NotAuthorizedException: ${text}`);
      expect(await outcome(adminSignIn(here))).toBe(`NotAuthorizedException: ${text}`);
    },
  );

  it("include users with an expired temporary password, after seven days by default", async () => {
    const here = await scene();
    await here.addUser({ temporary: true });
    const start = context.clock.now();
    context.clock.set(start + 7 * 24 * 60 * 60 * 1000 - 1);
    expect(await signIn(here)).toMatchObject({ ChallengeName: "NEW_PASSWORD_REQUIRED" });
    context.clock.set(start + 7 * 24 * 60 * 60 * 1000);
    expect(await outcome(signIn(here))).toBe(
      "NotAuthorizedException: Temporary password has expired and must be reset by an administrator.",
    );
    expect(await outcome(signIn(here, { PASSWORD: "Wrong-horse-1" }))).toBe(
      "NotAuthorizedException: Incorrect username or password.",
    );
  });
});

describe("the first password sign-in of an imported user", () => {
  /** Of `PASSWORD`, with the cost 4. */
  const hash = "$2y$04$QuD/kigdFouPht/Ah3ig/ufvc28nKZdap2jZIFt1HvnxTy8E4JQjm";
  const imported = async (here: Scene) => {
    const user = await here.addUser({ password: null });
    await context.store.users.update(user.poolId, user.sub, (record) => ({
      ...record,
      importedPassword: { hash },
    }));
    return user;
  };
  const setPassword = (user: UserRecord, Password: string) =>
    operations.AdminSetUserPassword(
      { UserPoolId: user.poolId, Username: user.username, Password, Permanent: true },
      context,
    );
  /** A context in which something happens when the hash has been checked. */
  const afterCheck = (happens: () => Promise<unknown>): TestContext => {
    const importedHashes: TestContext["crypto"]["importedHashes"] = {
      ...context.crypto.importedHashes,
      async matches(...given) {
        const isRight = await context.crypto.importedHashes.matches(...given);
        await happens();
        return isRight;
      },
    };
    return { ...context, crypto: { ...context.crypto, importedHashes } };
  };

  it("replaces the hash by a verifier", async () => {
    const here = await scene();
    const user = await imported(here);
    expect((await signIn(here)).AuthenticationResult).toBeDefined();
    const stored = await here.stored(user);
    expect(stored?.password).toBeDefined();
    expect(stored?.importedPassword).toBeUndefined();
  });

  it("succeeds if another one is faster", async () => {
    const here = await scene();
    await imported(here);
    const slower = passwordCalls(afterCheck(() => signIn(here)));
    expect((await slower.signIn(here)).AuthenticationResult).toBeDefined();
  });

  it("rejects the password if an administrator sets another one meanwhile", async () => {
    const here = await scene();
    const user = await imported(here);
    const overtaken = passwordCalls(afterCheck(() => setPassword(user, "Another-horse-1")));
    expect(await outcome(overtaken.signIn(here))).toBe(
      "NotAuthorizedException: Incorrect username or password.",
    );
    expect((await signIn(here, { PASSWORD: "Another-horse-1" })).AuthenticationResult).toBeDefined();
  });

  it("rejects the password if the user is deleted meanwhile", async () => {
    const here = await scene();
    const user = await imported(here);
    const overtaken = passwordCalls(afterCheck(() => context.store.users.delete(user.poolId, user.sub)));
    expect(await outcome(overtaken.signIn(here))).toBe("UserNotFoundException: User does not exist.");
  });
});

/** A context of its own that counts how often a password is worked out. */
async function countingExponentiations(): Promise<TestContext & { exponentiations(): number }> {
  let count = 0;
  const base = await testContext();
  const { srp } = base.crypto;
  const crypto = {
    ...base.crypto,
    srp: {
      ...srp,
      matches(...given: Parameters<typeof srp.matches>) {
        count += 1;
        return srp.matches(...given);
      },
    },
  };
  return { ...base, crypto, exponentiations: () => count };
}
