import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { beforeEach, describe, expect, it } from "vitest";
import {
  addressRule,
  createGuardedFetch,
  LOOPBACK_ADDRESSES,
  OutboundFailure,
} from "../../outbound/index.ts";
import { testKey } from "../saml/fixtures/identity-provider.ts";
import { addressNotAllowed, DISCOVERY, openTestedProvider, type TestedProvider } from "./testing.ts";

let provider: TestedProvider;
beforeEach(async () => {
  provider = await openTestedProvider();
});

function createOidc(details: Record<string, string> = {}) {
  return provider.create("OIDC", {
    client_id: "cognate",
    client_secret: "the client's secret",
    authorize_scopes: "openid",
    attributes_request_method: "GET",
    oidc_issuer: provider.issuer,
    ...details,
  });
}

const timedOut = (): Response => {
  throw new OutboundFailure("timed out", "The answer took too long.");
};

describe("the test of an OpenID Connect provider", () => {
  it("passes every step for a provider without faults, and lists the redirect URIs that it accepts", async () => {
    const { issuer } = provider;
    await createOidc();
    const { canSignIn, steps } = await provider.test();
    expect(canSignIn).toBe(true);
    expect(steps).toEqual({
      discovery: { status: "ok", detail: `${issuer}${DISCOVERY}` },
      endpoints: { status: "ok", detail: new URL(issuer).host },
      keys: { status: "ok", detail: "1" },
      authorization: {
        status: "ok",
        detail:
          "https://login.example.com/oauth2/idpresponse https://cognate.example.com/pool/oauth2/idpresponse",
      },
      credentials: { status: "ok", detail: "400 invalid_grant" },
      userInfo: { status: "ok", detail: `${issuer}/me` },
      clock: { status: "ok", detail: "2" },
    });
  });

  it("skips discovery if every endpoint is given", async () => {
    const { issuer } = provider;
    await createOidc({
      authorize_url: `${issuer}/authorize`,
      token_url: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
    });
    const { steps } = await provider.test();
    expect(steps.discovery).toEqual({ status: "skipped", reason: "endpointsGiven" });
    expect(steps.userInfo).toEqual({ status: "skipped", reason: "noUserInfo" });
  });

  it.each<[fault: string, step: string, path: string, answer: () => Response, expected: object]>([
    [
      "a discovery document that answers 404",
      "discovery",
      DISCOVERY,
      () => new Response(null, { status: 404 }),
      { status: "failed", reason: "noDocument" },
    ],
    [
      "a discovery document of another issuer",
      "discovery",
      DISCOVERY,
      () => Response.json({ issuer: "https://evil.example.com" }),
      { status: "failed", reason: "otherIssuer" },
    ],
    [
      "an endpoint at a private address",
      "discovery",
      DISCOVERY,
      addressNotAllowed,
      { status: "failed", reason: "addressNotAllowed" },
    ],
    [
      "a discovery document without endpoints",
      "endpoints",
      DISCOVERY,
      () => Response.json({ issuer: provider.issuer }),
      { status: "failed", reason: "endpointsMissing" },
    ],
    [
      "an endpoint that is not encrypted",
      "endpoints",
      DISCOVERY,
      () =>
        Response.json({
          issuer: provider.issuer,
          authorization_endpoint: `${provider.issuer}/authorize`,
          token_endpoint: "http://login.example.com/token",
          jwks_uri: `${provider.issuer}/keys`,
        }),
      { status: "failed", reason: "plainHttp" },
    ],
    ["keys that arrive too late", "keys", "/keys", timedOut, { status: "failed", reason: "timedOut" }],
    [
      "a key set without keys that sign",
      "keys",
      "/keys",
      () => Response.json({ keys: [null, { kty: "oct" }, { kty: "RSA", use: "enc" }] }),
      { status: "failed", reason: "noKeys" },
    ],
    [
      "redirect URIs that are not registered at the provider",
      "authorization",
      "/authorize",
      () => new Response("no", { status: 400 }),
      { status: "warning", reason: "redirectUriRefused", detail: "400" },
    ],
    [
      "a provider that redirects the browser to an error page",
      "authorization",
      "/authorize",
      () => new Response(null, { status: 302, headers: { location: "/signin/oauth/error?authError=x" } }),
      { status: "warning", reason: "redirectUriRefused", detail: "302" },
    ],
    [
      "a wrong client secret",
      "credentials",
      "/token",
      () => Response.json({ error: "invalid_client" }, { status: 401 }),
      { status: "failed", reason: "clientRefused", detail: "401 invalid_client" },
    ],
    [
      "a token endpoint that answers 404",
      "credentials",
      "/token",
      () => new Response(null, { status: 404 }),
      { status: "failed", reason: "status" },
    ],
    [
      "an answer that proves the secret neither right nor wrong",
      "credentials",
      "/token",
      () => Response.json({ error: "Something private, from a page" }, { status: 400 }),
      { status: "warning", reason: "unclearAnswer", detail: "400" },
    ],
    [
      "userInfo that fails, without which a sign-in is possible",
      "userInfo",
      "/me",
      () => new Response(null, { status: 500 }),
      { status: "warning", reason: "status" },
    ],
  ])("explains %s", async (_, name, path, answer, expected) => {
    provider.answers[path] = answer;
    await createOidc();
    const { steps, canSignIn } = await provider.test();
    expect(steps[name]).toMatchObject(expected);
    expect(canSignIn).toBe(steps[name]?.status !== "failed");
  });

  it("reports the difference between the provider's clock and this server's", async () => {
    await createOidc();
    provider.context.clock.advance(-10 * 60 * 1000);
    const { steps } = await provider.test();
    expect(steps.clock).toEqual({ status: "warning", reason: "clockDiffers", detail: "602" });
  });

  it("shows no secret, and of the provider's answer only the error code", async () => {
    await createOidc();
    provider.answers["/token"] = () => {
      throw new OutboundFailure("reset", "Connection reset");
    };
    const text = JSON.stringify(await provider.test());
    expect(text).toContain("Connection reset");
    expect(text).not.toContain("the client's secret");
  });

  it("requests each endpoint once, and the authorization endpoint once for each redirect URI", async () => {
    await createOidc();
    await provider.test();
    const paths = provider.requests.map(({ pathname }) => pathname).toSorted();
    expect(paths).toEqual([DISCOVERY, "/authorize", "/authorize", "/keys", "/me", "/token"]);
  });

  it("explains a certificate that is not trusted", async () => {
    // TLS judges a certificate by the system's time.
    const { privateKey, certificate } = await testKey(Date.now());
    const key = privateKey.export({ type: "pkcs8", format: "pem" });
    const server = createServer({ key, cert: certificate }, (_, answer) => answer.end());
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    await createOidc({ oidc_issuer: `https://127.0.0.1:${(server.address() as AddressInfo).port}` });
    const fetch = createGuardedFetch({ isAllowed: addressRule(LOOPBACK_ADDRESSES) });
    const report = await provider.report("Corp", { providers: { endpoints: {}, fetch } });
    server.close();
    expect(report?.steps).toEqual([
      { name: "discovery", status: "failed", reason: "tls", detail: expect.stringContaining("SELF_SIGNED") },
    ]);
  });

  it("is undefined for a provider that does not exist", async () => {
    expect(await provider.report("Nobody")).toBeUndefined();
  });
});

describe("the test of a social provider", () => {
  it("explains a private key of Apple that cannot be used", async () => {
    const details = { client_id: "id", team_id: "T", key_id: "K", private_key: "no key" };
    await provider.create("SignInWithApple", details, "SignInWithApple");
    const { answers } = provider;
    answers["/auth/authorize"] = () => new Response("sign in");
    answers["/auth/keys"] = answers["/keys"] ?? timedOut;
    answers[DISCOVERY] = () =>
      Response.json({ issuer: "https://appleid.apple.com", jwks_uri: "https://appleid.apple.com/auth/keys" });
    const { steps, canSignIn } = await provider.test("SignInWithApple");
    expect(steps.credentials).toMatchObject({ status: "failed", reason: "privateKey" });
    expect(canSignIn).toBe(false);
  });

  it("requests no keys from Facebook", async () => {
    const details = { client_id: "id", client_secret: "secret", authorize_scopes: "email" };
    await provider.create("Facebook", details, "Facebook");
    const { answers } = provider;
    answers["/v17.0/dialog/oauth"] = () => new Response("sign in");
    answers["/v17.0/me"] = () => new Response(null, { status: 400 });
    answers["/v17.0/oauth/access_token"] = () =>
      Response.json({ error: { type: "OAuthException" } }, { status: 400 });
    const { steps } = await provider.test("Facebook");
    expect(steps.keys).toEqual({ status: "skipped", reason: "noIdTokens" });
    expect(steps.credentials).toEqual({ status: "warning", reason: "unclearAnswer", detail: "400" });
  });
});
