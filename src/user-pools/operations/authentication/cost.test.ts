import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestContext, testContext } from "../../testing.ts";
import { operations } from "../registry.ts";
import { countedCalls } from "./counted-calls.ts";
import { openScene, PASSWORD, type Scene } from "./testing.ts";

const { GetUser: getUser, InitiateAuth: initiateAuth } = operations;

let context: TestContext;
let here: Scene;
beforeAll(async () => {
  context = await testContext();
  here = await openScene({ context });
  await here.addUser();
  // Makes the pool's keys, which the first sign-in would do.
  await context.tokens.jwks(here.pool.id);
});
afterAll(() => context.store.close());

const costOf = (call: () => Promise<unknown>) => countedCalls(context, call);

const signIn = () =>
  initiateAuth(
    {
      ClientId: here.client.id,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "alice", PASSWORD },
    },
    context,
  );

describe("calls to the store and to cryptography", () => {
  it("for a password sign-in are the user, the groups, one exponentiation, one transaction and two signatures", async () =>
    expect(await costOf(signIn)).toEqual({
      "users.find": 1,
      "srp.matches": 1,
      transaction: 1,
      "groups.listOfUser": 1,
      signJwt: 2,
    }));

  it("for a refresh are the sign-in, the user, the groups, two signatures and no write", async () => {
    const { AuthenticationResult } = await signIn();
    const REFRESH_TOKEN = AuthenticationResult?.RefreshToken ?? "";
    const refresh = () =>
      initiateAuth(
        { ClientId: here.client.id, AuthFlow: "REFRESH_TOKEN_AUTH", AuthParameters: { REFRESH_TOKEN } },
        context,
      );
    expect(await costOf(refresh)).toEqual({
      "signIns.get": 1,
      "users.getBySub": 1,
      "groups.listOfUser": 1,
      transaction: 0,
      signJwt: 2,
    });
  });

  it("for GetUser are the sign-in and the user", async () => {
    const { AuthenticationResult } = await signIn();
    const AccessToken = AuthenticationResult?.AccessToken ?? "";
    expect(await costOf(() => getUser({ AccessToken }, context))).toEqual({
      "signIns.get": 1,
      "users.getBySub": 1,
      transaction: 0,
      signJwt: 0,
    });
  });
});
