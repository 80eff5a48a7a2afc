/** The code flow without a browser: the requests that an application sends, and alice, who signs in. */
import { createHash } from "node:crypto";
import { afterAll, beforeAll } from "vitest";
import { startTestServer, type TestServer } from "../support/server.ts";
import { openBrowser } from "./browser.ts";
import { CALLBACK, createClient, openPool, PASSWORD, type TestClient } from "./scene.ts";

export const VERIFIER = "v".repeat(64);
export const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");
export const PKCE = { code_challenge: CHALLENGE, code_challenge_method: "S256" };

export let server: TestServer;
export let poolId: string;
/** Without a secret. */
export let client: TestClient;
export let confidential: TestClient;

/** A server with a pool and its clients, for the tests of a file. */
export function startCodeFlow(): void {
  beforeAll(async () => {
    server = await startTestServer();
    poolId = await openPool(server);
    client = await createClient(server, poolId);
    confidential = await createClient(server, poolId, { GenerateSecret: true });
  });
  afterAll(() => server.stop());
}

export type Parameters = Readonly<Record<string, string>>;

export const urlOf = (path: string, parameters: Parameters = {}, base = "") =>
  `${server.url}${base}${path}?${new URLSearchParams(parameters)}`;

export const authorizeUrl = (more: Parameters = {}, base = "") =>
  urlOf(
    "/oauth2/authorize",
    { response_type: "code", client_id: client.client_id, redirect_uri: CALLBACK, state: "s+1/=", ...more },
    base,
  );

/** Signs alice in. @returns the parameters of the redirect */
export async function authorize(more: Parameters = {}, browser = openBrowser()): Promise<URLSearchParams> {
  const { location } = await browser.signIn(authorizeUrl(more), "alice", PASSWORD);
  return new URL(location).searchParams;
}

export async function post(path: string, form: Parameters, headers: Parameters = {}) {
  const answer = await fetch(`${server.url}${path}`, {
    method: "POST",
    headers,
    body: new URLSearchParams(form),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === "" ? undefined : JSON.parse(text) };
}

export const exchange = (code: string | null, more: Parameters = {}, headers: Parameters = {}) =>
  post(
    "/oauth2/token",
    {
      grant_type: "authorization_code",
      client_id: client.client_id,
      redirect_uri: CALLBACK,
      code: code ?? "",
      ...more,
    },
    headers,
  );

export async function tokens(scope = "openid email", more: Parameters = {}) {
  const code = (await authorize({ scope, ...more })).get("code");
  return (await exchange(code)).body;
}

export const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());

export const userInfo = (token: string) =>
  fetch(`${server.url}/oauth2/userInfo`, { headers: { authorization: `Bearer ${token}` } });
