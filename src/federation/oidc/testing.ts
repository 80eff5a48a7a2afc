/** A provider in memory, for tests. Each of its answers can be replaced. */
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { exportJWK, type JWTPayload, SignJWT } from "jose";
import type { GuardedRequest } from "../../outbound/index.ts";
import type { IdentityProviderRecord } from "../../storage/index.ts";
import { TEST_TIME, testContext } from "../../user-pools/testing.ts";
import { finishOidcSignIn, type SentRequest } from "./index.ts";

export const ISSUER = "https://idp.example.com";
export const SENT: SentRequest = {
  redirectUri: "https://auth.example.com/oauth2/idpresponse",
  nonce: "the nonce",
  codeVerifier: "v".repeat(43),
};
export const CLAIMS = { sub: "Subject-1", email: "a@example.com", nonce: SENT.nonce };

export const rsa = () => generateKeyPairSync("rsa", { modulusLength: 2048 });

export interface TokenChoice {
  readonly claims?: JWTPayload;
  readonly alg?: string;
  readonly key?: KeyObject | Uint8Array;
  /** Null for a token that names no key. */
  readonly kid?: string | null;
}

let records = 0;

/** One that was changed since any other of the same name, so that nothing is known of its endpoints. */
export function provider(
  details: Record<string, string> = {},
  rest: Partial<IdentityProviderRecord> = {},
): IdentityProviderRecord {
  return {
    poolId: "us-east-1_1",
    name: "Example",
    type: "OIDC",
    details: {
      client_id: "rp",
      client_secret: "the client secret, long enough for HS256",
      authorize_scopes: "openid email",
      oidc_issuer: ISSUER,
      attributes_request_method: "GET",
      ...details,
    },
    settings: { AttributeMapping: { username: "sub", email: "email" } },
    identifiers: [],
    createdAt: 0,
    lastModifiedAt: ++records,
    ...rest,
  };
}

export async function openTestProvider() {
  const keys = rsa();
  /** By address without the query. */
  const answers: Record<string, () => unknown> = {};
  const requests: { url: string; request: GuardedRequest | undefined }[] = [];
  const context = await testContext({
    providers: {
      endpoints: {},
      fetch: async (url, request) => {
        requests.push({ url, request });
        const answer = await answers[url.split("?")[0] ?? ""]?.();
        if (answer instanceof Response) return answer;
        return answer === undefined ? new Response(null, { status: 404 }) : Response.json(answer);
      },
    },
  });
  function idToken({ claims = {}, alg = "RS256", key = keys.privateKey, kid = "1" }: TokenChoice = {}) {
    const seconds = TEST_TIME / 1000;
    return new SignJWT({ iss: ISSUER, aud: "rp", iat: seconds, exp: seconds + 300, ...CLAIMS, ...claims })
      .setProtectedHeader({ alg, ...(kid !== null && { kid }) })
      .sign(key);
  }

  return {
    context,
    keys,
    answers,
    requests,
    idToken,
    /** Forgets the requests and every replaced answer. */
    reset() {
      requests.length = 0;
      for (const address of Object.keys(answers)) delete answers[address];
      Object.assign(answers, {
        [`${ISSUER}/.well-known/openid-configuration`]: () => ({
          issuer: ISSUER,
          authorization_endpoint: `${ISSUER}/authorize?tenant=1`,
          token_endpoint: `${ISSUER}/token`,
          userinfo_endpoint: `${ISSUER}/me`,
          jwks_uri: `${ISSUER}/keys`,
        }),
        [`${ISSUER}/keys`]: async () => ({
          keys: [{ ...(await exportJWK(keys.publicKey)), kid: "1", alg: "RS256" }],
        }),
        [`${ISSUER}/token`]: async () => ({ access_token: "provider token", id_token: await idToken() }),
        [`${ISSUER}/me`]: () => ({
          sub: CLAIMS.sub,
          email: "other@example.com",
          groups: ["a b", "c,d"],
          ok: true,
        }),
      });
    },
    finish: (
      record = provider(),
      answer: { issuer?: string; appleUser?: string } = {},
      sent: Partial<SentRequest> = {},
    ) => finishOidcSignIn(record, { code: "the code", ...answer }, { ...SENT, ...sent }, context),
    /** Replaces the ID token in the answer of the token endpoint. */
    tokenIs(choice: TokenChoice) {
      answers[`${ISSUER}/token`] = async () => ({ access_token: "t", id_token: await idToken(choice) });
    },
  };
}
