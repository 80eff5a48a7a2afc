/** Answers of the OAuth endpoints that were recorded from Amazon Cognito: their members, the order of these, and claims. */
import { AdminAddUserToGroupCommand, CreateGroupCommand } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBrowser } from "../oauth/browser.ts";
import { createClient, openPool, PASSWORD, PLAIN_CALLBACK } from "../oauth/scene.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

let server: TestServer;
let poolId: string;
beforeAll(async () => {
  server = await startTestServer();
  poolId = await openPool(server);
  const group = { UserPoolId: poolId, GroupName: "admins" };
  await server.cognito.send(
    new CreateGroupCommand({ ...group, RoleArn: "arn:aws:iam::123456789012:role/member" }),
  );
  await server.cognito.send(new AdminAddUserToGroupCommand({ ...group, Username: "alice" }));
});
afterAll(() => server.stop());

const partOf = (token: string, index: number) =>
  JSON.parse(Buffer.from(token.split(".")[index] ?? "", "base64url").toString());

it("returns the recorded redirect, tokens, order of claims and userInfo in a hosted sign-in", async () => {
  const { client_id } = await createClient(server, poolId, { ReadAttributes: ["email", "email_verified"] });
  const query = new URLSearchParams({
    client_id,
    response_type: "code",
    scope: "openid email",
    redirect_uri: PLAIN_CALLBACK,
  });
  const redirect = await openBrowser().signIn(`${server.url}/oauth2/authorize?${query}`, "alice", PASSWORD);
  expect([redirect.status, redirect.headers.get("content-length")]).toEqual([302, "0"]);
  // No `state` was sent, so none comes back.
  const answer = new URL(redirect.location);
  expect([...answer.searchParams.keys()]).toEqual(["code"]);
  const code = answer.searchParams.get("code") ?? "";
  expect(code).toMatch(UUID);
  const session = redirect.headers.getSetCookie().find((cookie) => cookie.startsWith("cognito"));
  expect(session).toMatch(/Max-Age=3600.*; HttpOnly; SameSite=Lax/);
  expect(redirect.headers.get("x-amz-cognito-request-id")).toMatch(UUID);

  // Exchanged some time after the sign-in: the times are those of the sign-in.
  server.clock?.advance(60_000);
  const exchanged = await fetch(`${server.url}/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id,
      redirect_uri: PLAIN_CALLBACK,
      code,
    }),
  });
  const { headers } = exchanged;
  expect({
    type: headers.get("content-type"),
    cache: headers.get("cache-control"),
    pragma: headers.get("pragma"),
    expires: headers.get("expires"),
    options: headers.get("x-content-type-options"),
    id: headers.get("x-amz-cognito-request-id"),
  }).toEqual({
    type: "application/json;charset=UTF-8",
    cache: "no-cache, no-store, max-age=0, must-revalidate",
    pragma: "no-cache",
    expires: "0",
    options: "nosniff",
    id: expect.stringMatching(UUID),
  });
  const tokens = (await exchanged.json()) as Record<string, string>;
  expect(Object.keys(tokens)).toEqual([
    "id_token",
    "access_token",
    "refresh_token",
    "expires_in",
    "token_type",
  ]);

  const [id, access] = [tokens.id_token ?? "", tokens.access_token ?? ""];
  expect(Object.keys(partOf(id, 0))).toEqual(["kid", "alg"]);
  expect(Object.keys(partOf(id, 1))).toEqual(
    "at_hash sub cognito:groups email_verified iss cognito:username origin_jti cognito:roles aud event_id token_use auth_time exp iat jti email".split(
      " ",
    ),
  );
  expect(Object.keys(partOf(access, 1))).toEqual(
    "sub cognito:groups iss version client_id origin_jti event_id token_use scope auth_time exp iat jti username".split(
      " ",
    ),
  );
  const { auth_time, iat, exp } = partOf(id, 1);
  expect([iat - auth_time < 60, exp - iat]).toEqual([true, 3600]);

  const info = await fetch(`${server.url}/oauth2/userInfo`, {
    headers: { authorization: `Bearer ${access}` },
  });
  expect(await info.json()).toEqual({
    sub: partOf(id, 1).sub,
    email_verified: "true",
    email: "alice@example.com",
    username: "alice",
  });
});
