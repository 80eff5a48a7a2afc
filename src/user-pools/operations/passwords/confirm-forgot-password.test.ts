import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { secretHash } from "../../../crypto/index.ts";
import type { UserStatus } from "../../../storage/index.ts";
import { type TestContext, testContext } from "../../testing.ts";
import {
  anotherThan,
  GRANTED,
  NEW_PASSWORD,
  NO_CODE,
  openRecoveryScene,
  PASSWORD,
  REACHABLE,
  TO_ALICE,
  TOO_MANY,
  WRONG_CODE,
  WRONG_PASSWORD,
} from "./testing.ts";

const HOUR = 60 * 60 * 1000;

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.store.close());

/** A scene in which alice has been sent a code. */
async function sceneWithCode(
  options: Parameters<typeof openRecoveryScene>[1] = {},
  user: { status?: UserStatus; username?: string } = {},
) {
  const scene = await openRecoveryScene(context, options);
  const alice = await scene.addUser({ attributes: REACHABLE, ...user });
  expect(await scene.forgot()).toEqual(TO_ALICE);
  return { ...scene, alice, code: scene.sentCode() };
}

/** Puts the user into another state, as an operation would. */
const put = (scene: Awaited<ReturnType<typeof sceneWithCode>>, change: object) =>
  context.store.users.update(scene.pool.id, scene.alice.sub, (current) => ({ ...current, ...change }));

describe("a code for a forgotten password", () => {
  it("replaces the password", async () => {
    const scene = await sceneWithCode();
    context.clock.advance(1000);
    expect(await scene.confirm(scene.code)).toEqual({});
    expect(await scene.signIn(NEW_PASSWORD)).toMatchObject(GRANTED);
    expect(await scene.signIn(PASSWORD)).toBe(WRONG_PASSWORD);
    expect(await scene.stored(scene.alice)).toMatchObject({
      status: "CONFIRMED",
      lastModifiedAt: context.clock.now(),
      attributes: REACHABLE,
    });
  });

  it("sets a password that counts in the history", async () => {
    const Policies = { PasswordPolicy: { PasswordHistorySize: 1 } };
    const scene = await sceneWithCode({ pool: { Policies } });
    await scene.confirm(scene.code);
    await scene.forgot();
    expect(await scene.confirm(scene.sentCode())).toMatch(/^PasswordHistoryPolicyViolation/);
  });

  it.each(["RESET_REQUIRED", "UNCONFIRMED"] as const)("confirms a user in the state %s", async (status) => {
    const scene = await sceneWithCode({}, { status });
    expect(await scene.confirm(scene.code)).toEqual({});
    expect(await scene.signIn(NEW_PASSWORD)).toMatchObject(GRANTED);
  });

  it("is accepted once, also in parallel requests", async () => {
    const scene = await sceneWithCode();
    const answers = await Promise.all(Array.from({ length: 5 }, () => scene.confirm(scene.code)));
    expect(answers.filter((answer) => answer === NO_CODE)).toHaveLength(4);
    expect(await scene.confirm(scene.code)).toBe(NO_CODE);
  });

  it("is accepted for an hour", async () => {
    const [late, inTime] = [await sceneWithCode(), await sceneWithCode()];
    context.clock.advance(HOUR - 1);
    expect(await inTime.confirm(inTime.code)).toEqual({});
    context.clock.advance(1);
    expect(await late.confirm(late.code)).toBe(NO_CODE);
    expect(await late.signIn(PASSWORD)).toMatchObject(GRANTED);
  });

  it("is rejected after a newer one was sent", async () => {
    const scene = await sceneWithCode();
    await scene.forgot();
    const newer = scene.sentCode();
    expect(newer).not.toBe(scene.code);
    expect(await scene.confirm(scene.code)).toBe(WRONG_CODE);
    expect(await scene.confirm(newer)).toEqual({});
  });

  it("is rejected for another user", async () => {
    const scene = await sceneWithCode();
    await scene.addUser({ username: "bob", attributes: REACHABLE });
    expect(await scene.confirm(scene.code, { Username: "bob" })).toBe(NO_CODE);
    const client = await scene.addClient();
    expect(await scene.confirm(scene.code, { ClientId: client.id })).toEqual({});
  });

  it("is rejected after the address that it went to was changed or removed", async () => {
    const scene = await sceneWithCode();
    await put(scene, { attributes: { email: "new@example.com", email_verified: "true" } });
    expect(await scene.confirm(scene.code)).toBe(NO_CODE);
    await put(scene, { attributes: REACHABLE });
    expect(await scene.confirm(scene.code)).toEqual({});
  });

  it("resets a lockout", async () => {
    const scene = await sceneWithCode();
    for (let failure = 1; failure <= 5; failure++) await scene.signIn("Wrong-horse-1");
    expect(await scene.confirm(scene.code)).toEqual({});
    expect(await scene.signIn(NEW_PASSWORD)).toMatchObject(GRANTED);
  });

  it("is the value of --fixed-code if that is set", async () => {
    const dev = await testContext({ fixedCode: "424242" });
    const scene = await openRecoveryScene(dev);
    await scene.addUser({ attributes: REACHABLE });
    await scene.forgot();
    expect(scene.sentCode()).toBe("424242");
    expect(await scene.confirm("424242")).toEqual({});
    await dev.store.close();
  });
});

describe("ConfirmForgotPassword rejects", () => {
  it("a wrong code, and the right one stays valid", async () => {
    const scene = await sceneWithCode();
    for (const wrong of [anotherThan(scene.code), "0", scene.code.slice(1), `${scene.code}0`]) {
      expect(await scene.confirm(wrong)).toBe(WRONG_CODE);
    }
    expect(await scene.confirm(scene.code)).toEqual({});
  });

  it("any code for a user without a sent code", async () => {
    const scene = await openRecoveryScene(context);
    await scene.addUser({ attributes: REACHABLE });
    expect(await scene.confirm("123456")).toBe(NO_CODE);
  });

  it("a password that breaks the policy, with any code, which stays valid", async () => {
    const scene = await sceneWithCode();
    const weak = "InvalidPasswordException: Password does not conform to policy: Password not long enough";
    for (const code of [scene.code, anotherThan(scene.code)]) {
      expect(await scene.confirm(code, { Password: "Short-1" })).toBe(weak);
    }
    expect(await scene.confirm(scene.code)).toEqual({});
  });

  it("a password from the user's history, only after the right code", async () => {
    const scene = await sceneWithCode({
      pool: { Policies: { PasswordPolicy: { PasswordHistorySize: 2, MinimumLength: 8 } } },
    });
    expect(await scene.confirm(anotherThan(scene.code), { Password: PASSWORD })).toBe(WRONG_CODE);
    expect(await scene.confirm(scene.code, { Password: PASSWORD })).toBe(
      "PasswordHistoryPolicyViolationException: Password has previously been used",
    );
    expect(await scene.confirm(scene.code)).toEqual({});
    await scene.forgot();
    expect(await scene.confirm(scene.sentCode(), { Password: PASSWORD })).toBe(
      "PasswordHistoryPolicyViolationException: Password has previously been used",
    );
  });

  it("the twenty-first attempt of an hour, including requests for a code and attempts with the right code", async () => {
    const scene = await sceneWithCode();
    const answers = await Promise.all(
      Array.from({ length: 24 }, () => scene.confirm(anotherThan(scene.code))),
    );
    expect(answers.filter((answer) => answer === WRONG_CODE)).toHaveLength(19);
    expect(answers.filter((answer) => answer === TOO_MANY)).toHaveLength(5);
    expect(await scene.confirm(scene.code)).toBe(TOO_MANY);
    expect(await scene.forgot()).toBe(TOO_MANY);
    context.clock.advance(HOUR);
    expect(await scene.forgot()).toEqual(TO_ALICE);
    expect(await scene.confirm(scene.sentCode())).toEqual({});
  });

  it("a user who was disabled or got a temporary password after the code was sent", async () => {
    const scene = await sceneWithCode();
    await put(scene, { enabled: false });
    expect(await scene.confirm(scene.code)).toBe("NotAuthorizedException: User is disabled.");
    await put(scene, { enabled: true, status: "FORCE_CHANGE_PASSWORD" });
    expect(await scene.confirm(scene.code)).toBe(
      "NotAuthorizedException: User password cannot be reset in the current state.",
    );
    await put(scene, { status: "CONFIRMED" });
    expect(await scene.confirm(scene.code)).toEqual({});
  });

  it("a code of a user who does not exist", async () => {
    const scene = await openRecoveryScene(context);
    expect(await scene.confirm("123456")).toBe(
      "UserNotFoundException: Username/client id combination not found.",
    );
    expect(await scene.confirm("123456", { ClientId: "nonesuch" })).toBe(
      "ResourceNotFoundException: User pool client nonesuch does not exist.",
    );
  });

  it("a client without proof of its secret, before the code is checked", async () => {
    const scene = await openRecoveryScene(context, { secret: "the client's secret" });
    await scene.addUser({ attributes: REACHABLE });
    const SecretHash = secretHash("the client's secret", "alice", scene.client.id);
    await scene.forgot("alice", { SecretHash });
    const code = scene.sentCode();
    expect(await scene.confirm(code)).toMatch(/SECRET_HASH was not received$/);
    expect(await scene.confirm(code, { SecretHash: `x${SecretHash}` })).toMatch(
      /^NotAuthorizedException: Unable to verify secret hash/,
    );
    expect(await scene.confirm(code, { SecretHash })).toEqual({});
  });

  it("an unknown and a disabled user with the error of a wrong code, if existence is hidden", async () => {
    const scene = await sceneWithCode({ client: { PreventUserExistenceErrors: "ENABLED" } });
    expect(await scene.confirm("123456", { Username: "nobody" })).toBe(WRONG_CODE);
    await put(scene, { enabled: false });
    expect(await scene.confirm(scene.code)).toBe(WRONG_CODE);
  });
});
