import { spawnSync } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AdminCreateUserCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  ListUserPoolsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { program } from "../support/cognate-process.ts";
import { createDatabase } from "../support/database.ts";
import { type MailServer, startMailServer } from "../support/mail-server.ts";
import {
  createConfirmedUser,
  createPoolAndClient,
  startTestServer,
  type TestServer,
} from "../support/server.ts";

describe("cognate serve", () => {
  let server: TestServer;
  let dataDir: string;
  let mail: MailServer;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "cognate-serve-"));
    mail = await startMailServer();
    server = await startTestServer({
      mode: "serve",
      dataDir,
      databaseUrl: await createDatabase(),
      smtpUrl: mail.url,
      publicUrl: "https://id.example.com",
    });
  });
  afterAll(async () => {
    await server?.stop();
    await mail?.stop();
    await rm(dataDir, { recursive: true });
  });

  it("refuses unknown access keys", async () => {
    const unknown = new CognitoIdentityProviderClient({
      endpoint: server.url,
      region: "us-east-1",
      credentials: { accessKeyId: "AKIAANYTHING", secretAccessKey: "unknown" },
    });
    await expect(unknown.send(new ListUserPoolsCommand({ MaxResults: 1 }))).rejects.toMatchObject({
      name: "UnrecognizedClientException",
    });
  });

  it("writes its first administrator's key to a file that only its owner can read", async () => {
    expect((await stat(join(dataDir, "credentials"))).mode & 0o777).toBe(0o600);
    expect((await stat(join(dataDir, "master.key"))).mode & 0o777).toBe(0o600);
  });

  it("signs users in with Postgres, with its public URL as the issuer", async () => {
    const { poolId, clientId } = await createPoolAndClient(server.cognito);
    const user = { UserPoolId: poolId, Username: "taro" };
    await createConfirmedUser(server.cognito, { ...user, Password: "Permanent-1" });
    const { AuthenticationResult } = await server.cognito.send(
      new InitiateAuthCommand({
        ClientId: clientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "taro", PASSWORD: "Permanent-1" },
      }),
    );
    expect(decodeJwt(AuthenticationResult?.IdToken ?? "").iss).toBe(`https://id.example.com/${poolId}`);
  });

  it("sends the invitation by SMTP", async () => {
    const { poolId } = await createPoolAndClient(server.cognito);
    await server.cognito.send(
      new AdminCreateUserCommand({
        UserPoolId: poolId,
        Username: "hanako",
        UserAttributes: [{ Name: "email", Value: "hanako@example.com" }],
        DesiredDeliveryMediums: ["EMAIL"],
        TemporaryPassword: "Temporary-1",
      }),
    );
    expect(mail.mails).toHaveLength(1);
    expect(mail.mails[0]).toMatch(/^Subject: Your temporary password\r?$/m);
    expect(mail.mails[0]).toContain("Your username is hanako and temporary password is Temporary-1.");
  });

  it("seals every secret under a new master key, so that the old one can be removed", async () => {
    const folder = await mkdtemp(join(tmpdir(), "cognate-rotation-"));
    const [oldKey, newKey] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)].map((key) => key.toString("base64"));
    const databaseUrl = await createDatabase();
    const start = (masterKey: string) =>
      startTestServer({ mode: "serve", dataDir: folder, databaseUrl, masterKey });
    const signIn = async (on: TestServer, ClientId: string) =>
      (
        await on.cognito.send(
          new InitiateAuthCommand({
            ClientId,
            AuthFlow: "USER_PASSWORD_AUTH",
            AuthParameters: { USERNAME: "taro", PASSWORD: "Permanent-1" },
          }),
        )
      ).AuthenticationResult?.TokenType;

    const first = await start(`${oldKey}`);
    const { poolId, clientId } = await createPoolAndClient(first.cognito);
    const user = { UserPoolId: poolId, Username: "taro" };
    await createConfirmedUser(first.cognito, { ...user, Password: "Permanent-1" });
    await first.stop();
    // Stopping waits for the sealing to finish.
    const rotating = await start(`${newKey},${oldKey}`);
    await rotating.stop();
    const after = await start(`${newKey}`);
    expect(await signIn(after, clientId)).toBe("Bearer");
    await after.stop();
    await rm(folder, { recursive: true });
  });

  it("logs warnings of its libraries as JSON", () => {
    const url = "postgres://cognate@127.0.0.1:1/cognate?sslmode=require";
    const args = ["serve", "--data-dir", dataDir, "--database-url", url];
    const { stderr, status } = spawnSync(process.execPath, [program, ...args], { encoding: "utf8" });
    const [warning = "", failure] = stderr.split("\n");
    expect(JSON.parse(warning)).toMatchObject({ level: 40, msg: expect.stringContaining("SSL modes") });
    expect([status, failure]).toEqual([1, expect.stringMatching(/^cognate serve: Postgres cannot be used/)]);
  });

  it.each([
    ["NODE_NO_WARNINGS=1", [], { NODE_NO_WARNINGS: "1" }],
    ["--no-warnings", ["--no-warnings"], {}],
    ["--disable-warning in NODE_OPTIONS", [], { NODE_OPTIONS: "--disable-warning=Warning" }],
  ])("logs no warnings of its libraries with %s", (_, options, variables) => {
    const url = "postgres://cognate@127.0.0.1:1/cognate?sslmode=require";
    const args = [...options, program, "serve", "--data-dir", dataDir, "--database-url", url];
    const env = { ...process.env, ...variables };
    const { stderr } = spawnSync(process.execPath, args, { encoding: "utf8", env });
    expect(stderr).toMatch(/^cognate serve: Postgres cannot be used/);
  });

  it("has no inbox and no movable clock, and reports its health", async () => {
    const status = async (path: string) => (await fetch(`${server.url}/_cognate${path}`)).status;
    expect(await Promise.all(["/inbox", "/clock", "/activity"].map(status))).toEqual([404, 404, 404]);
    expect(await Promise.all(["/health", "/ready"].map(status))).toEqual([200, 200]);
  });
});
