import { decodeJwt } from "jose";
import { expect, it } from "vitest";
import { openBrowser } from "../oauth/browser.ts";
import { functionOf, PASSWORD, poolWith, server, startFunctionServer } from "./functions.ts";

startFunctionServer();

const CALLBACK = "https://app.example.com/callback";

it("asks PreTokenGeneration at a sign-in on the login pages, with its own trigger source", async () => {
  const generation = await functionOf(`
    event.response.claimsOverrideDetails = { claimsToAddOrOverride: { channel: "pages" } };`);
  const pool = await poolWith(
    { PreTokenGeneration: generation.arn },
    {},
    {
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid"],
      CallbackURLs: [CALLBACK],
      SupportedIdentityProviders: ["COGNITO"],
    },
  );
  const sub = await pool.addJane();
  const query = new URLSearchParams({
    response_type: "code",
    client_id: pool.clientId,
    redirect_uri: CALLBACK,
    scope: "openid",
  });
  const { location } = await openBrowser().signIn(
    `${server.url}/oauth2/authorize?${query}`,
    "jane",
    PASSWORD,
  );
  const code = new URL(location).searchParams.get("code") ?? "";
  const answer = await fetch(`${server.url}/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: pool.clientId,
      redirect_uri: CALLBACK,
      code,
    }),
  });
  const tokens = (await answer.json()) as { id_token: string };
  expect(decodeJwt(tokens.id_token)).toMatchObject({ sub, channel: "pages" });
  expect(await generation.events()).toEqual([
    {
      version: "1",
      region: "us-east-1",
      userPoolId: pool.poolId,
      userName: "jane",
      callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: pool.clientId },
      triggerSource: "TokenGeneration_HostedAuth",
      request: {
        userAttributes: { sub, "cognito:user_status": "CONFIRMED" },
        groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
      },
      response: { claimsOverrideDetails: null },
    },
  ]);
});
