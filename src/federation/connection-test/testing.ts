/** A provider in memory, and the test of a pool's connection to it. Each of its answers can be replaced. */
import { generateKeyPairSync } from "node:crypto";
import { exportJWK } from "jose";
import type { IdentityProviderTypeType } from "../../api-model/index.ts";
import { type GuardedRequest, OutboundFailure } from "../../outbound/index.ts";
import { caller } from "../../user-pools/operations/testing.ts";
import { TEST_TIME, type TestContext, testContext } from "../../user-pools/testing.ts";
import { testConnection } from "./index.ts";

const BASE_URLS = ["https://login.example.com", "https://cognate.example.com/pool"];

export const DISCOVERY = "/.well-known/openid-configuration";

/** By the path of the request; 404 where there is none. */
export type Answers = Record<string, (url: URL, request?: GuardedRequest) => Response>;

/** Discovery documents are cached by issuer, so each provider has one of its own. */
let issuers = 0;

export async function openTestedProvider() {
  const issuer = `https://idp${++issuers}.example.com`;
  const jwk = await exportJWK(generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey);
  const answers: Answers = {
    [DISCOVERY]: () =>
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
  const requests: URL[] = [];
  const context = await testContext({
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
  const api = caller(context);
  const poolId = await api.pool();

  /** The report, or undefined if there is no such provider. */
  const report = (providerName: string, more: Partial<TestContext> = {}) =>
    testConnection({ poolId, providerName }, BASE_URLS, { ...context, ...more });

  return {
    issuer,
    answers,
    requests,
    context,
    report,
    /** The report of a provider that exists, with its steps by name. */
    async test(providerName = "Corp") {
      const found = await report(providerName);
      if (found === undefined) throw new Error("There is no report.");
      const steps = Object.fromEntries(found.steps.map(({ name, ...rest }) => [name, rest]));
      return { ...found, steps };
    },
    create: (
      ProviderType: IdentityProviderTypeType,
      ProviderDetails: Record<string, string>,
      ProviderName = "Corp",
    ) =>
      api.call("CreateIdentityProvider", { UserPoolId: poolId, ProviderName, ProviderType, ProviderDetails }),
    update: (ProviderDetails: Record<string, string>) =>
      api.call("UpdateIdentityProvider", { UserPoolId: poolId, ProviderName: "Corp", ProviderDetails }),
  };
}

export type TestedProvider = Awaited<ReturnType<typeof openTestedProvider>>;

export function addressNotAllowed(): Response {
  throw new OutboundFailure("refused address", "idp is at 10.0.0.1, an address that is not public.");
}
