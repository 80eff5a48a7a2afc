import { GetClientTokenCommand, InitiateAuthCommand } from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import { describe, expect, it } from "vitest";
import { app, functionOf, poolWith, server, startFunctionServer } from "./functions.ts";

startFunctionServer();

describe("PreTokenGeneration", () => {
  it("changes the claims of the ID token and the groups of both in its first version", async () => {
    const { arn } = await functionOf(`event.response.claimsOverrideDetails = {
      claimsToAddOrOverride: { tenant: "blue", sub: "stolen", both: "x" },
      claimsToSuppress: ["email", "both", "iss"],
      groupOverrideDetails: { groupsToOverride: ["admins"], iamRolesToOverride: [], preferredRole: null },
    };`);
    const pool = await poolWith({ PreTokenGeneration: arn });
    const sub = await pool.addJane({ email: "jane@example.com" });
    const { AuthenticationResult } = await pool.signIn();
    const id = decodeJwt(AuthenticationResult?.IdToken ?? "");
    expect(id).toMatchObject({ sub, tenant: "blue", "cognito:groups": ["admins"], iss: expect.any(String) });
    expect(id).not.toHaveProperty("email");
    expect(id).not.toHaveProperty("both");
    const access = decodeJwt(AuthenticationResult?.AccessToken ?? "");
    expect(access["cognito:groups"]).toEqual(["admins"]);
    expect(access).not.toHaveProperty("tenant");
  });

  it("changes claims and scopes of both tokens in its second version", async () => {
    const made = await functionOf(`event.response.claimsAndScopeOverrideDetails = {
      idTokenGeneration: { claimsToAddOrOverride: { plan: { name: "pro", seats: 3 } } },
      accessTokenGeneration: {
        claimsToAddOrOverride: { roles: ["a", "b"], client_id: "stolen" },
        scopesToAdd: ["orders/read", "aws.cognito.signin.admin"],
        scopesToSuppress: ["aws.cognito.signin.user.admin"],
      },
    };`);
    const pool = await poolWith({
      PreTokenGenerationConfig: { LambdaArn: made.arn, LambdaVersion: "V2_0" },
    });
    await pool.addJane();
    const { AuthenticationResult } = await pool.signIn();
    expect(decodeJwt(AuthenticationResult?.IdToken ?? "").plan).toEqual({ name: "pro", seats: 3 });
    expect(decodeJwt(AuthenticationResult?.AccessToken ?? "")).toMatchObject({
      roles: ["a", "b"],
      client_id: pool.clientId,
      scope: "orders/read",
    });
    expect(await made.events()).toMatchObject([
      {
        version: "2",
        request: { scopes: ["aws.cognito.signin.user.admin"] },
        response: { claimsAndScopeOverrideDetails: null },
      },
    ]);
  });

  it("gets the trigger source of a refresh", async () => {
    const tokens = await functionOf("");
    const pool = await poolWith({ PreTokenGeneration: tokens.arn });
    await pool.addJane();
    const { AuthenticationResult } = await pool.signIn();
    await app.send(
      new InitiateAuthCommand({
        ClientId: pool.clientId,
        AuthFlow: "REFRESH_TOKEN_AUTH",
        AuthParameters: { REFRESH_TOKEN: AuthenticationResult?.RefreshToken ?? "" },
      }),
    );
    expect((await tokens.events()).map(({ triggerSource }) => triggerSource)).toEqual([
      "TokenGeneration_Authentication",
      "TokenGeneration_RefreshTokens",
    ]);
  });

  it("changes the token of client credentials in its third version", async () => {
    const made = await functionOf(`event.response.claimsAndScopeOverrideDetails = {
      accessTokenGeneration: { claimsToAddOrOverride: { tier: "gold" } } };`);
    const pool = await poolWith(
      { PreTokenGenerationConfig: { LambdaArn: made.arn, LambdaVersion: "V3_0" } },
      {},
      { GenerateSecret: true, ExplicitAuthFlows: ["ALLOW_CLIENT_TOKEN_AUTH" as never] },
    );
    const { ClientAuthenticationResult } = await server.cognito.send(
      new GetClientTokenCommand({ ClientId: pool.clientId, Secret: pool.clientSecret ?? "" }),
    );
    expect(decodeJwt(ClientAuthenticationResult?.AccessToken ?? "").tier).toBe("gold");
    expect(await made.events()).toMatchObject([
      {
        version: "3",
        triggerSource: "TokenGeneration_ClientCredentials",
        userName: "ClientCredentials",
        request: { userAttributes: {}, groupConfiguration: null, scopes: [] },
      },
    ]);
  });

  it.each(["claimsToAddOrOverride: { x: { y: 1 } }", "claimsToSuppress: 'email'"])(
    "is rejected in its first version with %s",
    async (details) => {
      const { arn } = await functionOf(`event.response.claimsOverrideDetails = { ${details} };`);
      const pool = await poolWith({ PreTokenGeneration: arn });
      await pool.addJane();
      await expect(pool.signIn()).rejects.toMatchObject({ name: "InvalidLambdaResponseException" });
    },
  );
});
