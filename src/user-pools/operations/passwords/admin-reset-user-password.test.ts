import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DeliveryFailed } from "../../../delivery/index.ts";
import { type TestContext, testContext } from "../../testing.ts";
import { outcome } from "../authentication/testing.ts";
import { operations } from "../registry.ts";
import {
  GRANTED,
  NEW_PASSWORD,
  NO_CODE,
  openRecoveryScene,
  PASSWORD,
  REACHABLE,
  type RecoveryScene,
  WAS_RESET,
  WRONG_CODE,
} from "./testing.ts";

const { AdminInitiateAuth: adminInitiateAuth, GetUser: getUser, InitiateAuth: initiateAuth } = operations;

const IN_THIS_STATE = "NotAuthorizedException: User password cannot be reset in the current state.";
const NO_ADDRESS =
  "InvalidParameterException: Cannot reset password for the user as there is no registered/verified email or phone_number";

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.store.close());

async function sceneWithAlice(user: Parameters<RecoveryScene["addUser"]>[0] = {}) {
  const scene = await openRecoveryScene(context);
  return { ...scene, alice: await scene.addUser({ attributes: REACHABLE, ...user }) };
}

describe("AdminResetUserPassword", () => {
  it("makes every sign-in fail with PasswordResetRequiredException, whatever the password", async () => {
    const { client, pool, ...scene } = await sceneWithAlice();
    context.clock.advance(1000);
    expect(await scene.reset()).toEqual({});
    expect(await scene.stored(scene.alice)).toMatchObject({
      status: "RESET_REQUIRED",
      lastModifiedAt: context.clock.now(),
    });
    expect(await scene.signIn(PASSWORD)).toBe(WAS_RESET);
    expect(await scene.signIn("Wrong-horse-1")).toBe(WAS_RESET);

    const parameters = { USERNAME: "alice", PASSWORD };
    const asAdmin = adminInitiateAuth(
      {
        UserPoolId: pool.id,
        ClientId: client.id,
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: parameters,
      },
      context,
    );
    expect(await outcome(asAdmin)).toBe(WAS_RESET);
    const bySrp = initiateAuth(
      { ClientId: client.id, AuthFlow: "USER_SRP_AUTH", AuthParameters: { USERNAME: "alice", SRP_A: "5" } },
      context,
    );
    expect(await outcome(bySrp)).toBe(WAS_RESET);
  });

  it("sends a code for setting a new password", async () => {
    const scene = await sceneWithAlice();
    await scene.reset();
    expect(context.sent.at(-1)).toMatchObject({
      destination: "alice@example.com",
      purpose: "ForgotPassword",
      subject: "Your verification code",
    });
    expect(await scene.confirm(scene.sentCode())).toEqual({});
    expect(await scene.signIn(NEW_PASSWORD)).toMatchObject(GRANTED);
  });

  it("keeps the user's tokens valid", async () => {
    const scene = await sceneWithAlice();
    const { AuthenticationResult } = (await scene.signIn(PASSWORD)) as {
      AuthenticationResult: { AccessToken: string; RefreshToken: string };
    };
    await scene.reset();
    expect(await outcome(getUser({ AccessToken: AuthenticationResult.AccessToken }, context))).toMatchObject({
      Username: "alice",
    });
    const refreshing = initiateAuth(
      {
        ClientId: scene.client.id,
        AuthFlow: "REFRESH_TOKEN_AUTH",
        AuthParameters: { REFRESH_TOKEN: AuthenticationResult.RefreshToken },
      },
      context,
    );
    expect(await outcome(refreshing)).toMatchObject(GRANTED);
  });

  it("can be repeated, and ForgotPassword sends another code", async () => {
    const scene = await sceneWithAlice();
    await scene.reset();
    const first = scene.sentCode();
    expect(await scene.reset()).toEqual({});
    expect(await scene.confirm(first)).toBe(WRONG_CODE);
    context.clock.advance(60 * 60 * 1000);
    expect(await scene.confirm(scene.sentCode())).toBe(NO_CODE);
    await scene.forgot();
    expect(await scene.confirm(scene.sentCode())).toEqual({});
  });

  it.each([
    ["disabled", { enabled: false }, "NotAuthorizedException: User is disabled."],
    ["unconfirmed", { status: "UNCONFIRMED" }, IN_THIS_STATE],
    ["still on a temporary password", { temporary: true }, IN_THIS_STATE],
    ["of an external provider", { status: "EXTERNAL_PROVIDER", password: null }, IN_THIS_STATE],
    ["without a verified address", { attributes: { email: "alice@example.com" } }, NO_ADDRESS],
  ] as const)("refuses a user who is %s, and does not change the user", async (_, user, refusal) => {
    const scene = await sceneWithAlice(user);
    const before = context.sent.length;
    expect(await scene.reset()).toBe(refusal);
    expect(await scene.stored(scene.alice)).toEqual(scene.alice);
    expect(context.sent.length).toBe(before);
  });

  it("rejects an unknown user, an unknown pool, and every user of a pool where only administrators reset passwords", async () => {
    const scene = await openRecoveryScene(context, {
      pool: { AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: "admin_only" }] } },
    });
    await scene.addUser({ attributes: REACHABLE });
    expect(await scene.reset("nobody")).toBe("UserNotFoundException: User does not exist.");
    expect(await scene.reset()).toBe(NO_ADDRESS);
    await context.store.pools.delete(scene.pool.id);
    expect(await scene.reset()).toBe(`ResourceNotFoundException: User pool ${scene.pool.id} does not exist.`);
  });

  it("resets the password also if delivery fails, and reports that", async () => {
    const failing = await testContext({
      delivery: { send: () => Promise.reject(new DeliveryFailed("no mail server")) },
    });
    const scene = await openRecoveryScene(failing);
    await scene.addUser({ attributes: REACHABLE });
    expect(await scene.reset()).toBe("InvalidParameterException: Unable to send the message.");
    expect(await scene.signIn(PASSWORD)).toBe(WAS_RESET);
    await failing.store.close();
  });
});
