import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "./support/server.ts";

describe("cognate aws", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ demo: true });
  });
  afterAll(() => server.stop());

  const run = (...args: string[]) =>
    new Promise<{ status: number; stdout: string; stderr: string }>((done) => {
      // Whatever else this machine is configured for: none of it may lead the CLI elsewhere.
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

  it("reaches this server as its administrator, whatever else is configured", async () => {
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

  it("takes another profile of the config file, and gives the CLI's exit status back", async () => {
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

  it("says what to do when no server has run in that folder", async () => {
    const { status, stderr } = await run("--data-dir", "/nonexistent", "sts", "get-caller-identity");
    expect([status, stderr]).toEqual([1, expect.stringContaining("start the server first")]);
  });
});
