import { execFile } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { request } from "node:https";
import { dirname } from "node:path";
import { connect } from "node:tls";
import { promisify } from "node:util";
import {
  AdminInitiateAuthCommand,
  CreateResourceServerCommand,
  CreateUserPoolDomainCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { CognitoJwtVerifier } from "aws-jwt-verify";
import { SimpleFetcher } from "aws-jwt-verify/https";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { need } from "../support/machine.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { CALLBACK, createClient, openPool, PASSWORD, type TestClient } from "./scene.ts";

let server: TestServer;
let poolId: string;
let client: TestClient;

beforeAll(async () => {
  server = await startTestServer({ tls: "local", tlsPort: 0 });
  poolId = await openPool(server);
  client = await createClient(server, poolId);
  await server.cognito.send(new CreateUserPoolDomainCommand({ UserPoolId: poolId, Domain: "shop" }));
});
afterAll(() => server.stop());

/** A request over TLS, by a client that trusts the local authority alone. */
function get(
  name: string,
  path: string,
  { tls } = server,
): Promise<{ status: number | undefined; location: string | undefined; body: string }> {
  const { port } = new URL(tls?.url ?? "");
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: "127.0.0.1",
        servername: name === "127.0.0.1" ? "" : name,
        port,
        path,
        headers: { host: `${name}:${port}` },
        ca: readFileSync(tls?.authorityFile ?? ""),
      },
      (answer) => {
        let body = "";
        answer.on("data", (chunk) => {
          body += chunk;
        });
        answer.on("end", () =>
          resolve({ status: answer.statusCode, location: answer.headers.location, body }),
        );
      },
    );
    sent.on("error", reject);
    sent.end();
  });
}

const query = () =>
  new URLSearchParams({
    client_id: client.client_id,
    response_type: "code",
    redirect_uri: CALLBACK,
  }).toString();

describe("--tls local", () => {
  it.each(["localhost", "127.0.0.1"])(
    "serves %s beside the plain port, with endpoints of its own",
    async (name) => {
      const { status, body } = await get(name, `/${poolId}/.well-known/openid-configuration`);
      expect(status).toBe(200);
      expect(JSON.parse(body)).toMatchObject({
        issuer: server.issuerOf(poolId),
        token_endpoint: expect.stringContaining(`https://${name}:`),
      });
      expect((await fetch(`${server.url}/_cognate/health`)).status).toBe(200);
    },
  );

  it("has a certificate for a pool's domain as soon as the domain exists", async () => {
    const { status, location } = await get("shop.localhost", `/oauth2/authorize?${query()}`);
    expect([status, location]).toEqual([302, expect.stringContaining("/login?")]);
    const other = await createClient(server, await openPool(server));
    const foreign = await get("shop.localhost", `/oauth2/authorize?client_id=${other.client_id}`);
    expect([foreign.status, foreign.location]).toEqual([302, expect.stringContaining("/error?")]);
  });

  it("has no certificate for the name of another server", async () => {
    await expect(get("evil.example", "/")).rejects.toMatchObject({ code: "ERR_TLS_CERT_ALTNAME_INVALID" });
  });

  it("is trusted by curl with the authority's certificate, whose key only its owner can read", async () => {
    need("curl");
    const file = server.tls?.authorityFile ?? "";
    const said = await promisify(execFile)("curl", [
      "-s",
      "--cacert",
      file,
      `${server.tls?.url}/_cognate/health`,
    ]);
    expect(said.stdout).toBe('{"status":"ok"}');
    expect(statSync(`${dirname(file)}/tls-authority.key`).mode & 0o777).toBe(0o600);
  });
});

describe("AWS's names, resolved to this server", () => {
  let aws: TestServer;
  beforeAll(async () => {
    const hosts = ["cognito-idp.us-east-1.amazonaws.com"];
    aws = await startTestServer({ tls: "local", tlsPort: 0, issuer: "aws", hosts });
  });
  afterAll(() => aws.stop());

  it("give the keys to a verifier that knows no other addresses", async () => {
    const userPoolId = await openPool(aws);
    const { client_id: clientId } = await createClient(aws, userPoolId, {
      ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH"],
    });
    const { AuthenticationResult } = await aws.cognito.send(
      new AdminInitiateAuthCommand({
        UserPoolId: userPoolId,
        ClientId: clientId,
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "alice", PASSWORD },
      }),
    );

    // In place of /etc/hosts and the port 443.
    const here = {
      lookup: (_name: string, _options: object, found: (error: null, addresses: object[]) => void) =>
        found(null, [{ address: "127.0.0.1", family: 4 }]),
      port: new URL(aws.tls?.url ?? "").port,
      ca: readFileSync(aws.tls?.authorityFile ?? ""),
    };
    const jwksCache = new SimpleJwksCache({ fetcher: new SimpleFetcher({ defaultRequestOptions: here }) });
    const verifier = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: "access" }, { jwksCache });
    await expect(verifier.verify(AuthenticationResult?.AccessToken ?? "")).resolves.toMatchObject({
      iss: `https://cognito-idp.us-east-1.amazonaws.com/${userPoolId}`,
      username: "alice",
    });
  });

  it("need no setting for a pool's prefix domain", async () => {
    const UserPoolId = await openPool(aws);
    await aws.cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: "acme" }));
    const { status } = await get(
      "acme.auth.us-east-1.amazoncognito.com",
      `/${UserPoolId}/.well-known/jwks.json`,
      aws,
    );
    expect(status).toBe(200);
  });
});

describe("TLS 1.2", () => {
  const agreedOn = (ciphers: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect({
        ...{ host: "127.0.0.1", servername: "localhost", port: Number(new URL(server.tls?.url ?? "").port) },
        ...{ ca: readFileSync(server.tls?.authorityFile ?? ""), maxVersion: "TLSv1.2", ciphers },
      });
      socket.on("secureConnect", () => {
        resolve(socket.getCipher().standardName);
        socket.destroy();
      });
      socket.on("error", reject);
    });

  it("is accepted with forward secrecy and authenticated encryption", async () => {
    expect(await agreedOn("DEFAULT")).toMatch(/^TLS_ECDHE_(RSA|ECDSA)_WITH_(AES_\d+_GCM|CHACHA20_POLY1305)_/);
  });

  it.each(["AES128-SHA", "AES256-GCM-SHA384", "ECDHE-RSA-AES128-SHA", "ECDHE-ECDSA-AES128-SHA"])(
    "is rejected with %s",
    async (ciphers) => {
      await expect(agreedOn(ciphers)).rejects.toThrow(/handshake failure/);
    },
  );
});

describe("client credentials", () => {
  it("return a token with the scopes of resource servers", async () => {
    await server.cognito.send(
      new CreateResourceServerCommand({
        UserPoolId: poolId,
        Identifier: "https://api.example.com",
        Name: "api",
        Scopes: [
          { ScopeName: "read", ScopeDescription: "r" },
          { ScopeName: "write", ScopeDescription: "w" },
        ],
      }),
    );
    const scopes = ["https://api.example.com/read", "https://api.example.com/write"];
    const machine = await createClient(server, poolId, {
      GenerateSecret: true,
      AllowedOAuthFlows: ["client_credentials"],
      AllowedOAuthScopes: scopes,
      CallbackURLs: [],
      LogoutURLs: [],
    });
    const ask = async (more: Record<string, string> = {}) => {
      const body = new URLSearchParams({
        grant_type: "client_credentials",
        client_id: machine.client_id,
        client_secret: machine.client_secret ?? "",
        ...more,
      });
      const answer = await fetch(`${server.url}/oauth2/token`, { method: "POST", body });
      return (await answer.json()) as Record<string, string>;
    };
    const all = await ask();
    expect(Object.keys(all)).toEqual(["access_token", "expires_in", "token_type"]);
    const claims = JSON.parse(Buffer.from(all.access_token?.split(".")[1] ?? "", "base64url").toString());
    expect(claims).toEqual({
      sub: machine.client_id,
      client_id: machine.client_id,
      token_use: "access",
      scope: scopes.join(" "),
      iss: server.issuerOf(poolId),
      version: 2,
      auth_time: claims.iat,
      iat: expect.any(Number),
      exp: claims.iat + 3600,
      jti: expect.any(String),
    });
    expect(await ask({ scope: "https://api.example.com/delete" })).toEqual({ error: "invalid_scope" });
    const info = await fetch(`${server.url}/oauth2/userInfo`, {
      headers: { authorization: `Bearer ${all.access_token}` },
    });
    expect([info.status, await info.json()]).toEqual([
      401,
      expect.objectContaining({ error: "invalid_token" }),
    ]);
  });
});
