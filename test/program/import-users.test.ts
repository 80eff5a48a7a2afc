import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AdminGetUserCommand,
  CreateUserPoolCommand,
  DescribeUserPoolCommand,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { importUsersCommand } from "../../src/cli/import-users.ts";
import { demo } from "../../src/seed/index.ts";
import { type CognateProcess, program, startCognate } from "../support/cognate-process.ts";
import { openUserPool, signInBySrp } from "../support/identity-js.ts";
import { listen } from "../support/listen.ts";
import { need } from "../support/machine.ts";
import { createPoolAndClient, startTestServer, type TestServer } from "../support/server.ts";

const demoPool = `us-east-1_${demo.poolSuffix}`;

let server: TestServer;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "cognate-import-users-"));
  // The mode in which permissions count.
  server = await startTestServer({ mode: "serve", dataDir: join(folder, "data"), inMemory: true });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(args: readonly string[], dataDir = server.dataDir) {
  const child = spawn(
    process.execPath,
    [program, "import-users", "--data-dir", dataDir, "--report", join(folder, "report.ndjson"), ...args],
    { env: { PATH: process.env.PATH, HOME: folder }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  const ended = new Promise<Ended>((done) => child.on("close", (status) => done({ status, stdout, stderr })));
  return { child, ended };
}

const importUsers = (...args: string[]) => start(args).ended;

type Moment = "request" | "answer";

/**
 * Runs the program, and does something to it when the request or the answer of one of its batches is under way.
 *
 * @param meanwhile returns whether the request or the answer goes on
 */
async function interrupt(
  args: readonly string[],
  { batch, moment }: { readonly batch: number; readonly moment: Moment },
  meanwhile: (child: ReturnType<typeof start>["child"]) => boolean,
): Promise<Ended> {
  let batches = 0;
  const between = createServer((incoming, outgoing) => {
    const isSent = incoming.method === "POST" && incoming.url?.startsWith("/_cognate/user-imports");
    const isBatch = isSent === true && ++batches === batch;
    const goesOn = (at: Moment) => !isBatch || at !== moment || meanwhile(child);
    if (!goesOn("request")) return;
    const { hostname, port } = new URL(server.url);
    const { method, headers, url: path } = incoming;
    const forwarded = request({ hostname, port, method, headers, path, setHost: false }, (answer) => {
      if (!goesOn("answer")) return;
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(forwarded);
  });
  const url = `http://127.0.0.1:${await listen(between)}`;
  const { child, ended } = start([...args, "--endpoint-url", url]);
  const result = await ended;
  between.closeAllConnections();
  between.close();
  return result;
}

/** As `cognate import-users` writes it. */
const report = () =>
  readFileSync(join(folder, "report.ndjson"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { record: number; where: string; username?: string; reason: string });

function file(name: string, content: string | object): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

async function newPool(): Promise<string> {
  const { UserPool } = await server.cognito.send(
    new CreateUserPoolCommand({ PoolName: "import", AutoVerifiedAttributes: ["email"] }),
  );
  return UserPool?.Id ?? "";
}

async function countOf(UserPoolId: string): Promise<number> {
  const { UserPool } = await server.cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
  return UserPool?.EstimatedNumberOfUsers ?? -1;
}

const users = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `user${from + index},user${from + index}@example.com,true`);
const csv = (rows: readonly string[]) => ["cognito:username,email,email_verified", ...rows].join("\n");

/** By password, and then as browsers do it. */
async function signsIn(
  { poolId, clientId }: { poolId: string; clientId: string },
  username: string,
  password: string,
): Promise<void> {
  const byPassword = (PASSWORD: string) =>
    server.cognito.send(
      new InitiateAuthCommand({
        ClientId: clientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: username, PASSWORD },
      }),
    );
  await expect(byPassword(`${password}x`)).rejects.toThrow("Incorrect username or password.");
  expect((await byPassword(password)).AuthenticationResult?.AccessToken).toBeDefined();
  const { userOf } = openUserPool(server, { poolId, clientId });
  await signInBySrp(userOf(username), password);
}

/** What Python makes of "Päss-word 1" with a salt of 16 bytes: base64 of the salt, and of each hash. */
function pythonHashes(): Record<"salt" | "sha1" | "sha256" | "sha512", string> {
  return JSON.parse(
    execFileSync(
      "python3",
      [
        "-c",
        `
import base64, hashlib, json
b64 = lambda b: base64.b64encode(b).decode()
salt, word = bytes(range(16)), "Päss-word 1".encode()
print(json.dumps({
  "salt": b64(salt),
  "sha256": b64(hashlib.pbkdf2_hmac("sha256", word, salt, 27500, 64)),
  "sha512": b64(hashlib.pbkdf2_hmac("sha512", word, salt, 30000, 64)),
  "sha1": b64(hashlib.pbkdf2_hmac("sha1", word, salt, 20000, 64)),
}))`,
      ],
      { encoding: "utf8" },
    ),
  );
}

/** Published by Firebase with its scrypt tool: the password is `user1password`. */
const firebase = {
  hash: "lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==",
  salt: "42xEC+ixf3L2lw==",
  config: `hash_config {
  algorithm: SCRYPT,
  base64_signer_key: jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==,
  base64_salt_separator: Bw==,
  rounds: 8,
  mem_cost: 14,
}`,
};

describe("users of another identity server sign in by password, and then by SRP", () => {
  it("from a realm export of Keycloak in one file or a folder", async () => {
    need("python");
    const python = pythonHashes();
    const ids = await createPoolAndClient(server.cognito);
    const credentials = (algorithm: string, hash: string, hashIterations: number) => [
      {
        type: "password",
        secretData: JSON.stringify({ value: hash, salt: python.salt, additionalParameters: {} }),
        credentialData: JSON.stringify({ hashIterations, algorithm, additionalParameters: {} }),
      },
    ];
    const argon2 = {
      type: "password",
      secretData: JSON.stringify({
        value: "nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4=",
        salt: "c29tZXNhbHQ=",
      }),
      credentialData: JSON.stringify({
        hashIterations: 2,
        algorithm: "argon2",
        additionalParameters: { type: ["id"], version: ["1.3"], memory: ["256"], parallelism: ["1"] },
      }),
    };
    const export_ = join(folder, "realm");
    mkdirSync(export_);
    file("realm/example-realm.json", { realm: "example", clients: [{ clientId: "x" }] });
    file("realm/example-users-0.json", {
      realm: "example",
      users: [
        { username: "sha256", credentials: credentials("pbkdf2-sha256", python.sha256, 27500) },
        { username: "sha512", credentials: credentials("pbkdf2-sha512", python.sha512, 30000) },
      ],
    });
    file("realm/example-users-1.json", {
      realm: "example",
      users: [
        { username: "sha1", credentials: credentials("pbkdf2", python.sha1, 20000) },
        { username: "argon2", credentials: [argon2] },
        { username: "none", enabled: false },
      ],
    });
    const result = await importUsers("--user-pool-id", ids.poolId, "--format", "keycloak", export_);
    expect(result).toMatchObject({ status: 0, stdout: expect.stringContaining("5 imported, 0 skipped") });
    for (const name of ["sha256", "sha512", "sha1"]) await signsIn(ids, name, "Päss-word 1");
    // Of the tests of the reference implementation of Argon2.
    await signsIn(ids, "argon2", "password");
    const none = await server.cognito.send(
      new AdminGetUserCommand({ UserPoolId: ids.poolId, Username: "none" }),
    );
    expect(none).toMatchObject({ UserStatus: "RESET_REQUIRED", Enabled: false });
  });

  it("from Auth0, Logto and CSV, with bcrypt as htpasswd writes it", async () => {
    // Of the documentation of the Apache HTTP Server, "Password Formats".
    const hash = "$2y$05$c4WoMPo3SXsafkva.HHa6uXQZWr7oboPiC2bT/r7q1BB8I2s0BRqC";
    const sources = {
      auth0: `${JSON.stringify({ _id: { $oid: "1" }, email: "ana@example.com", passwordHash: hash })}\n`,
      logto: [
        { id: "1", primaryEmail: "ana@example.com", passwordDigest: hash, passwordAlgorithm: "Bcrypt" },
      ],
      "cognito-csv": `cognito:username,email,email_verified,password_hash\nana@example.com,ana@example.com,true,${hash}`,
    };
    for (const [format, content] of Object.entries(sources)) {
      const ids = await createPoolAndClient(server.cognito, { UsernameAttributes: ["email"] });
      const path = file(`users.${format}`, content);
      const result = await importUsers("--user-pool-id", ids.poolId, "--format", format, path);
      expect(result, format).toMatchObject({ status: 0, stdout: expect.stringContaining("1 imported") });
      await signsIn(ids, "ana@example.com", "myPassword");
    }
  });

  it("from Firebase, with the project's parameters", async () => {
    const ids = await createPoolAndClient(server.cognito, { AliasAttributes: ["email"] });
    const exported = file("firebase.json", {
      users: [
        {
          localId: "uid1",
          email: "ana@example.com",
          emailVerified: true,
          passwordHash: firebase.hash,
          salt: firebase.salt,
        },
      ],
    });
    const where = ["--user-pool-id", ids.poolId, "--format", "firebase", exported];
    expect(await importUsers(...where)).toMatchObject({ status: 3 });
    expect(report()).toEqual([
      {
        record: 1,
        where: "firebase.json user 1",
        username: "uid1",
        reason: "The project's hash parameters are missing; give them with --hash-config.",
      },
    ]);
    const config = file("hash-config.txt", firebase.config);
    expect(await importUsers(...where, "--hash-config", config)).toMatchObject({ status: 0 });
    await signsIn(ids, "ana@example.com", "user1password");
  });
});

describe("an import", () => {
  it("reports skipped and failed users, and changes nothing in a second run", async () => {
    const poolId = await newPool();
    const path = file(
      "mixed.csv",
      csv([...users(0, 3), "user1,other@example.com,true", "eve,not an address,true", "short"]),
    );
    const args = ["--user-pool-id", poolId, "--format", "cognito-csv", path];
    const result = await importUsers(...args);
    expect(result.status).toBe(3);
    expect(result.stdout).toContain("3 imported, 1 skipped because they exist, 2 failed");
    const problems = [
      { record: 4, where: "mixed.csv line 5", username: "user1", reason: "The user already exists." },
      { record: 5, where: "mixed.csv line 6", username: "eve", reason: "Invalid email address format." },
      { record: 6, where: "mixed.csv line 7", reason: "The row has 1 values, and the header 3." },
    ];
    expect(report()).toEqual(problems);
    const again = await importUsers(...args);
    expect(again).toMatchObject({ status: 0, stdout: "" });
    expect(again.stderr).toContain("imported before: 3 imported, 1 skipped");
    expect(report()).toEqual(problems);
    const anew = await importUsers(...args, "--again");
    expect(anew.stdout).toContain("0 imported, 4 skipped because they exist, 2 failed");
    expect(await countOf(poolId)).toBe(3);
  });

  it("checks every record in a dry run and writes nothing", async () => {
    const poolId = await newPool();
    const path = file("dry.csv", csv([...users(0, 1_100), "short"]));
    const args = ["--user-pool-id", poolId, "--format", "cognito-csv", path];
    const dry = await importUsers(...args, "--dry-run");
    expect(dry).toMatchObject({ status: 3, stdout: expect.stringContaining("1,100 imported, 0 skipped") });
    expect(report()).toMatchObject([{ record: 1101 }]);
    expect(await countOf(poolId)).toBe(0);
    expect((await importUsers(...args)).stdout).toContain("1,100 imported, 0 skipped");
    expect((await importUsers(...args, "--dry-run")).stdout).toContain("0 imported, 1,100 skipped");
  });

  it("continues after its program was killed, and imports and reports each record once", async () => {
    const poolId = await newPool();
    // Each five hundredth row fails.
    const rows = users(0, 4_000).map((row, index) => (index % 500 === 499 ? "short" : row));
    const args = ["--user-pool-id", poolId, "--format", "cognito-csv", file("killed.csv", csv(rows))];
    const counts: number[] = [];
    for (const at of [
      { batch: 1, moment: "answer" },
      { batch: 1, moment: "request" },
      { batch: 2, moment: "answer" },
    ] as const) {
      const { status } = await interrupt(args, at, (child) => !child.kill("SIGKILL"));
      expect(status).toBe(null);
      counts.push(await countOf(poolId));
    }
    const [first = 0, second, third = 0] = counts;
    expect(first).toBeGreaterThan(0);
    expect(second).toBe(first);
    expect(third).toBeGreaterThan(first);
    const last = await importUsers(...args);
    expect(last.stderr).toContain("Going on after");
    expect(last.stdout).toContain("3,992 imported, 0 skipped because they exist, 8 failed");
    expect(await countOf(poolId)).toBe(3_992);
    expect(report().map(({ record }) => record)).toEqual(
      Array.from({ length: 8 }, (_, index) => (index + 1) * 500),
    );
  });

  it("ends after the current batch at Ctrl-C, and continues later", async () => {
    const poolId = await newPool();
    const path = file("long.csv", csv(users(0, 3_000)));
    const args = ["--user-pool-id", poolId, "--format", "cognito-csv", path];
    expect(
      await interrupt(args, { batch: 2, moment: "request" }, (child) => child.kill("SIGINT")),
    ).toMatchObject({
      status: 130,
      stderr: expect.stringContaining("Run the same command again to go on."),
    });
    const count = await countOf(poolId);
    expect(count).toBeGreaterThan(1_000);
    expect(count).toBeLessThan(3_000);
    expect((await importUsers(...args)).stdout).toContain("3,000 imported, 0 skipped");
  });

  it("waits for a server that was killed, finds it at its new port and continues", async () => {
    const dataDir = join(folder, "killed-server");
    const startServer = () => startCognate("dev", ["--data-dir", dataDir]);
    const first = await startServer();
    const imports = async ({ url }: CognateProcess) => {
      const answer = await fetch(`${url}/_cognate/user-imports?poolId=${demoPool}`);
      return ((await answer.json()) as { bulk: { position: number }[] }).bulk;
    };
    const path = file("server.csv", csv(users(0, 5_000)));
    const { ended } = start(["--user-pool-id", demoPool, "--format", "cognito-csv", path], dataDir);
    await expect
      .poll(async () => (await imports(first))[0]?.position ?? 0, { timeout: 60_000, interval: 20 })
      .toBeGreaterThan(0);
    await first.stop("SIGKILL");
    const second = await startServer();
    expect(await ended).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("5,000 imported, 0 skipped because they exist, 0 failed"),
    });
    expect((await imports(second))[0]).toMatchObject({ position: 5_000, imported: 5_000 });
  }, 120_000);
});

describe("a wrong command line", () => {
  it("ends with one message if no access key is found", async () => {
    const args = ["--user-pool-id", await newPool(), "--format", "cognito-csv", "--profile", "nobody"];
    expect(await importUsers(...args, file("profile.csv", csv(users(0, 1))))).toMatchObject({
      status: 1,
      stderr: "cognate import-users: Could not load credentials from any providers\n",
    });
  });

  const help = "cognate import-users --help tells more.";

  it("ends the program with another exit status than a failed import", async () => {
    const poolId = await newPool();
    const path = file("one.csv", csv(users(0, 1)));
    const into = ["--user-pool-id", poolId, "--format"];
    const outcomeOf = async (...args: string[]) => {
      const { status, stderr } = await importUsers(...args);
      return [status, stderr.replace(/^.*?\n?cognate import-users: /s, "").split("\n")[0]];
    };
    expect(await outcomeOf(...into, "cognito-csv", path, "--id-attribute", "custom:none")).toEqual([
      2,
      `The user pool has no attribute custom:none. ${help}`,
    ]);
    const cut = file("cut.json", '{"users":[{"username":"ana"},{"user');
    expect(await outcomeOf(...into, "keycloak", cut)).toEqual([
      1,
      `${cut} ends in the middle: it is not whole.`,
    ]);
    expect(await outcomeOf(...into, "cognito-csv", cut)).toEqual([
      1,
      `${cut} has no column cognito:username in its first line.`,
    ]);
    expect(await outcomeOf("--user-pool-id", "us-east-1_Nowhere00", "--format", "cognito-csv", path)).toEqual(
      [1, "User pool us-east-1_Nowhere00 does not exist."],
    );
    const powerUser = await outcomeOf(...into, "cognito-csv", path, "--profile", "cognate-power-user");
    expect(powerUser[0]).toBe(1);
    expect(powerUser[1]).toContain("is not authorized to perform: cognate:ReadUserImports");
    expect(await countOf(poolId)).toBe(0);
  });

  const pool = ["--user-pool-id", "us-east-1_a"];
  const existing = import.meta.filename;
  it.each([
    [
      "an unknown format",
      [...pool, "--format", "okta", existing],
      "--format must be one of keycloak, auth0, firebase, logto, cognito-json, cognito-csv.",
    ],
    ["an unknown option", ["--nope"], "Unknown option '--nope'."],
    [
      "an endpoint that is no URL",
      [...pool, "--format", "cognito-csv", "--endpoint-url", "nonsense", existing],
      '--endpoint-url must be a URL such as http://127.0.0.1:9229, got "nonsense".',
    ],
    [
      "a malformed ID of a user pool",
      ["--user-pool-id", "nothing", "--format", "cognito-csv", existing],
      '"nothing" is no ID of a user pool, such as us-east-1_AbCdEfGhI.',
    ],
    [
      "a file that does not exist",
      [...pool, "--format", "cognito-csv", "gone.csv"],
      "There is no file gone.csv.",
    ],
  ])("is answered before a server is asked: %s", async (_what, args: readonly string[], message) => {
    // The command itself, in this process.
    const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    onTestFinished(() => write.mockRestore());
    expect(await importUsersCommand(args, {})).toBe(2);
    expect(write.mock.calls).toEqual([[`cognate import-users: ${message} ${help}\n`]]);
  });
});
