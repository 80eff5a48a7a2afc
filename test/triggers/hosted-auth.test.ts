import { decodeJwt } from "jose";
import { expect, it } from "vitest";
import { openBrowser } from "../oauth/browser.ts";
import { functionOf, PASSWORD, poolWith, server, startFunctionServer } from "./functions.ts";

startFunctionServer();

const CALLBACK = "https://app.example.com/callback";

const OAUTH_CLIENT = {
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ["code" as const],
  AllowedOAuthScopes: ["openid"],
  CallbackURLs: [CALLBACK],
  SupportedIdentityProviders: ["COGNITO"],
};

/** @returns the address that the browser is sent back to */
async function signInOnPages(client_id: string): Promise<string> {
  const request = { response_type: "code", client_id, redirect_uri: CALLBACK, scope: "openid" };
  const start = `${server.url}/oauth2/authorize?${new URLSearchParams(request)}`;
  return (await openBrowser().signIn(start, "jane", PASSWORD)).location;
}

it("invokes PreTokenGeneration with its own trigger source at a sign-in on the login pages", async () => {
  const generation = await functionOf(`
    event.response.claimsOverrideDetails = { claimsToAddOrOverride: { channel: "pages" } };`);
  const pool = await poolWith({ PreTokenGeneration: generation.arn }, {}, OAUTH_CLIENT);
  const sub = await pool.addJane();
  const location = await signInOnPages(pool.clientId);
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

it("redirects with the error of PreTokenGeneration, which ends with a space as in Cognito", async () => {
  const generation = await functionOf('throw new Error("not_allowed");');
  const pool = await poolWith({ PreTokenGeneration: generation.arn }, {}, OAUTH_CLIENT);
  await pool.addJane();
  expect(await signInOnPages(pool.clientId)).toBe(
    `${CALLBACK}?error_description=PreTokenGeneration+failed+with+error+not_allowed.+&error=invalid_request`,
  );
});
