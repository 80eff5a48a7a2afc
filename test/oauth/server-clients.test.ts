/** Clients that run on a server: Auth.js, passport, one that works as Spring Security does, and curl. */
import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Auth } from "@auth/core";
import Cognito from "@auth/core/providers/cognito";
import { createLocalJWKSet, jwtVerify } from "jose";
import passport from "passport";
import OAuth2Strategy from "passport-oauth2";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listen } from "../support/listen.ts";
import { isMissing } from "../support/machine.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { openBrowser } from "./browser.ts";
import { createClient, openPool, PASSWORD, PLAIN_CALLBACK, type TestClient } from "./scene.ts";

let server: TestServer;
let poolId: string;
let issuer: string;

beforeAll(async () => {
  server = await startTestServer();
  poolId = await openPool(server);
  issuer = server.issuerOf(poolId);
});
afterAll(() => server.stop());

describe("Auth.js with its Cognito provider", () => {
  const APP = "http://localhost:3000";

  /** An application whose pages are Auth.js's own. Its cookies are kept as a browser keeps them. */
  function openApp({ client_id, client_secret = "" }: TestClient) {
    const cookies = new Map<string, string>();
    return async (path: string, form?: Readonly<Record<string, string>>) => {
      const request = new Request(`${APP}/auth${path}`, {
        headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
        ...(form && { method: "POST", body: new URLSearchParams(form) }),
      });
      const answer = await Auth(request, {
        basePath: "/auth",
        trustHost: true,
        secret: "a secret of the application",
        logger: { error: (error) => errors.push(error) },
        providers: [Cognito({ clientId: client_id, clientSecret: client_secret, issuer })],
        callbacks: {
          jwt: ({ token, account }) => ({ ...token, ...(account && { accessToken: account.access_token }) }),
          session: ({ session, token }) => ({ ...session, accessToken: token.accessToken }),
        },
      });
      for (const cookie of answer.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        if (value === "") cookies.delete(name);
        else cookies.set(name, value);
      }
      return answer;
    };
  }
  const errors: unknown[] = [];

  it("signs in with PKCE and the secret in the header, and opens the user's session", async () => {
    const client = await createClient(server, poolId, {
      GenerateSecret: true,
      CallbackURLs: [`${APP}/auth/callback/cognito`],
    });
    const app = openApp(client);
    const { csrfToken } = (await (await app("/csrf")).json()) as { csrfToken: string };
    const start = await app("/signin/cognito", { csrfToken, callbackUrl: APP });
    expect(errors).toEqual([]);
    const { location } = await openBrowser().signIn(start.headers.get("location") ?? "", "alice", PASSWORD);
    const { pathname, search } = new URL(location);
    const done = await app(`${pathname.replace("/auth", "")}${search}`);
    expect(errors).toEqual([]);
    expect(done.headers.get("location")).toBe(APP);
    expect(await (await app("/session")).json()).toMatchObject({
      user: { email: "alice@example.com", name: "Alice" },
      accessToken: expect.stringMatching(/^ey/),
    });
  });

  it("rejects an answer with the state or the verifier of another sign-in", async () => {
    const client = await createClient(server, poolId, {
      GenerateSecret: true,
      CallbackURLs: [`${APP}/auth/callback/cognito`],
    });
    const begin = async (app: ReturnType<typeof openApp>) => {
      const { csrfToken } = (await (await app("/csrf")).json()) as { csrfToken: string };
      const start = await app("/signin/cognito", { csrfToken, callbackUrl: APP });
      return openBrowser().signIn(start.headers.get("location") ?? "", "alice", PASSWORD);
    };
    const [mine, other] = [openApp(client), openApp(client)];
    await begin(mine);
    const { location } = await begin(other);
    await mine(`/callback/cognito${new URL(location).search}`);
    expect(errors.splice(0)).not.toEqual([]);
    expect(await (await mine("/session")).json()).toBeNull();
  });
});

describe("passport with passport-oauth2", () => {
  let app: Server;
  let origin: string;
  let signedIn: Record<string, unknown>[];

  beforeAll(async () => {
    app = createServer();
    origin = `http://localhost:${await listen(app)}`;
    const client = await createClient(server, poolId, {
      GenerateSecret: true,
      CallbackURLs: [`${origin}/callback`],
    });
    const strategy = new OAuth2Strategy(
      {
        authorizationURL: `${server.url}/${poolId}/oauth2/authorize`,
        tokenURL: `${server.url}/${poolId}/oauth2/token`,
        clientID: client.client_id,
        clientSecret: client.client_secret ?? "",
        callbackURL: `${origin}/callback`,
        scope: ["openid", "email"],
        state: true,
        pkce: true,
      },
      (accessToken: string, refreshToken: string, profile: object, verified: OAuth2Strategy.VerifyCallback) =>
        verified(null, { accessToken, refreshToken, ...profile }),
    );
    strategy.userProfile = (accessToken, done) => {
      fetch(`${server.url}/oauth2/userInfo`, { headers: { authorization: `Bearer ${accessToken}` } })
        .then((answer) => answer.json())
        .then((profile) => done(null, profile), done);
    };
    passport.use("cognito", strategy);
    signedIn = [];
    const sessions = new Map<string, object>();
    app.on("request", (request: IncomingMessage & Record<string, unknown>, response: ServerResponse) => {
      const id = /sid=(\w+)/.exec(request.headers.cookie ?? "")?.[1] ?? randomBytes(8).toString("hex");
      sessions.set(id, sessions.get(id) ?? {});
      response.setHeader("set-cookie", `sid=${id}`);
      request.session = sessions.get(id);
      request.query = Object.fromEntries(new URL(request.url ?? "", origin).searchParams);
      const end = (status: number, text: string) => {
        response.statusCode = status;
        response.end(text);
      };
      passport.authenticate(
        "cognito",
        (error: Error | null, user: Record<string, unknown> | false, info?: { message?: string }) => {
          if (error) return end(500, error.message);
          if (!user) return end(403, info?.message ?? "");
          signedIn.push(user);
          return end(200, "signed in");
        },
      )(request, response, (error?: Error) => end(500, error?.message ?? "not answered"));
    });
  });
  afterAll(() => app.close());

  it("signs in with state and PKCE, and gets the profile", async () => {
    const browser = openBrowser();
    const start = await browser.visit(`${origin}/login`);
    expect(start.status).toBe(302);
    const { location } = await browser.signIn(start.location, "alice", PASSWORD);
    const done = await browser.visit(location);
    expect([done.status, done.html]).toEqual([200, "signed in"]);
    expect(signedIn).toEqual([
      expect.objectContaining({
        email: "alice@example.com",
        username: "alice",
        accessToken: expect.stringMatching(/^ey/),
        refreshToken: expect.any(String),
      }),
    ]);
    // The same answer a second time: passport has dropped the state, and the code is used up.
    expect((await browser.visit(location)).status).toBe(403);
  });
});

describe("a client that sends the requests of Spring Security", () => {
  it("configures itself from the issuer and signs in with a hashed nonce", async () => {
    const { client_id, client_secret = "" } = await createClient(server, poolId, { GenerateSecret: true });
    // ClientRegistrations.fromIssuerLocation: the document must name the issuer that was asked for.
    const metadata = (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as Record<
      string,
      string & string[]
    >;
    expect(metadata.issuer).toBe(issuer);
    for (const member of ["response_types_supported", "subject_types_supported"]) {
      expect(metadata[member]).toEqual(expect.any(Array));
    }
    expect(metadata.token_endpoint_auth_methods_supported).toContain("client_secret_basic");

    const nonce = createHash("sha256").update(randomBytes(96)).digest("base64url");
    const state = `${randomBytes(32).toString("base64url")}=`;
    const authorize = new URL(metadata.authorization_endpoint ?? "");
    authorize.search = new URLSearchParams({
      response_type: "code",
      client_id,
      scope: "openid profile email",
      state,
      redirect_uri: PLAIN_CALLBACK,
      nonce,
    }).toString();
    const { location } = await openBrowser().signIn(authorize.href, "alice", PASSWORD);
    const answer = new URL(location).searchParams;
    expect(answer.get("state")).toBe(state);

    const credentials = [client_id, client_secret].map(encodeURIComponent).join(":");
    const token = await fetch(metadata.token_endpoint ?? "", {
      method: "POST",
      headers: {
        accept: "application/json;charset=UTF-8",
        authorization: `Basic ${Buffer.from(credentials).toString("base64")}`,
        "content-type": "application/x-www-form-urlencoded;charset=UTF-8",
      },
      body: new URLSearchParams({
        grant_type: "authorization_code",
        code: answer.get("code") ?? "",
        redirect_uri: PLAIN_CALLBACK,
      }).toString(),
    });
    const tokens = (await token.json()) as Record<string, string>;
    const keys = createLocalJWKSet((await (await fetch(metadata.jwks_uri ?? "")).json()) as never);
    const { payload } = await jwtVerify(tokens.id_token ?? "", keys, { issuer, audience: client_id });
    expect(payload.nonce).toBe(nonce);

    // DefaultOAuth2UserService with `user-name-attribute: username`.
    const info = await fetch(metadata.userinfo_endpoint ?? "", {
      headers: { accept: "application/json", authorization: `Bearer ${tokens.access_token}` },
    });
    expect(await info.json()).toMatchObject({ username: "alice", sub: payload.sub });
  });

  it("gets the same document by RFC 8414, for a JwtDecoder of a resource server", async () => {
    const { origin, pathname } = new URL(issuer);
    const byPath = await fetch(`${origin}/.well-known/oauth-authorization-server${pathname}`);
    expect(await byPath.json()).toMatchObject({ issuer, jwks_uri: `${issuer}/.well-known/jwks.json` });
  });
});

describe.skipIf(isMissing("curl"))("curl", () => {
  const folder = mkdtempSync(join(tmpdir(), "cognate-curl-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const curl = async (...args: string[]) => {
    const jar = join(folder, "cookies");
    return (await promisify(execFile)("curl", ["-sS", "-b", jar, "-c", jar, ...args])).stdout;
  };

  it("signs in on the page, exchanges the code, refreshes, revokes and signs out", async () => {
    const { client_id } = await createClient(server, poolId);
    const base = `${server.url}/${poolId}`;
    const query = new URLSearchParams({ client_id, response_type: "code", redirect_uri: PLAIN_CALLBACK });
    const page = await curl("-L", "-w", "\n%{url_effective}", `${base}/oauth2/authorize?${query}`);
    const login = page.slice(page.lastIndexOf("\n") + 1);
    const csrf = /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? "";
    const fields = ["_csrf", csrf, "username", "alice", "password", PASSWORD];
    const form = [0, 2, 4].flatMap((at) => ["--data-urlencode", `${fields[at]}=${fields[at + 1]}`]);
    const callback = await curl("-o", "/dev/null", "-w", "%{redirect_url}", ...form, login);
    const code = new URL(callback).searchParams.get("code");
    const token = (parameters: string) =>
      curl("-d", `client_id=${client_id}&${parameters}`, `${base}/oauth2/token`).then(JSON.parse);
    const tokens = await token(
      `grant_type=authorization_code&code=${code}&redirect_uri=${encodeURIComponent(PLAIN_CALLBACK)}`,
    );
    const bearer = `Authorization: Bearer ${tokens.access_token}`;
    expect(JSON.parse(await curl("-H", bearer, `${base}/oauth2/userInfo`))).toMatchObject({
      username: "alice",
    });
    const refresh = `grant_type=refresh_token&refresh_token=${tokens.refresh_token}`;
    expect(Object.keys(await token(refresh))).toEqual([
      "id_token",
      "access_token",
      "expires_in",
      "token_type",
    ]);
    await curl("-d", `client_id=${client_id}&token=${tokens.refresh_token}`, `${base}/oauth2/revoke`);
    expect(await token(refresh)).toEqual({ error: "invalid_grant" });
    const logout = `${base}/logout?client_id=${client_id}&logout_uri=https://app.example.com/bye`;
    expect(await curl("-o", "/dev/null", "-w", "%{redirect_url}", logout)).toBe(
      "https://app.example.com/bye",
    );
  });
});
