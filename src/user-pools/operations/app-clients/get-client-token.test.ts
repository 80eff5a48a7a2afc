import { beforeEach, describe, expect, it } from "vitest";
import {
  InvalidLambdaResponseException,
  UnexpectedLambdaException,
  UserLambdaValidationException,
} from "../../../api-model/index.ts";
import { TEST_TIME, testContext } from "../../testing.ts";
import { noTriggers } from "../../triggers/index.ts";
import { type Caller, caller } from "../testing.ts";

let api: Caller;
let UserPoolId: string;
let refuse: (() => never) | undefined;
beforeEach(async () => {
  refuse = undefined;
  const triggers = { ...noTriggers, invoke: async () => refuse?.() };
  api = caller(await testContext({ triggers }));
  UserPoolId = await api.pool();
  await api.call("CreateResourceServer", {
    UserPoolId,
    Identifier: "api",
    Name: "API",
    Scopes: [
      { ScopeName: "read", ScopeDescription: "r" },
      { ScopeName: "write", ScopeDescription: "w" },
    ],
  });
});

const SECRET = "aSecretOfTheClientItself123";

async function clientWith(settings: object = {}): Promise<string> {
  const { UserPoolClient } = await api.call("CreateUserPoolClient", {
    UserPoolId,
    ClientName: "machine",
    ClientSecret: SECRET,
    ExplicitAuthFlows: ["ALLOW_CLIENT_TOKEN_AUTH"],
    AllowedOAuthScopes: ["api/read", "api/write"],
    ...settings,
  });
  return UserPoolClient?.ClientId ?? "";
}

const claimsOf = (token = "") => JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());

describe("GetClientToken", () => {
  it("returns an access token of the client with all of its scopes", async () => {
    const ClientId = await clientWith();
    const { ClientAuthenticationResult } = await api.call("GetClientToken", { ClientId, Secret: SECRET });
    expect(ClientAuthenticationResult).toEqual({
      AccessToken: expect.any(String),
      ExpiresIn: 3600,
      TokenType: "Bearer",
    });
    expect(claimsOf(ClientAuthenticationResult?.AccessToken)).toMatchObject({
      sub: ClientId,
      client_id: ClientId,
      token_use: "access",
      scope: "api/read api/write",
      iat: TEST_TIME / 1000,
      exp: TEST_TIME / 1000 + 3600,
    });
  });

  it("returns the requested scopes, without one that was removed from its resource server", async () => {
    const ClientId = await clientWith();
    const scopeOf = async (Scopes?: string[]) => {
      const { ClientAuthenticationResult } = await api.call("GetClientToken", {
        ClientId,
        Secret: SECRET,
        Scopes,
      });
      return claimsOf(ClientAuthenticationResult?.AccessToken).scope;
    };
    expect(await scopeOf(["api/write"])).toBe("api/write");
    await api.call("UpdateResourceServer", {
      UserPoolId,
      Identifier: "api",
      Name: "API",
      Scopes: [{ ScopeName: "read", ScopeDescription: "r" }],
    });
    expect(await scopeOf()).toBe("api/read");
  });

  it("returns the scope for registration, which has no resource server", async () => {
    const scope = "aws.cognito/dcr/register";
    const ClientId = await clientWith({ AllowedOAuthScopes: [scope, "api/read"] });
    for (const [Scopes, granted] of [
      [[scope], scope],
      [undefined, `${scope} api/read`],
    ] as const) {
      const request = { ClientId, Secret: SECRET, Scopes: Scopes && [...Scopes] };
      const { ClientAuthenticationResult } = await api.call("GetClientToken", request);
      expect(claimsOf(ClientAuthenticationResult?.AccessToken).scope).toBe(granted);
    }
  });

  it("rejects a scope for users that the client has, and leaves it out if none is requested", async () => {
    const ClientId = await clientWith({ AllowedOAuthScopes: ["openid", "api/read"] });
    const Scopes = ["openid"];
    expect(await api.refusal("GetClientToken", { ClientId, Secret: SECRET, Scopes })).toEqual([
      "InvalidParameterException",
      "Invalid scope requested: openid",
    ]);
    const { ClientAuthenticationResult } = await api.call("GetClientToken", { ClientId, Secret: SECRET });
    expect(claimsOf(ClientAuthenticationResult?.AccessToken).scope).toBe("api/read");
  });

  it.each([InvalidLambdaResponseException, UnexpectedLambdaException, UserLambdaValidationException])(
    "is rejected with an exception of its model if the pool's function causes %o",
    async (Exception) => {
      const ClientId = await clientWith();
      refuse = () => {
        throw new Exception("PreTokenGeneration failed with error no.");
      };
      expect(await api.refusal("GetClientToken", { ClientId, Secret: SECRET })).toEqual([
        "NotAuthorizedException",
        "PreTokenGeneration failed with error no.",
      ]);
    },
  );

  it("rejects an unknown client and a wrong secret", async () => {
    const ClientId = await clientWith();
    expect(await api.refusal("GetClientToken", { ClientId: "nothing", Secret: SECRET })).toEqual([
      "ResourceNotFoundException",
      "User pool client nothing does not exist.",
    ]);
    const invalid = ["NotAuthorizedException", "Invalid client or secret"];
    expect(await api.refusal("GetClientToken", { ClientId, Secret: `${SECRET}4` })).toEqual(invalid);
    const publicId = await api.client(UserPoolId);
    expect(await api.refusal("GetClientToken", { ClientId: publicId, Secret: SECRET })).toEqual(invalid);
  });

  it("rejects a client without the flow, and a scope that is not among the client's", async () => {
    const other = await clientWith({ ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] });
    expect(await api.refusal("GetClientToken", { ClientId: other, Secret: SECRET })).toEqual([
      "InvalidParameterException",
      "ALLOW_CLIENT_TOKEN_AUTH flow not enabled for this client",
    ]);
    const ClientId = await clientWith({ AllowedOAuthScopes: ["api/read"] });
    const Scopes = ["api/write"];
    expect(await api.refusal("GetClientToken", { ClientId, Secret: SECRET, Scopes })).toEqual([
      "InvalidParameterException",
      "Invalid scope requested: api/write",
    ]);
  });
});

describe("ALLOW_CLIENT_TOKEN_AUTH", () => {
  it.each([
    ["beside a flow of users", { ExplicitAuthFlows: ["ALLOW_CLIENT_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"] }],
    ["for a client without a secret", { ClientSecret: undefined }],
  ])("is refused %s", async (_, settings) => {
    await expect(clientWith(settings)).rejects.toThrow(
      "ALLOW_CLIENT_TOKEN_AUTH can only be the sole auth flow of a client with a secret.",
    );
  });
});
