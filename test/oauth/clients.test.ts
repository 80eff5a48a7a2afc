import * as oauth from "oauth4webapi";
import * as openid from "openid-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../support/server.ts";
import { openBrowser } from "./browser.ts";
import { createClient, openPool, PASSWORD, PLAIN_CALLBACK, type TestClient } from "./scene.ts";

let server: TestServer;
let poolId: string;
let client: TestClient;
let publicClient: TestClient;

beforeAll(async () => {
  server = await startTestServer();
  poolId = await openPool(server);
  client = await createClient(server, poolId, { GenerateSecret: true });
  publicClient = await createClient(server, poolId);
});
afterAll(() => server.stop());

describe("openid-client", () => {
  it.each([
    ["client_secret_post", openid.ClientSecretPost],
    ["client_secret_basic", openid.ClientSecretBasic],
  ])("signs in with PKCE, nonce and state, authenticated by %s", async (_, method) => {
    const config = await openid.discovery(
      new URL(server.issuerOf(poolId)),
      client.client_id,
      undefined,
      method(client.client_secret ?? ""),
      { execute: [openid.allowInsecureRequests] },
    );
    const [verifier, nonce, state] = [
      openid.randomPKCECodeVerifier(),
      openid.randomNonce(),
      openid.randomState(),
    ];
    const url = openid.buildAuthorizationUrl(config, {
      redirect_uri: PLAIN_CALLBACK,
      scope: "openid email",
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      nonce,
      state,
    });
    const { location } = await openBrowser().signIn(url.href, "alice", PASSWORD);
    const tokens = await openid.authorizationCodeGrant(
      config,
      new URL(location),
      { pkceCodeVerifier: verifier, expectedNonce: nonce, expectedState: state, idTokenExpected: true },
      { redirect_uri: PLAIN_CALLBACK },
    );
    const sub = tokens.claims()?.sub ?? "";
    expect(await openid.fetchUserInfo(config, tokens.access_token, sub)).toMatchObject({
      email: "alice@example.com",
    });
    const refreshed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? "");
    expect(refreshed.claims()?.sub).toBe(sub);
    expect(await openid.tokenIntrospection(config, refreshed.access_token)).toMatchObject({ active: true });
    await openid.tokenRevocation(config, tokens.refresh_token ?? "");
    expect(await openid.tokenIntrospection(config, refreshed.access_token)).toEqual({ active: false });
    await expect(openid.refreshTokenGrant(config, tokens.refresh_token ?? "")).rejects.toMatchObject({
      error: "invalid_grant",
    });
  });
});

describe("oauth4webapi", () => {
  it("signs in as a public client by the metadata of RFC 8414, without a nonce", async () => {
    const issuer = new URL(server.issuerOf(poolId));
    const insecure = { [oauth.allowInsecureRequests]: true };
    const answer = await oauth.discoveryRequest(issuer, { algorithm: "oauth2", ...insecure });
    const as = await oauth.processDiscoveryResponse(issuer, answer);
    const verifier = oauth.generateRandomCodeVerifier();
    const url = new URL(as.authorization_endpoint ?? "");
    url.search = new URLSearchParams({
      client_id: publicClient.client_id,
      redirect_uri: PLAIN_CALLBACK,
      response_type: "code",
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
    }).toString();
    const { location } = await openBrowser().signIn(url.href, "alice", PASSWORD);
    const party = { client_id: publicClient.client_id };
    const parameters = oauth.validateAuthResponse(as, party, new URL(location), oauth.expectNoState);
    const response = await oauth.authorizationCodeGrantRequest(
      as,
      party,
      oauth.None(),
      parameters,
      PLAIN_CALLBACK,
      verifier,
      insecure,
    );
    const result = await oauth.processAuthorizationCodeResponse(as, party, response, {
      requireIdToken: true,
    });
    expect(oauth.getValidatedIdTokenClaims(result)?.aud).toBe(publicClient.client_id);
  });
});
