import { UpdateUserPoolCommand } from "@aws-sdk/client-cognito-identity-provider";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../support/server.ts";
import { CALLBACK, createClient, openPool, PLAIN_CALLBACK, type TestClient } from "./scene.ts";

let server: TestServer;
let poolId: string;
let client: TestClient;

beforeAll(async () => {
  server = await startTestServer();
  poolId = await openPool(server);
  await server.cognito.send(
    new UpdateUserPoolCommand({
      UserPoolId: poolId,
      DcrConfiguration: { EnableStatus: "Enabled", OpenDcrEnabled: true },
    }),
  );
  client = await createClient(server, poolId);
});
afterAll(() => server.stop());

const NAMES = [
  "client_id",
  "client_secret",
  "acr_values",
  "aws_client_metadata",
  "error",
  "error_description",
  "idp_identifier",
  "iss",
  "lang",
  "login_hint",
  "next",
  "RelayState",
  "request_uri",
  "response_mode",
  "SAMLRequest",
  "SAMLResponse",
  "sso",
  "token_type_hint",
  "ui_locales",
  "userContextData",
  "userName",
  "confirmation_code",
  "redirect_uri",
  "logout_uri",
  "post_logout_redirect_uri",
  "id_token_hint",
  "response_type",
  "scope",
  "state",
  "nonce",
  "code",
  "code_verifier",
  "code_challenge",
  "code_challenge_method",
  "grant_type",
  "refresh_token",
  "token",
  "prompt",
  "max_age",
  "resource",
  "identity_provider",
  "_csrf",
  "challenge",
  "session",
  "username",
  "password",
];
const PATHS = ["authorize", "token", "userInfo", "revoke", "introspect", "register", "idpresponse"]
  .map((name) => `/oauth2/${name}`)
  .concat(["/login", "/signup", "/confirm", "/resendcode", "/forgotPassword", "/confirmForgotPassword"])
  .concat(["/passkeys/add", "/account", "/account/data", "/logout", "/error", "/confirmUser"])
  .concat(["/saml2/idpresponse", "/saml2/logout", "/saml2/metadata"])
  .concat(["/.well-known/openid-configuration", "/.well-known/jwks.json"]);
const CONTENT_TYPES = ["application/x-www-form-urlencoded", "application/json", "text/plain"];

it("answers arbitrary parameters without an internal error and without a redirect to another site", async () => {
  const values = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        "",
        "code",
        "token",
        "openid",
        "none",
        "S256",
        "authorization_code",
        "refresh_token",
      ),
    },
    {
      weight: 3,
      arbitrary: fc.constantFrom(CALLBACK, "https://evil.example/", "//evil.example", "javascript:alert(1)"),
    },
    fc.string({ unit: "binary", maxLength: 40 }),
  );
  const parameters = fc.dictionary(fc.constantFrom(...NAMES), values, { maxKeys: 12 });
  const requests = fc.record({
    path: fc.constantFrom(...PATHS),
    isUnderPool: fc.boolean(),
    isPost: fc.boolean(),
    contentType: fc.constantFrom(...CONTENT_TYPES),
    authorization: fc.oneof(
      fc.constant(""),
      fc.constantFrom("Basic", "Bearer", "Basic Og==", "Basic eDp5", "Bearer a.b.c", "Negotiate x"),
      fc.base64String({ maxLength: 40 }).map((text) => `Basic ${text}`),
    ),
    isKnownClient: fc.boolean(),
    parameters,
  });
  await fc.assert(
    fc.asyncProperty(requests, async (asked) => {
      const {
        path,
        isUnderPool,
        isPost,
        contentType,
        authorization,
        isKnownClient,
        parameters: given,
      } = asked;
      const query = new URLSearchParams({ ...given, ...(isKnownClient && { client_id: client.client_id }) });
      const url = `${server.url}${isUnderPool ? `/${poolId}` : ""}${path}`;
      const body = contentType === "application/json" ? JSON.stringify(given) : String(query);
      const headers = { ...(authorization && { authorization }), "content-type": contentType };
      const answer = await (isPost
        ? fetch(url, { method: "POST", headers, body, redirect: "manual" })
        : fetch(`${url}?${query}`, { headers, redirect: "manual" }));
      await answer.arrayBuffer();
      expect(answer.status, JSON.stringify(asked)).toBeLessThan(500);
      const location = answer.headers.get("location");
      if (location !== null && !/^\/(?!\/)/.test(location)) {
        expect(
          [CALLBACK, PLAIN_CALLBACK, `${server.url}/`].some((registered) => location.startsWith(registered)),
        ).toBe(true);
      }
    }),
    { numRuns: Number(process.env.COGNATE_FUZZ_RUNS ?? 2000) },
  );
}, 600_000);
