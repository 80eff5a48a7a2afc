import { afterAll, describe, expect, it } from "vitest";
import { buildSchema } from "../user-pools/attributes/index.ts";
import { openScene } from "../user-pools/operations/authentication/testing.ts";
import { testContext } from "../user-pools/testing.ts";
import { oauthEndpoints } from "./testing.ts";

const context = await testContext();
afterAll(() => context.store.close());
const endpoints = oauthEndpoints(() => context);

const ATTRIBUTES = {
  email: "a@example.com",
  email_verified: "true",
  phone_number: "+15555550100",
  phone_number_verified: "false",
  name: "Alice",
  address: "1 Main Street",
  nickname: "",
  "custom:team": "blue",
};

/** alice, signed in to a client with a scope. */
async function scene(scope: string, ReadAttributes?: readonly string[]) {
  const { pool, client, addUser } = await openScene({
    context,
    pool: { SchemaAttributes: buildSchema([{ Name: "team", AttributeDataType: "String" }]) },
    client: ReadAttributes === undefined ? {} : { ReadAttributes: [...ReadAttributes] },
  });
  const user = await addUser({ attributes: ATTRIBUTES });
  const signIn = { ...context.tokens.newSignIn(client, user), scope };
  await context.store.signIns.insert(signIn);
  const source = "TokenGeneration_HostedAuth";
  const { AccessToken } = await context.tokens.issue({ pool, client, user, signIn, source });
  const userInfo = (base = "", authorization = `Bearer ${AccessToken}`) =>
    endpoints.get(`${base}/oauth2/userInfo`, { authorization });
  return { pool, user, AccessToken, userInfo };
}

describe("the claims of userInfo", () => {
  it.each([
    ["openid", "address custom:team email email_verified name phone_number phone_number_verified"],
    ["openid email", "email email_verified"],
    ["openid phone", "phone_number phone_number_verified"],
    ["openid profile", "custom:team name"],
    ["openid email phone", "email email_verified phone_number phone_number_verified"],
    ["openid email profile", "custom:team email email_verified name"],
  ])("with the scope %s are sub, username and: %s", async (scope, names) => {
    const { user, userInfo } = await scene(scope);
    const [status, claims] = await userInfo();
    const { sub, username, ...attributes } = claims as Record<string, string>;
    expect([status, sub, username]).toEqual([200, user.sub, "alice"]);
    expect(Object.keys(attributes).sort().join(" ")).toBe(names);
  });

  it("are those that the client may read", async () => {
    const { userInfo } = await scene("openid", ["name"]);
    expect(await userInfo()).toEqual([200, { sub: expect.any(String), username: "alice", name: "Alice" }]);
  });
});

it("takes a token from a header of the scheme Bearer alone", async () => {
  const { AccessToken, userInfo } = await scene("openid");
  expect((await userInfo("", `bearer  ${AccessToken}`))[0]).toBe(200);
  for (const authorization of [
    `x Bearer ${AccessToken}`,
    `Bearer ${AccessToken} x`,
    `Bearer${AccessToken}`,
    `Basic ${AccessToken}`,
  ]) {
    expect(await userInfo("", authorization)).toEqual([
      400,
      { error: "invalid_request", error_description: "Bad OAuth2 request at UserInfo Endpoint" },
    ]);
  }
});

it("refuses a token of another pool than the path names", async () => {
  const [here, elsewhere] = [await scene("openid"), await scene("openid")];
  expect((await here.userInfo(`/${here.pool.id}`))[0]).toBe(200);
  expect(await here.userInfo(`/${elsewhere.pool.id}`)).toEqual([
    401,
    {
      error: "invalid_token",
      error_description:
        "Access token is expired, disabled, or deleted, or the user has globally signed out.",
    },
  ]);
});
