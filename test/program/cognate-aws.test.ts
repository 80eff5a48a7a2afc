import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { need } from "../support/machine.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

describe("cognate aws", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ demo: true });
  });
  afterAll(() => server.stop());

  const run = (...args: string[]) =>
    new Promise<{ status: number; stdout: string; stderr: string }>((done) => {
      // A configuration of this machine that must not lead the CLI elsewhere.
      const env = {
        PATH: process.env.PATH,
        HOME: server.dataDir,
        AWS_ACCESS_KEY_ID: "elsewhere",
        AWS_SECRET_ACCESS_KEY: "elsewhere",
        AWS_REGION: "eu-west-1",
        AWS_PROFILE: "nowhere",
        AWS_ENDPOINT_URL: "http://127.0.0.1:1",
      };
      execFile(
        process.execPath,
        [resolve("src/cli/main.ts"), "aws", ...args],
        { env },
        (error, stdout, stderr) =>
          done({ status: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
      );
    });

  it("calls this server as its administrator, regardless of the AWS settings in the environment", async () => {
    need("awsCli");
    const pools = await run(
      "--data-dir",
      server.dataDir,
      "cognito-idp",
      "list-user-pools",
      "--max-results",
      "10",
    );
    expect(pools.stderr).toBe("");
    expect(JSON.parse(pools.stdout).UserPools).toMatchObject([{ Name: "demo" }]);
    const users = await run("--data-dir", server.dataDir, "iam", "list-users", "--query", "Users[].UserName");
    expect(JSON.parse(users.stdout)).toEqual(["cognate"]);
  });

  it("sends values that are URLs as they are, which version 1 of the CLI would download", async () => {
    need("awsCli");
    const client = await run(
      ...["--data-dir", server.dataDir, "cognito-idp", "create-user-pool-client"],
      ...["--user-pool-id", "us-east-1_DemoPool1", "--client-name", "app"],
      ...["--callback-urls", "https://app.example.invalid/", "--query", "UserPoolClient.CallbackURLs"],
    );
    expect(client.stderr).toBe("");
    expect(JSON.parse(client.stdout)).toEqual(["https://app.example.invalid/"]);
  });

  it("uses another profile of the config file, and returns the CLI's exit status", async () => {
    need("awsCli");
    const args = ["--data-dir", server.dataDir, "--profile", "cognate-power-user"];
    const identity = await run(...args, "sts", "get-caller-identity");
    expect(JSON.parse(identity.stdout).Arn).toContain("assumed-role/cognate-power-user");
    const refused = await run(...args, "iam", "list-users");
    expect([refused.status, refused.stderr]).toEqual([
      expect.any(Number),
      expect.stringContaining("AccessDenied"),
    ]);
    expect(refused.status).toBeGreaterThan(0);
  });

  it("passes the endpoint as an option to AWS CLIs that are too old to read it from the config file", async () => {
    const bin = await mkdtemp(join(tmpdir(), "cognate-old-cli-"));
    await writeFile(join(bin, "aws"), '#!/bin/sh\necho "$@"\n', { mode: 0o755 });
    const said = async (...args: string[]) =>
      new Promise<string>((done, failed) => {
        execFile(
          process.execPath,
          [resolve("src/cli/main.ts"), "aws", "--data-dir", server.dataDir, ...args],
          { env: { PATH: `${bin}:${process.env.PATH}` } },
          (error, stdout) => (error ? failed(error) : done(stdout.trim())),
        );
      });
    const endpoint = `--endpoint-url ${server.url}`;
    expect(await said("sts", "get-caller-identity")).toBe(`${endpoint} sts get-caller-identity`);
    expect(await said("--output", "text", "iam", "list-users")).toBe(
      `${endpoint} --output text iam list-users`,
    );
    expect(await said("s3", "ls")).toBe("s3 ls");
    const own = ["--endpoint-url", "http://127.0.0.1:1", "iam", "list-users"];
    expect(await said(...own)).toBe(own.join(" "));
    await rm(bin, { recursive: true });
  });

  it("shows the next step when no server has run in the folder", async () => {
    const { status, stderr } = await run("--data-dir", "/nonexistent", "sts", "get-caller-identity");
    expect([status, stderr]).toEqual([1, expect.stringContaining("start the server first")]);
  });
});
