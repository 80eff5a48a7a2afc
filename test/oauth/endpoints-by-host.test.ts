/** The endpoints at a pool's own names: a custom domain, `{prefix}.localhost`, and the name that AWS gives a prefix. */
import { type IncomingHttpHeaders, request } from "node:http";
import {
  CreateUserPoolDomainCommand,
  DeleteUserPoolDomainCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../support/server.ts";
import { CALLBACK, createClient, openPool, PASSWORD, type TestClient } from "./scene.ts";

const CUSTOM = "auth.example.com";

let server: TestServer;
let poolId: string;
let client: TestClient;
let foreign: TestClient;

beforeAll(async () => {
  server = await startTestServer();
  poolId = await openPool(server);
  client = await createClient(server, poolId);
  foreign = await createClient(server, await openPool(server));
  const domain = { UserPoolId: poolId };
  await server.cognito.send(new CreateUserPoolDomainCommand({ ...domain, Domain: "shop" }));
  const CertificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/1234abcd";
  await server.cognito.send(
    new CreateUserPoolDomainCommand({ ...domain, Domain: CUSTOM, CustomDomainConfig: { CertificateArn } }),
  );
});
afterAll(() => server.stop());

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A request that reaches this server under another name, as behind a proxy or by a name resolution of its own. */
function send(
  host: string,
  path: string,
  form?: Readonly<Record<string, string>>,
  cookie = "",
): Promise<Answer> {
  const { port } = new URL(server.url);
  const body = form && new URLSearchParams(form).toString();
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: "127.0.0.1",
        port,
        path,
        method: body === undefined ? "GET" : "POST",
        headers: { host, cookie, ...(body && { "content-type": "application/x-www-form-urlencoded" }) },
      },
      (answer) => {
        let text = "";
        answer.on("data", (chunk) => {
          text += chunk;
        });
        answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body: text }));
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

const authorizePath = ({ client_id }: TestClient) =>
  `/oauth2/authorize?${new URLSearchParams({ client_id, response_type: "code", redirect_uri: CALLBACK, scope: "openid email" })}`;

describe.each([CUSTOM, "shop.localhost", "shop.auth.us-east-1.amazoncognito.com"])(
  "the host name %s",
  (host) => {
    it("serves every step of a sign-in to its pool", async () => {
      const start = await send(host, authorizePath(client));
      expect([start.status, start.headers.location]).toEqual([
        302,
        expect.stringMatching(`^http://${host}/login\\?`),
      ]);
      const login = (start.headers.location ?? "").slice(`http://${host}`.length);
      const page = await send(host, login);
      const cookie = page.headers["set-cookie"]?.map((each) => each.split(";")[0]).join("; ") ?? "";
      const _csrf = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? "";
      const done = await send(host, login, { _csrf, username: "alice", password: PASSWORD }, cookie);
      const code = new URL(done.headers.location ?? "").searchParams.get("code") ?? "";
      const { client_id } = client;
      const exchange = { grant_type: "authorization_code", client_id, redirect_uri: CALLBACK, code };
      const token = await send(host, "/oauth2/token", exchange);
      expect([token.status, Object.keys(JSON.parse(token.body))]).toEqual([
        200,
        ["id_token", "access_token", "refresh_token", "expires_in", "token_type"],
      ]);
    });

    it("rejects a client of another pool", async () => {
      const refused = await send(host, authorizePath(foreign));
      expect([refused.status, refused.headers.location]).toEqual([
        302,
        `http://${host}/error?error=invalid_request&client_id=${foreign.client_id}`,
      ]);
      const token = { grant_type: "refresh_token", client_id: foreign.client_id, refresh_token: "x" };
      expect(JSON.parse((await send(host, "/oauth2/token", token)).body)).toEqual({
        error: "invalid_client",
      });
    });
  },
);

describe("a host name without a pool", () => {
  it("is rejected", async () => {
    expect((await send("login.example.net", authorizePath(client))).status).toBe(421);
  });

  it("is rejected after its domain was deleted", async () => {
    const UserPoolId = await openPool(server);
    const domain = { UserPoolId, Domain: "gone.example.com" };
    const CertificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/1234abcd";
    await server.cognito.send(
      new CreateUserPoolDomainCommand({ ...domain, CustomDomainConfig: { CertificateArn } }),
    );
    expect((await send("gone.example.com", "/error")).status).toBe(400);
    await server.cognito.send(new DeleteUserPoolDomainCommand(domain));
    expect((await send("gone.example.com", "/error")).status).toBe(421);
  });
});
