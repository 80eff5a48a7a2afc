/** An MCP client that finds the authorization server of a protected resource, registers itself, and signs a person in. */
import { createServer, type Server } from "node:http";
import { UpdateUserPoolCommand } from "@aws-sdk/client-cognito-identity-provider";
import {
  auth,
  discoverOAuthProtectedResourceMetadata,
  type OAuthClientProvider,
} from "@modelcontextprotocol/client";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listen } from "../support/listen.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { openBrowser } from "./browser.ts";
import { openPool, PASSWORD } from "./scene.ts";

const REDIRECT = "http://localhost:3000/callback";

let server: TestServer;
let issuer: string;
let resourceServer: Server;
let resource: string;

beforeAll(async () => {
  server = await startTestServer({ authorizationResponseIss: true });
  const UserPoolId = await openPool(server);
  await server.cognito.send(
    new UpdateUserPoolCommand({
      UserPoolId,
      DcrConfiguration: { EnableStatus: "Enabled", OpenDcrEnabled: true },
    }),
  );
  issuer = server.issuerOf(UserPoolId);
  resourceServer = createServer((request, response) => {
    const isMetadata = request.url === "/.well-known/oauth-protected-resource/mcp";
    response.writeHead(isMetadata ? 200 : 404, { "content-type": "application/json" });
    response.end(
      isMetadata
        ? JSON.stringify({
            resource,
            authorization_servers: [issuer],
            scopes_supported: ["openid", "email"],
          })
        : "{}",
    );
  });
  resource = `http://localhost:${await listen(resourceServer)}/mcp`;
});
afterAll(async () => {
  resourceServer.close();
  await server.stop();
});

/** Keeps what an MCP client keeps. */
function clientProvider() {
  const kept: Record<string, unknown> = {};
  const provider: OAuthClientProvider = {
    redirectUrl: REDIRECT,
    clientMetadata: {
      client_name: "An agent",
      redirect_uris: [REDIRECT],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      token_endpoint_auth_method: "none",
    },
    state: () => "state-1",
    clientInformation: () => kept.client as never,
    saveClientInformation: (client) => {
      kept.client = client;
    },
    tokens: () => kept.tokens as never,
    saveTokens: (tokens) => {
      kept.tokens = tokens;
    },
    redirectToAuthorization: (url) => {
      kept.url = url.href;
    },
    saveCodeVerifier: (verifier) => {
      kept.verifier = verifier;
    },
    codeVerifier: () => kept.verifier as string,
    discoveryState: () => kept.discovery as never,
    saveDiscoveryState: (state) => {
      kept.discovery = state;
    },
  };
  return { provider, kept };
}

describe("an MCP client", () => {
  it("registers itself, signs in for the resource with PKCE, and refreshes", async () => {
    const { provider, kept } = clientProvider();
    expect(await auth(provider, { serverUrl: resource })).toBe("REDIRECT");
    const asked = new URL(String(kept.url)).searchParams;
    expect(asked.get("resource")).toBe(resource);
    expect(asked.get("code_challenge_method")).toBe("S256");

    const { location } = await openBrowser().signIn(String(kept.url), "alice", PASSWORD);
    const answer = new URL(location).searchParams;
    expect(answer.get("iss")).toBe(issuer);
    const back = {
      serverUrl: resource,
      authorizationCode: answer.get("code") ?? "",
      iss: answer.get("iss") ?? "",
    };
    expect(await auth(provider, back)).toBe("AUTHORIZED");
    const tokens = () => kept.tokens as { access_token: string; refresh_token?: string };
    const first = tokens().access_token;
    expect(decodeJwt(first)).toMatchObject({
      aud: resource,
      client_id: (kept.client as { client_id: string }).client_id,
      scope: expect.stringContaining("openid"),
    });

    // With a refresh token at hand no person is asked.
    server.clock?.advance(1000);
    expect(await auth(provider, { serverUrl: resource })).toBe("AUTHORIZED");
    expect(tokens().access_token).not.toBe(first);
    expect(decodeJwt(tokens().access_token).aud).toBe(resource);
  });

  it("finds the metadata of the userInfo endpoint", async () => {
    const userInfo = `${issuer}/oauth2/userInfo`;
    expect(await discoverOAuthProtectedResourceMetadata(userInfo)).toEqual({
      authorization_servers: [issuer],
      bearer_methods_supported: ["header"],
      resource: userInfo,
      scopes_supported: ["openid", "email", "phone", "profile"],
    });
  });
});
