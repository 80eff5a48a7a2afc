import { afterAll, expect, it } from "vitest";
import type { AppClientSettings } from "../storage/index.ts";
import { passwordCalls } from "../user-pools/operations/authentication/testing.ts";
import { testContext } from "../user-pools/testing.ts";
import { oauthEndpoints } from "./testing.ts";

const context = await testContext();
afterAll(() => context.store.close());
const endpoints = oauthEndpoints(() => context);

const PATH = "/oauth2/revoke";

/** A pool in which alice has signed in. */
async function scene(settings: Partial<AppClientSettings> = {}) {
  const calls = passwordCalls(context);
  const here = await calls.scene({ client: settings });
  await here.addUser();
  const { AuthenticationResult } = await calls.signIn(here);
  const { AccessToken = "", RefreshToken = "" } = AuthenticationResult ?? {};
  const isSignedIn = () =>
    context.tokens.verifyAccessToken(AccessToken).then(
      () => true,
      () => false,
    );
  return { ...here, RefreshToken, isSignedIn };
}

it("ends the sign-in of a refresh token, with an empty answer, also when repeated", async () => {
  const { client, RefreshToken, isSignedIn } = await scene();
  expect(await isSignedIn()).toBe(true);
  for (const _ of [1, 2]) {
    expect(await endpoints.post(PATH, { token: RefreshToken, client_id: client.id })).toEqual([
      200,
      undefined,
    ]);
    expect(await isSignedIn()).toBe(false);
  }
});

it("refuses a refresh token of another client, which stays valid", async () => {
  const { addClient, RefreshToken, isSignedIn } = await scene();
  const { id: client_id } = await addClient();
  expect(await endpoints.post(PATH, { token: RefreshToken, client_id })).toEqual([
    400,
    { error: "invalid_grant" },
  ]);
  expect(await isSignedIn()).toBe(true);
});

it("refuses a client that does not have revocation, whose tokens stay valid", async () => {
  const { client, RefreshToken, isSignedIn } = await scene({ EnableTokenRevocation: false });
  expect(await endpoints.post(PATH, { token: RefreshToken, client_id: client.id })).toEqual([
    400,
    { error: "invalid_request" },
  ]);
  expect(await isSignedIn()).toBe(true);
});

it("refuses a request without a token, with one twice, as plain text, or with a wrong secret", async () => {
  const { addClient } = await scene();
  const { id: client_id } = await addClient({}, "aSecretOfTheClientItself123");
  const credentials = { client_id, client_secret: "aSecretOfTheClientItself123" };
  expect(await endpoints.post(PATH, credentials)).toEqual([400, { error: "invalid_request" }]);
  const twice = `${new URLSearchParams(credentials)}&token=x&token=x`;
  expect(await endpoints.post(PATH, twice)).toEqual([400, { error: "invalid_request" }]);
  expect(await endpoints.post(PATH, credentials, { "content-type": "text/plain" })).toEqual([405, undefined]);
  expect(await endpoints.post(PATH, { ...credentials, client_secret: "wrong", token: "x" })).toEqual([
    401,
    { error: "invalid_client", error_description: "invalid_client_secret" },
  ]);
});
