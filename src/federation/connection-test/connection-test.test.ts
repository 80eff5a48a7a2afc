import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { exportJWK } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import {
  addressRule,
  createGuardedFetch,
  type GuardedRequest,
  LOOPBACK_ADDRESSES,
  OutboundFailure,
} from "../../outbound/index.ts";
import { type Caller, caller } from "../../user-pools/operations/testing.ts";
import { TEST_TIME, type TestContext, testContext } from "../../user-pools/testing.ts";
import { identityProviderMetadata, testKey } from "../saml/fixtures/identity-provider.ts";
import { testConnection } from "./index.ts";

const DAY = 24 * 60 * 60 * 1000;
const BASES = ["https://login.example.com", "https://cognate.example.com/pool"];

let context: TestContext;
let api: Caller;
let UserPoolId: string;
let answers: Record<string, (url: URL, request?: GuardedRequest) => Response>;
let requests: URL[];
/** Each test has an issuer of its own, because discovery documents are kept. */
let issuer: string;
let issuers = 0;

beforeEach(async () => {
  requests = [];
  context = await testContext({
    providers: {
      endpoints: {},
      fetch: async (address, request) => {
        const url = new URL(address);
        requests.push(url);
        const answer = answers[url.pathname];
        if (answer === undefined) return new Response(null, { status: 404 });
        const response = answer(url, request);
        response.headers.set("date", new Date(TEST_TIME + 2000).toUTCString());
        return response;
      },
    },
  });
  api = caller(context);
  UserPoolId = await api.pool();
  issuer = `https://idp${++issuers}.example.com`;
  const jwk = await exportJWK(generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey);
  answers = {
    "/.well-known/openid-configuration": () =>
      Response.json({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/me`,
        jwks_uri: `${issuer}/keys`,
      }),
    "/authorize": () => new Response("sign in"),
    "/token": () => Response.json({ error: "invalid_grant" }, { status: 400 }),
    "/me": () => new Response(null, { status: 401 }),
    "/keys": () => Response.json({ keys: [jwk] }),
  };
});

async function oidc(details: Record<string, string> = {}) {
  await api.call("CreateIdentityProvider", {
    UserPoolId,
    ProviderName: "Corp",
    ProviderType: "OIDC",
    ProviderDetails: {
      client_id: "cognate",
      client_secret: "the client's secret",
      authorize_scopes: "openid",
      attributes_request_method: "GET",
      oidc_issuer: issuer,
      ...details,
    },
  });
}

async function run(providerName = "Corp") {
  const report = await testConnection({ poolId: UserPoolId, providerName }, BASES, context);
  if (report === undefined) throw new Error("There is no report.");
  const steps = Object.fromEntries(report.steps.map(({ name, ...rest }) => [name, rest]));
  return { ...report, steps };
}

const timedOut = (): Response => {
  throw new OutboundFailure("timed out", "The answer took too long.");
};
const refused = (): Response => {
  throw new OutboundFailure("refused address", "idp is at 10.0.0.1, an address that is not public.");
};

describe("the test of an OpenID Connect provider", () => {
  it("passes every step for a provider without faults, and lists the redirect URIs that it accepts", async () => {
    await oidc();
    const { canSignIn, steps } = await run();
    expect(canSignIn).toBe(true);
    expect(steps).toEqual({
      discovery: { status: "ok", detail: `${issuer}/.well-known/openid-configuration` },
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
    const paths = { authorize_url: "authorize", token_url: "token", jwks_uri: "keys" };
    await oidc(Object.fromEntries(Object.entries(paths).map(([key, path]) => [key, `${issuer}/${path}`])));
    const { steps } = await run();
    expect(steps.discovery).toEqual({ status: "skipped", reason: "endpointsGiven" });
    expect(steps.userInfo).toEqual({ status: "skipped", reason: "noUserInfo" });
  });

  it.each<[string, string, (answers: Record<string, () => Response>) => void, object]>([
    [
      "a discovery document that answers 404",
      "discovery",
      (all) => {
        delete all["/.well-known/openid-configuration"];
      },
      { status: "failed", reason: "noDocument" },
    ],
    [
      "a discovery document of another issuer",
      "discovery",
      (all) => {
        all["/.well-known/openid-configuration"] = () =>
          Response.json({ issuer: "https://evil.example.com" });
      },
      { status: "failed", reason: "otherIssuer" },
    ],
    [
      "an endpoint at a private address",
      "discovery",
      (all) => {
        all["/.well-known/openid-configuration"] = refused;
      },
      { status: "failed", reason: "addressNotAllowed" },
    ],
    [
      "a discovery document without endpoints",
      "endpoints",
      (all) => {
        all["/.well-known/openid-configuration"] = () => Response.json({ issuer });
      },
      { status: "failed", reason: "endpointsMissing" },
    ],
    [
      "keys that arrive too late",
      "keys",
      (all) => {
        all["/keys"] = timedOut;
      },
      { status: "failed", reason: "timedOut" },
    ],
    [
      "a key set without keys that sign",
      "keys",
      (all) => {
        all["/keys"] = () => Response.json({ keys: [null, { kty: "oct" }, { kty: "RSA", use: "enc" }] });
      },
      { status: "failed", reason: "noKeys" },
    ],
    [
      "redirect URIs that are not registered at the provider",
      "authorization",
      (all) => {
        all["/authorize"] = () => new Response("no", { status: 400 });
      },
      { status: "warning", reason: "redirectUriRefused", detail: "400" },
    ],
    [
      "a provider that redirects the browser to an error page",
      "authorization",
      (all) => {
        all["/authorize"] = () =>
          new Response(null, { status: 302, headers: { location: "/signin/oauth/error?authError=x" } });
      },
      { status: "warning", reason: "redirectUriRefused", detail: "302" },
    ],
    [
      "a wrong client secret",
      "credentials",
      (all) => {
        all["/token"] = () => Response.json({ error: "invalid_client" }, { status: 401 });
      },
      { status: "failed", reason: "clientRefused", detail: "401 invalid_client" },
    ],
    [
      "a token endpoint that answers 404",
      "credentials",
      (all) => {
        delete all["/token"];
      },
      { status: "failed", reason: "status" },
    ],
    [
      "an answer that proves the secret neither right nor wrong",
      "credentials",
      (all) => {
        all["/token"] = () => Response.json({ error: "Something private, from a page" }, { status: 400 });
      },
      { status: "warning", reason: "unclearAnswer", detail: "400" },
    ],
    [
      "userInfo that fails, without which a sign-in is possible",
      "userInfo",
      (all) => {
        all["/me"] = () => new Response(null, { status: 500 });
      },
      { status: "warning", reason: "status" },
    ],
  ])("explains %s", async (_, name, change, expected) => {
    change(answers as never);
    await oidc();
    const { steps, canSignIn } = await run();
    expect(steps[name]).toMatchObject(expected);
    expect(canSignIn).toBe(steps[name]?.status !== "failed");
  });

  it("reports the difference between the provider's clock and this server's", async () => {
    await oidc();
    context.clock.advance(-10 * 60 * 1000);
    expect((await run()).steps.clock).toEqual({ status: "warning", reason: "clockDiffers", detail: "602" });
  });

  it("shows no secret, and of the provider's answer only the error code", async () => {
    await oidc();
    answers["/token"] = () => {
      throw new OutboundFailure("reset", "Connection reset");
    };
    const text = JSON.stringify(await run());
    expect(text).toContain("Connection reset");
    expect(text).not.toContain("the client's secret");
  });

  it("requests each endpoint once, and the authorization endpoint once for each redirect URI", async () => {
    await oidc();
    await run();
    const paths = requests.map(({ pathname }) => pathname).toSorted();
    expect(paths).toEqual([
      "/.well-known/openid-configuration",
      "/authorize",
      "/authorize",
      "/keys",
      "/me",
      "/token",
    ]);
  });

  it("explains a certificate that is not trusted", async () => {
    const { privateKey, certificate } = await testKey(TEST_TIME);
    const key = privateKey.export({ type: "pkcs8", format: "pem" });
    const server = createServer({ key, cert: certificate }, (_, answer) => answer.end());
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    issuer = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await oidc();
    const fetch = createGuardedFetch({ isAllowed: addressRule(LOOPBACK_ADDRESSES) });
    const providers = { endpoints: {}, fetch };
    const report = await testConnection({ poolId: UserPoolId, providerName: "Corp" }, BASES, {
      ...context,
      providers,
    });
    server.close();
    expect(report?.steps).toEqual([
      { name: "discovery", status: "failed", reason: "tls", detail: expect.stringContaining("SELF_SIGNED") },
    ]);
  });

  it("is undefined for a provider that does not exist", async () => {
    const missing = { poolId: UserPoolId, providerName: "Nobody" };
    expect(await testConnection(missing, BASES, context)).toBeUndefined();
  });
});

describe("the test of a social provider", () => {
  it("explains a private key of Apple that cannot be used", async () => {
    await api.call("CreateIdentityProvider", {
      UserPoolId,
      ProviderName: "SignInWithApple",
      ProviderType: "SignInWithApple",
      ProviderDetails: { client_id: "id", team_id: "T", key_id: "K", private_key: "no key" },
    });
    answers["/auth/authorize"] = () => new Response("sign in");
    answers["/auth/keys"] = answers["/keys"] as () => Response;
    answers["/.well-known/openid-configuration"] = () =>
      Response.json({ issuer: "https://appleid.apple.com", jwks_uri: "https://appleid.apple.com/auth/keys" });
    const { steps, canSignIn } = await run("SignInWithApple");
    expect(steps.credentials).toMatchObject({ status: "failed", reason: "privateKey" });
    expect(canSignIn).toBe(false);
  });

  it("requests no keys from Facebook", async () => {
    await api.call("CreateIdentityProvider", {
      UserPoolId,
      ProviderName: "Facebook",
      ProviderType: "Facebook",
      ProviderDetails: { client_id: "id", client_secret: "secret", authorize_scopes: "email" },
    });
    answers["/v17.0/dialog/oauth"] = () => new Response("sign in");
    answers["/v17.0/me"] = () => new Response(null, { status: 400 });
    answers["/v17.0/oauth/access_token"] = () =>
      Response.json({ error: { type: "OAuthException" } }, { status: 400 });
    const { steps } = await run("Facebook");
    expect(steps.keys).toEqual({ status: "skipped", reason: "noIdTokens" });
    expect(steps.credentials).toEqual({ status: "warning", reason: "unclearAnswer", detail: "400" });
  });
});

describe("the test of a SAML provider", () => {
  async function saml(details: Record<string, string> = {}, life = 365 * DAY) {
    const { certificate } = await testKey(TEST_TIME - DAY, life);
    const metadata = identityProviderMetadata([certificate]);
    answers["/sso"] = () => new Response("sign in");
    await api.call("CreateIdentityProvider", {
      UserPoolId,
      ProviderName: "Corp",
      ProviderType: "SAML",
      ProviderDetails: { MetadataFile: metadata, ...details },
    });
    return metadata;
  }

  it("passes every step for a provider without faults", async () => {
    await saml({ IDPSignout: "true", EncryptedResponses: "true" });
    const { canSignIn, steps } = await run();
    expect(canSignIn).toBe(true);
    expect(steps).toEqual({
      metadata: { status: "ok", detail: "https://idp.example.com/saml" },
      certificates: { status: "ok", detail: "2026-12-31" },
      signIn: { status: "ok", detail: "https://idp.example.com/sso" },
      signOut: { status: "ok", detail: "https://idp.example.com/slo" },
      encryption: { status: "ok", reason: "giveCertificate" },
      clock: { status: "ok", detail: "2" },
    });
    expect(requests.at(-1)?.searchParams.has("SAMLRequest")).toBe(true);
  });

  it("warns of a certificate that expires soon, and fails with an expired one", async () => {
    await saml({}, 10 * DAY);
    expect((await run()).steps.certificates).toEqual({
      status: "warning",
      reason: "expiresSoon",
      detail: "2026-01-10",
    });
    context.clock.advance(20 * DAY);
    const { steps, canSignIn } = await run();
    expect(steps.certificates).toMatchObject({ status: "failed", reason: "expired" });
    expect(canSignIn).toBe(false);
  });

  it("explains a request that the provider refuses", async () => {
    await saml();
    answers["/sso"] = () => new Response("unknown service provider", { status: 403 });
    expect((await run()).steps.signIn).toEqual({
      status: "warning",
      reason: "requestRefused",
      detail: "https://idp.example.com/sso: 403",
    });
  });

  it("explains that the provider requires signed requests", async () => {
    const metadata = await saml();
    await api.call("UpdateIdentityProvider", {
      UserPoolId,
      ProviderName: "Corp",
      ProviderDetails: {
        MetadataFile: metadata.replace(
          "<md:IDPSSODescriptor ",
          '<md:IDPSSODescriptor WantAuthnRequestsSigned="true" ',
        ),
      },
    });
    expect((await run()).steps.signIn).toMatchObject({ status: "failed", reason: "wantsSignedRequests" });
  });

  it.each<[string, () => Response, object]>([
    ["answers 404", () => new Response(null, { status: 404 }), { reason: "status" }],
    ["is at an address that is not allowed", refused, { reason: "addressNotAllowed" }],
    ["is no SAML metadata", () => new Response("<html></html>"), { reason: "notMetadata" }],
  ])("reads metadata from its URL again, and explains metadata that %s", async (_, answer, expected) => {
    const { certificate } = await testKey(TEST_TIME);
    answers["/metadata"] = () => new Response(identityProviderMetadata([certificate]));
    await api.call("CreateIdentityProvider", {
      UserPoolId,
      ProviderName: "Corp",
      ProviderType: "SAML",
      ProviderDetails: { MetadataURL: "https://idp.example.com/metadata" },
    });
    answers["/metadata"] = answer;
    const { steps } = await run();
    expect(steps).toEqual({ metadata: expect.objectContaining({ status: "failed", ...expected }) });
  });
});
