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
  client = await createClient(server, poolId);
});
afterAll(() => server.stop());

const NAMES = [
  "client_id",
  "client_secret",
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
const PATHS = ["authorize", "token", "userInfo", "revoke", "introspect", "register"]
  .map((name) => `/oauth2/${name}`)
  .concat(["/login", "/logout", "/error"]);

it("answers whatever parameters come without an error of its own and without a redirect elsewhere", async () => {
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
    isKnownClient: fc.boolean(),
    parameters,
  });
  await fc.assert(
    fc.asyncProperty(requests, async ({ path, isUnderPool, isPost, isKnownClient, parameters: given }) => {
      const query = new URLSearchParams({ ...given, ...(isKnownClient && { client_id: client.client_id }) });
      const url = `${server.url}${isUnderPool ? `/${poolId}` : ""}${path}`;
      const answer = await (isPost
        ? fetch(url, { method: "POST", body: query, redirect: "manual" })
        : fetch(`${url}?${query}`, { redirect: "manual" }));
      await answer.arrayBuffer();
      expect(answer.status).toBeLessThan(500);
      const location = answer.headers.get("location");
      if (location !== null && !/^\/(?!\/)/.test(location)) {
        expect([CALLBACK, PLAIN_CALLBACK].some((registered) => location.startsWith(registered))).toBe(true);
      }
    }),
    { numRuns: 1500 },
  );
});
