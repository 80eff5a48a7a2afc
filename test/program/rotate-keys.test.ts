import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { GetUserCommand, InitiateAuthCommand } from "@aws-sdk/client-cognito-identity-provider";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createConfirmedUser,
  createPoolAndClient,
  startTestServer,
  type TestServer,
} from "../support/server.ts";

const main = resolve("src/cli/main.ts");

describe.each(["serve", "dev"] as const)("cognate rotate-keys beside cognate %s", (mode) => {
  let server: TestServer;
  let folder: string;
  let ids: { poolId: string; clientId: string };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "cognate-rotate-"));
    server = await startTestServer({ mode, dataDir: folder, inMemory: true });
    ids = await createPoolAndClient(server.cognito);
  });
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true });
  });

  const rotate = (...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> =>
    new Promise((done) => {
      execFile(
        process.execPath,
        [main, "rotate-keys", "--data-dir", folder, ...args],
        { env: { PATH: process.env.PATH, HOME: folder, AWS_REGION: "eu-west-1", AWS_PROFILE: "elsewhere" } },
        (error, stdout, stderr) =>
          done({ status: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
      );
    });
  const keys = async () => {
    const response = await fetch(`${server.url}/${ids.poolId}/.well-known/jwks.json`);
    return ((await response.json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
  };

  it("gives a pool new keys and keeps the tokens of the old ones valid", async () => {
    const user = { UserPoolId: ids.poolId, Username: "taro" };
    await createConfirmedUser(server.cognito, { ...user, Password: "Permanent-1" });
    const { AuthenticationResult } = await server.cognito.send(
      new InitiateAuthCommand({
        ClientId: ids.clientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "taro", PASSWORD: "Permanent-1" },
      }),
    );
    const before = await keys();

    expect(await rotate("--user-pool-id", ids.poolId)).toEqual({
      status: 0,
      stdout: `${ids.poolId} has new signing keys. Tokens that the old ones signed stay valid until they expire.\n`,
      stderr: "",
    });
    expect(await keys()).toHaveLength(4);
    expect(await keys()).toEqual(expect.arrayContaining(before));

    const { AccessToken, IdToken, RefreshToken } = AuthenticationResult ?? {};
    expect((await server.cognito.send(new GetUserCommand({ AccessToken }))).Username).toBe("taro");
    const jwks = createRemoteJWKSet(new URL(`${server.url}/${ids.poolId}/.well-known/jwks.json`));
    for (const token of [AccessToken, IdToken]) await jwtVerify(token ?? "", jwks);
    const refreshed = await server.cognito.send(
      new InitiateAuthCommand({
        ClientId: ids.clientId,
        AuthFlow: "REFRESH_TOKEN_AUTH",
        AuthParameters: { REFRESH_TOKEN: RefreshToken ?? "" },
      }),
    );
    await jwtVerify(refreshed.AuthenticationResult?.IdToken ?? "", jwks);
  });

  it("reports a wrong call, an unknown pool and an unreachable server", async () => {
    expect(await rotate("--user-pool-id", "us-east-1_Nobody")).toEqual({
      status: 1,
      stdout: "",
      stderr: "cognate rotate-keys: User pool us-east-1_Nobody does not exist.\n",
    });
    const elsewhere = await rotate("--user-pool-id", ids.poolId, "--endpoint-url", "http://127.0.0.1:9");
    expect(elsewhere.status).toBe(1);
    expect(elsewhere.stderr).toMatch(/^cognate rotate-keys: http:\/\/127\.0\.0\.1:9 does not answer/);
    expect(await rotate("--user-pool-id", ids.poolId, "--endpoint-url", "nonsense")).toEqual({
      status: 2,
      stdout: "",
      stderr:
        'cognate rotate-keys: --endpoint-url must be a URL such as http://127.0.0.1:9229, got "nonsense".\n',
    });
    expect(await rotate()).toMatchObject({ status: 2, stderr: expect.stringContaining("--user-pool-id") });
    expect(await rotate("--user-pool-id", "nothing")).toEqual({
      status: 2,
      stdout: "",
      stderr: 'cognate rotate-keys: "nothing" is no ID of a user pool, such as us-east-1_AbCdEfGhI.\n',
    });
  });
});

describe("the permission to rotate a pool's keys in cognate serve", () => {
  let server: TestServer;
  let folder: string;
  let poolId: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "cognate-rotate-"));
    server = await startTestServer({ mode: "serve", dataDir: folder, inMemory: true });
    ({ poolId } = await createPoolAndClient(server.cognito));
  });
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true });
  });

  it("is denied to unsigned requests", async () => {
    const response = await fetch(`${server.url}/_cognate/signing-keys?poolId=${poolId}`, { method: "POST" });
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ message: "Request is missing Authentication Token" });
  });

  it("is not part of AmazonCognitoPowerUser", async () => {
    const refusal = await new Promise<string>((done) => {
      const args = ["--data-dir", folder, "--profile", "cognate-power-user", "--user-pool-id", poolId];
      const env = { PATH: process.env.PATH, HOME: folder };
      execFile(process.execPath, [main, "rotate-keys", ...args], { env }, (_error, _stdout, stderr) =>
        done(stderr),
      );
    });
    expect(refusal).toMatch(
      new RegExp(
        `^cognate rotate-keys: User: arn:aws:sts::\\d{12}:assumed-role/cognate-power-user/\\S+ is not authorized to perform: cognate:RotateSigningKeys on resource: arn:aws:cognito-idp:us-east-1:\\d{12}:userpool/${poolId} because no identity-based policy allows the cognate:RotateSigningKeys action\n$`,
      ),
    );
  });
});
