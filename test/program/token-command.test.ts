import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { AdminCreateUserCommand, AdminGetUserCommand } from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { isMissing } from "../support/machine.ts";
import { createPoolAndClient, startTestServer, type TestServer } from "../support/server.ts";

const main = resolve("src/cli/main.ts");

interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  input = "",
  cwd = process.cwd(),
): Promise<Ended> {
  return new Promise((done) => {
    const child = execFile(command, args, { env, cwd }, (error, stdout, stderr) =>
      done({ status: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
    );
    // A command that asks nothing may have ended already.
    child.stdin?.on("error", () => undefined).end(input);
  });
}

describe("cognate token", () => {
  let server: TestServer;
  let poolId: string;
  let args: string[];
  let username: string;
  let users = 0;

  beforeAll(async () => {
    server = await startTestServer();
    const made = await createPoolAndClient(server.cognito, {
      Schema: [{ Name: "given_name", Required: true, AttributeDataType: "String", Mutable: true }],
    });
    poolId = made.poolId;
    args = ["token", "--data-dir", server.dataDir, "--user-pool-id", poolId, "--client-id", made.clientId];
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    username = `user${++users}`;
    await server.cognito.send(
      new AdminCreateUserCommand({
        UserPoolId: poolId,
        Username: username,
        MessageAction: "SUPPRESS",
        TemporaryPassword: "Temporary-1",
      }),
    );
  });

  const env = () => ({
    PATH: process.env.PATH,
    HOME: server.dataDir,
    AWS_ACCESS_KEY_ID: "elsewhere",
    AWS_REGION: "eu-west-1",
  });
  const token = (input: string, ...more: string[]) =>
    run(process.execPath, [main, ...args, "--username", username, ...more], env(), input);
  const firstSignIn = "Temporary-1\nPermanent-1\nPermanent-1\nTaro\n";

  it("replaces a temporary password, asks for a missing attribute and prints the tokens as JSON", async () => {
    const { status, stdout, stderr } = await token(firstSignIn);
    expect(stderr).toBe("The password is temporary: choose a new one.\n");
    expect(status).toBe(0);
    const tokens = JSON.parse(stdout);
    expect(decodeJwt(tokens.IdToken)).toMatchObject({ given_name: "Taro", "cognito:username": username });
    expect(tokens.RefreshToken).toBeTypeOf("string");
    const { UserStatus } = await server.cognito.send(
      new AdminGetUserCommand({ UserPoolId: poolId, Username: username }),
    );
    expect(UserStatus).toBe("CONFIRMED");
  });

  it("prints an Authorization header, of the access token or the ID token", async () => {
    await token(firstSignIn);
    const header = await token("Permanent-1\n", "--output", "header");
    expect(header.stdout).toMatch(/^Authorization: Bearer \S+\n$/);
    expect(decodeJwt(header.stdout.slice("Authorization: Bearer ".length).trim()).token_use).toBe("access");
    const id = await token("Permanent-1\n", "--output", "header", "--token", "id");
    expect(decodeJwt(id.stdout.slice("Authorization: Bearer ".length).trim()).token_use).toBe("id");
  });

  it("prints lines for a shell's eval", async () => {
    await token(firstSignIn);
    const { stdout } = await token("Permanent-1\n", "--output", "env");
    const evaluated = await run("sh", ["-c", `${stdout}\nprintf %s "$COGNATE_ACCESS_TOKEN"`], env());
    expect(decodeJwt(evaluated.stdout).username).toBe(username);
  });

  it("prints the service's error if the password is wrong", async () => {
    expect(await token("Wrong-1234\n")).toEqual({
      status: 1,
      stdout: "",
      stderr: "NotAuthorizedException: Incorrect username or password.\n",
    });
  });

  it("names the option that is missing or wrong", async () => {
    const { status, stderr } = await run(process.execPath, [main, "token", "--client-id", "x"], env());
    expect([status, stderr.split("\n")[0]]).toEqual([
      2,
      "cognate token: --username, --user-pool-id are missing.",
    ]);
    expect((await token("", "--output", "xml")).stderr).toContain("--output cannot be xml.");
  });

  it("does not call AWS if the named data folder does not exist", async () => {
    const elsewhere = ["--data-dir", "/nonexistent", "--user-pool-id", poolId];
    const { status, stderr } = await run(
      process.execPath,
      [main, "token", ...elsewhere, "--client-id", "x", "--username", "y"],
      env(),
    );
    expect([status, stderr]).toEqual([1, expect.stringContaining("There is no /nonexistent/config")]);
  });

  it("warns in a folder without a server that the password is sent to AWS", async () => {
    const emptyFolder = await mkdtemp(join(tmpdir(), "cognate-token-"));
    const unreachable = ["--user-pool-id", poolId, "--endpoint-url", "http://127.0.0.1:1"];
    const { stderr } = await run(
      process.execPath,
      [main, "token", ...unreachable, "--client-id", "x", "--username", "y"],
      { ...env(), AWS_SECRET_ACCESS_KEY: "secret", COGNATE_DATA_DIR: "" },
      "Password-1\n",
      // Not here, where `npm start` may have made a data folder.
      emptyFolder,
    );
    await rm(emptyFolder, { recursive: true });
    expect(stderr).toContain("There is no .cognate/config here: the password goes to AWS.");
  });

  describe.skipIf(isMissing("python"))("on a terminal", () => {
    /** Types each answer when its question is shown. */
    const onTerminal = (dialogue: readonly (readonly [question: string, answer: string])[]) =>
      run(
        "python3",
        [
          "test/support/terminal.py",
          JSON.stringify(dialogue),
          process.execPath,
          main,
          ...args,
          "--username",
          username,
        ],
        env(),
      );

    it("never shows a secret", async () => {
      const screen = await onTerminal([
        [`Password of ${username}:`, "Temporary-1"],
        ["New password:", "Permanent-1"],
        ["New password again:", "Permanent-1"],
        ["given_name:", "Taro"],
      ]);
      expect(screen.stdout).not.toContain("Temporary-1");
      expect(screen.stdout).not.toContain("Permanent-1");
      expect(screen.stdout).toContain("Taro");
      expect(screen.stdout).toContain('"AccessToken": "');
      expect(screen.status).toBe(0);
    });

    it("asks again after a new password that the policy rejects or that was not repeated", async () => {
      const screen = await onTerminal([
        [`Password of ${username}:`, "Temporary-1"],
        ["New password:", "short"],
        ["New password again:", "short"],
        ["given_name:", "Taro"],
        ["Password does not conform to policy: ", ""],
        ["New password:", "Permanent-1"],
        ["New password again:", "Permanent-2"],
        ["The new passwords differ.", ""],
        ["New password:", "Permanent-1"],
        ["New password again:", "Permanent-1"],
        ["given_name:", "Taro"],
      ]);
      expect(screen.stdout).toContain('"AccessToken": "');
      expect(screen.status).toBe(0);
    });

    it("ends with status 130 at Ctrl-C", async () => {
      const screen = await onTerminal([[`Password of ${username}:`, "\u0003"]]);
      expect(screen.status).toBe(130);
      expect(screen.stdout).not.toContain("Error");
    });
  });
});
