/** Authentication levels of a certified OpenID provider, both ways: what the pool asks for, and what the provider asserts. */
import {
  CreateIdentityProviderCommand,
  CreateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type OpenIdProvider, startOpenIdProvider } from "../support/openid-provider.ts";
import { clockOf, startTestServer, type TestServer } from "../support/server.ts";
import { type Browser, openBrowser, passProvider } from "./browser.ts";
import { createClient, PLAIN_CALLBACK } from "./scene.ts";

const LOA = "urn:cognito:loa:";

let server: TestServer;
let provider: OpenIdProvider;
let poolId: string;
let clientId: string;
/** The `acr_values` that the provider's form was opened with, and what it asserts then. */
let asked: (readonly string[])[];
let asserted: { acr?: string; amr?: string[] };

beforeAll(async () => {
  server = await startTestServer();
  const { UserPool } = await server.cognito.send(
    new CreateUserPoolCommand({ PoolName: "levels", UserPoolTier: "ESSENTIALS", AcrConfiguration: {} }),
  );
  poolId = UserPool?.Id ?? "";
  provider = await startOpenIdProvider([`${server.url}/${poolId}/oauth2/idpresponse`], (values) => {
    asked.push(values);
    return asserted;
  });
  provider.accounts.set("Ada", { email: "ada@example.com" });
  await server.cognito.send(
    new CreateIdentityProviderCommand({
      UserPoolId: poolId,
      ProviderName: "Example",
      ProviderType: "OIDC",
      ProviderDetails: provider.details("openid email"),
      AttributeMapping: { email: "email" },
      AcrMapping: { Level1: "bronze", Level3: "silver", Level4: "gold" },
    }),
  );
  clientId = (await createClient(server, poolId, { SupportedIdentityProviders: ["Example"] })).client_id;
});
afterAll(async () => {
  provider?.stop();
  await server?.stop();
});
beforeEach(async () => {
  asked = [];
  asserted = { acr: "bronze", amr: ["pwd"] };
  clockOf(server).reset();
});

const authorizeUrl = (more: Record<string, string>) =>
  `${server.url}/${poolId}/oauth2/authorize?${new URLSearchParams({
    client_id: clientId,
    response_type: "code",
    redirect_uri: PLAIN_CALLBACK,
    scope: "openid",
    identity_provider: "Example",
    ...more,
  })}`;

/** @returns the redirect to the client */
const signIn = async (browser: Browser, more: Record<string, string> = {}) =>
  new URL(await passProvider(browser, authorizeUrl(more), "Ada", PLAIN_CALLBACK));

async function claimsOf(redirect: URL) {
  const answer = await fetch(`${server.url}/${poolId}/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: clientId,
      redirect_uri: PLAIN_CALLBACK,
      code: redirect.searchParams.get("code") ?? redirect.href,
    }),
  });
  const { id_token } = (await answer.json()) as { id_token: string };
  return decodeJwt(id_token);
}

describe("a provider with authentication levels", () => {
  it("gets the acr_values that it knows, in its own names and in the client's order, and its level is in the tokens", async () => {
    asserted = { acr: "gold", amr: ["pwd", "otp", "face"] };
    const claims = await claimsOf(
      await signIn(openBrowser(), { acr_values: `${LOA}4 ${LOA}2 unknown ${LOA}3 ${LOA}1` }),
    );
    expect(asked).toEqual([["gold", "silver", "bronze"]]);
    expect(claims).toMatchObject({ acr: `${LOA}4`, amr: ["pwd", "otp"] });
  });

  it("gets no acr_values if the client sends none", async () => {
    expect(await claimsOf(await signIn(openBrowser()))).toMatchObject({ acr: `${LOA}1`, amr: ["pwd"] });
    expect(asked).toEqual([[]]);
  });

  it("determines the level even if it is below the requested one, or has no mapping", async () => {
    const acr_values = `${LOA}4`;
    expect(await claimsOf(await signIn(openBrowser(), { acr_values }))).toMatchObject({ acr: `${LOA}1` });
    asserted = { acr: "platinum", amr: ["face"] };
    expect(await claimsOf(await signIn(openBrowser(), { acr_values }))).toMatchObject({
      acr: `${LOA}1`,
      amr: ["fed"],
    });
  });

  it("is asked again if the session is below the level, and not if it reaches the level", async () => {
    const browser = openBrowser();
    expect(await claimsOf(await signIn(browser))).toMatchObject({ acr: `${LOA}1` });
    asserted = { acr: "silver", amr: ["pwd", "otp"] };
    const acr_values = `${LOA}3`;
    expect(await claimsOf(await signIn(browser, { acr_values }))).toMatchObject({
      acr: `${LOA}3`,
      amr: ["pwd", "otp"],
    });
    expect(asked).toEqual([[], ["silver"]]);
    const again = await browser.visit(authorizeUrl({ acr_values }));
    expect(await claimsOf(new URL(again.location))).toMatchObject({ acr: `${LOA}3` });
    expect(asked).toHaveLength(2);
  });

  it("gets max_age, and a sign-in that is older by its auth_time is rejected", async () => {
    const browser = openBrowser();
    expect(await claimsOf(await signIn(browser, { max_age: "100" }))).toMatchObject({ acr: `${LOA}1` });
    clockOf(server).advance(1_000_000);
    // The provider's clock has not moved, so it does not ask its user again.
    const { searchParams } = await signIn(browser, { max_age: "100" });
    expect(Object.fromEntries(searchParams)).toEqual({
      error: "invalid_request",
      error_description: "Invalid ID token: the sign-in is older than max_age",
    });
    expect(asked).toHaveLength(1);
  });
});
