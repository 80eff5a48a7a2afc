/** Import jobs through the AWS CLI, curl and SRP clients, with servers that are killed, and the API of bulk imports. */
import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  AdminGetUserCommand,
  type CognitoIdentityProviderClient,
  CreateUserImportJobCommand,
  DescribeUserImportJobCommand,
  InitiateAuthCommand,
  ListUsersCommand,
  type PasswordHashingAlgorithmType,
  StartUserImportJobCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startCognate } from "../support/cognate-process.ts";
import { openUserPool, signInBySrp } from "../support/identity-js.ts";
import { inbox } from "../support/inbox.ts";
import { isMissing, need } from "../support/machine.ts";
import { createPoolAndClient, startTestServer, type TestServer } from "../support/server.ts";

/** Without blocking: the server runs in this process. */
const run = promisify(execFile);

const ROLE = "arn:aws:iam::123456789012:role/logs";
const HEADER: [name: string, value: string] = ["x-amz-server-side-encryption", "aws:kms"];

let server: TestServer;
let folder: string;
beforeAll(async () => {
  server = await startTestServer();
  folder = mkdtempSync(join(tmpdir(), "cognate-import-clients-"));
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

function file(name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.join("\n"));
  return path;
}

async function importFile(
  cognito: CognitoIdentityProviderClient,
  UserPoolId: string,
  path: string,
  PasswordHashingAlgorithm?: PasswordHashingAlgorithmType,
) {
  const { UserImportJob: { JobId = "", PreSignedUrl = "" } = {} } = await cognito.send(
    new CreateUserImportJobCommand({
      UserPoolId,
      JobName: "job",
      CloudWatchLogsRoleArn: ROLE,
      ...(PasswordHashingAlgorithm && { PasswordHashingAlgorithm }),
    }),
  );
  const body = readFileSync(path);
  expect((await fetch(PreSignedUrl, { method: "PUT", headers: [HEADER], body })).status).toBe(200);
  await cognito.send(new StartUserImportJobCommand({ UserPoolId, JobId }));
  return { UserPoolId, JobId };
}

const jobOf = async (cognito: CognitoIdentityProviderClient, job: { UserPoolId: string; JobId: string }) =>
  (await cognito.send(new DescribeUserImportJobCommand(job))).UserImportJob ?? {};

describe("an import job", () => {
  it("runs through the AWS CLI and curl, with a file that was filled in by hand", async () => {
    need("awsCli");
    need("curl");
    const { poolId } = await createPoolAndClient(server.cognito, { AutoVerifiedAttributes: ["email"] });
    const aws = (...args: string[]) =>
      server.aws("cognate", "cognito-idp", ...args, "--user-pool-id", poolId);
    const { CSVHeader } = (await aws("get-csv-header")) as { CSVHeader: string[] };
    const ana: Record<string, string> = {
      "cognito:username": "ana",
      "cognito:mfa_enabled": "",
      email: "ana@example.com",
      email_verified: "TRUE",
      updated_at: "1700000000",
    };
    const path = file("by-hand.csv", [CSVHeader.join(), CSVHeader.map((name) => ana[name] ?? "").join()]);
    const role = ["--cloud-watch-logs-role-arn", ROLE];
    const { UserImportJob: created } = await aws("create-user-import-job", "--job-name", "by hand", ...role);
    expect(created).toMatchObject({ JobName: "by hand", Status: "Created", ImportedUsers: 0 });
    // Version 1 of the CLI prints seconds, version 2 a text.
    const createdAt = Number(created.CreationDate) * 1000 || Date.parse(created.CreationDate);
    expect(Math.abs(createdAt - Date.now())).toBeLessThan(60_000);
    const job = ["--job-id", created.JobId];
    await expect(aws("start-user-import-job", ...job)).rejects.toThrow(
      `(PreconditionNotMetException) when calling the StartUserImportJob operation: No csv file was uploaded for ${created.JobId}`,
    );
    await run("curl", ["-sSf", "-T", path, "-H", HEADER.join(":"), created.PreSignedUrl]);
    const { UserImportJob: started } = await aws("start-user-import-job", ...job);
    expect(started).toMatchObject({ Status: "Pending", StartDate: expect.anything() });
    const named = { UserPoolId: poolId, JobId: created.JobId };
    await expect
      .poll(async () => (await jobOf(server.cognito, named)).Status, { timeout: 30_000 })
      .toBe("Succeeded");
    expect((await aws("describe-user-import-job", ...job)).UserImportJob).toMatchObject({
      ImportedUsers: 1,
      CompletionDate: expect.anything(),
      CompletionMessage: "Import Job Completed Successfully.",
    });
    const { UserImportJobs } = await aws("list-user-import-jobs", "--max-results", "10");
    expect(UserImportJobs).toHaveLength(1);
    const user = await aws("admin-get-user", "--username", "ana");
    expect(user).toMatchObject({ UserStatus: "RESET_REQUIRED", Enabled: true });
  }, 120_000);

  it.each([
    // Of the documentation of the Apache HTTP Server, "Password Formats": htpasswd.
    ["BCRYPT", "$2y$05$c4WoMPo3SXsafkva.HHa6uXQZWr7oboPiC2bT/r7q1BB8I2s0BRqC", "myPassword"],
    // Of crypt() in the C library.
    ["BCRYPT", perlCrypt("Päss-word 1", "$2b$06$abcdefghijklmnopqrstuu"), "Päss-word 1"],
    // Of the tests of the reference implementation of Argon2.
    [
      "ARGON2ID",
      "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
      "password",
    ],
    ["PBKDF2_SHA256", python("pbkdf2"), "Päss-word 1"],
    ["SCRYPT", python("scrypt"), "Päss-word 1"],
  ] as const)(
    "imports the %s hash %s, and SRP is accepted after the first password sign-in",
    async (algorithm, hash, password) => {
      if (hash === "") need("python");
      const { cognito } = server;
      const { poolId, clientId } = await createPoolAndClient(cognito, { AutoVerifiedAttributes: ["email"] });
      const quoted = hash.includes(",") ? `"${hash}"` : hash;
      const path = file("hash.csv", [
        "cognito:username,email,email_verified,password_hash",
        `ana,ana@example.com,true,${quoted}`,
      ]);
      const job = await importFile(cognito, poolId, path, algorithm);
      await expect
        .poll(async () => (await jobOf(cognito, job)).Status, { timeout: 30_000 })
        .toBe("Succeeded");
      const bySrp = () => {
        const { userOf } = openUserPool(server, { poolId, clientId });
        return signInBySrp(userOf("ana"), password);
      };
      await expect(bySrp()).rejects.toThrow("Incorrect username or password.");
      const { AuthenticationResult } = await cognito.send(
        new InitiateAuthCommand({
          ClientId: clientId,
          AuthFlow: "USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: "ana", PASSWORD: password },
        }),
      );
      expect(AuthenticationResult?.AccessToken).toBeDefined();
      await bySrp();
    },
  );

  it("invokes no trigger and sends no message", async () => {
    const { cognito } = server;
    // No function is there: each would fail.
    const arn = "arn:aws:lambda:us-east-1:123456789012:function:missing";
    const { poolId } = await createPoolAndClient(cognito, {
      AutoVerifiedAttributes: ["email"],
      LambdaConfig: {
        PreSignUp: arn,
        PostConfirmation: arn,
        CustomMessage: arn,
        PreAuthentication: arn,
        PreTokenGeneration: arn,
        UserMigration: arn,
      },
    });
    const path = file("triggers.csv", ["cognito:username,email,email_verified", "ana,ana@example.com,true"]);
    const job = await importFile(cognito, poolId, path);
    await expect
      .poll(() => jobOf(cognito, job), { timeout: 30_000 })
      .toMatchObject({ Status: "Succeeded", ImportedUsers: 1 });
    const answer = await fetch(`${server.url}/console/api/user-pools/${poolId}/invocations`, {
      headers: { "x-cognate-console": "1" },
    });
    expect(await answer.json()).toEqual({ invocations: [] });
    expect(await inbox(server, { poolId })).toEqual([]);
  });

  it("rejects rows that are too long, and accepts the CSV of spreadsheets", async () => {
    const { cognito } = server;
    const { poolId } = await createPoolAndClient(cognito, { AutoVerifiedAttributes: ["email"] });
    const path = file("odd.csv", [
      "\uFEFFcognito:username,email,email_verified,name\r",
      'ana,ana@example.com,TRUE,"Ana, the ""first"""\r',
      `bob,bob@example.com,true,${"x".repeat(16_000)}\r`,
      "\r",
    ]);
    const job = await importFile(cognito, poolId, path);
    await expect
      .poll(() => jobOf(cognito, job), { timeout: 30_000 })
      .toMatchObject({ Status: "Succeeded", ImportedUsers: 1, FailedUsers: 1 });
    const ana = await cognito.send(new AdminGetUserCommand({ UserPoolId: poolId, Username: "ana" }));
    expect(ana.UserAttributes).toContainEqual({ Name: "name", Value: 'Ana, the "first"' });
  });

  it("continues after its server was killed, and imports each row once", async () => {
    const dataDir = join(folder, "killed");
    const startServer = () => startCognate("dev", ["--data-dir", dataDir]);
    const first = await startServer();
    const { poolId } = await createPoolAndClient(first.cognito, { AutoVerifiedAttributes: ["email"] });
    const rows = Array.from({ length: 20_000 }, (_, n) => `user${n},user${n}@example.com,true`);
    const path = file("killed.csv", ["cognito:username,email,email_verified", ...rows]);
    const job = await importFile(first.cognito, poolId, path);
    await expect
      .poll(async () => (await jobOf(first.cognito, job)).ImportedUsers, { timeout: 30_000, interval: 10 })
      .toBeGreaterThan(1000);
    await first.stop("SIGKILL");
    const second = await startServer();
    expect((await jobOf(second.cognito, job)).Status).toBe("InProgress");
    // The lease of the first one ends.
    await fetch(`${second.url}/_cognate/clock`, { method: "POST", body: '{"advanceSeconds":11}' });
    await expect
      .poll(async () => (await jobOf(second.cognito, job)).Status, { timeout: 60_000 })
      .toBe("Succeeded");
    expect(await jobOf(second.cognito, job)).toMatchObject({
      ImportedUsers: 20_000,
      SkippedUsers: 0,
      FailedUsers: 0,
    });
  }, 120_000);
});

describe("the API of imports in bulk", () => {
  const batch = { id: "a.1", source: "a", totalBytes: 1, position: 0, bytes: 1, isLast: true };
  const send = async (poolId: string, body: unknown, url = server.url) => {
    const answer = await fetch(`${url}/_cognate/user-imports?poolId=${poolId}`, {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    return [answer.status, ((await answer.json()) as { message?: string }).message];
  };

  it("rejects a batch that is malformed, too large, out of order, or for an unknown pool", async () => {
    const { poolId } = await createPoolAndClient(server.cognito);
    const user = { username: "ana", attributes: {} };
    const refusals = [
      await send(poolId, "{"),
      await send(poolId, []),
      await send(poolId, { ...batch, users: {} }),
      await send(poolId, { ...batch, users: [], admin: true }),
      await send(poolId, { ...batch, users: [], id: Array.from({ length: 300 }, () => 1) }),
      await send(poolId, { ...batch, users: Array.from({ length: 1001 }, () => user) }),
      await send(poolId, { ...batch, position: 5, users: [user] }),
      await send("us-east-1_Nowhere00", { ...batch, users: [user] }),
    ];
    expect(refusals.map(([status]) => status)).toEqual([400, 400, 400, 400, 400, 400, 409, 404]);
    expect(refusals.map(([, message]) => message)).toEqual([
      "The body is not JSON.",
      expect.stringContaining("The body is not a batch of users: the whole"),
      "The body is not a batch of users: users: it is not a list",
      expect.stringContaining("The body is not a batch of users: the whole"),
      "The body is not a batch of users: the whole: it has too many values",
      expect.stringContaining("The body is not a batch of users: users"),
      "The import is at record 0, not at 5.",
      "User pool us-east-1_Nowhere00 does not exist.",
    ]);
    const [status] = await send(poolId, `"${"x".repeat(1024 * 1024)}"`);
    expect(status).toBe(413);
    const { Users } = await server.cognito.send(new ListUsersCommand({ UserPoolId: poolId }));
    expect(Users).toEqual([]);
  });

  const post = async (poolId: string, body: object) => {
    const answer = await fetch(`${server.url}/_cognate/user-imports?poolId=${poolId}`, {
      method: "POST",
      body: JSON.stringify(body),
    });
    return (await answer.json()) as { state: object; problems: { username?: string; reason: string }[] };
  };

  it("reports a record that is no user, and imports the others of its batch", async () => {
    const { poolId } = await createPoolAndClient(server.cognito);
    const many = Array.from({ length: 300 }, (_, index) => [`custom:a${index}`, "x"]);
    const { state, problems } = await post(poolId, {
      ...batch,
      users: [
        { username: "ana", attributes: {} },
        { username: "many", attributes: Object.fromEntries(many) },
        { username: "number", attributes: { name: 1 } },
        { username: "other", attributes: {}, admin: true },
        { username: 7, attributes: {} },
        "text",
        { problem: "x".repeat(501) },
        { username: "zoe", attributes: {} },
      ],
    });
    expect(state).toMatchObject({ position: 8, imported: 2, skipped: 0, failed: 6 });
    const form = "The record is not in the form of a user";
    expect(problems).toEqual([
      { position: 1, username: "many", reason: `${form}: attributes: expected at most 200 texts by name` },
      { position: 2, username: "number", reason: `${form}: attributes: expected at most 200 texts by name` },
      { position: 3, username: "other", reason: expect.stringContaining('"admin"') },
      { position: 4, reason: expect.stringContaining(`${form}: username: `) },
      { position: 5, reason: expect.stringContaining(form) },
      { position: 6, reason: expect.stringContaining(`${form}: problem: `) },
    ]);
  });

  it("keeps the sub, the status and the dates that a record has, and reports a sub that is taken", async () => {
    const { poolId } = await createPoolAndClient(server.cognito);
    const subs = ["1", "2", "3"].map((digit) => `24d79066-9d82-7096-0dad-b458a167efa${digit}`);
    const [ana, bob, zoe] = subs;
    const dated = { createdAt: 1_600_000_000_000, lastModifiedAt: 1_700_000_000_000 };
    const users = [
      { username: "ana", attributes: {}, sub: ana, status: "UNCONFIRMED", ...dated },
      { username: "bob", attributes: {}, sub: bob, status: "FORCE_CHANGE_PASSWORD" },
      { username: "no-uuid", attributes: {}, sub: "7" },
      { username: "eve", attributes: {}, sub: ana },
      { username: "ana", attributes: {}, sub: zoe },
      { username: "bob", attributes: {}, sub: bob },
    ];
    const { state, problems } = await post(poolId, { ...batch, users });
    expect(state).toMatchObject({ imported: 2, skipped: 1, failed: 3 });
    expect(problems.map(({ username, reason }) => [username, reason])).toEqual([
      ["no-uuid", "The sub is not a UUID in lower case."],
      ["eve", "The sub is that of another user."],
      ["ana", "A user with this name or address exists and has another sub."],
      ["bob", "The user already exists."],
    ]);
    const found = async (Username: string) =>
      server.cognito.send(new AdminGetUserCommand({ UserPoolId: poolId, Username }));
    expect(await found("ana")).toMatchObject({
      UserAttributes: [{ Name: "sub", Value: ana }],
      UserStatus: "UNCONFIRMED",
      UserCreateDate: new Date(dated.createdAt),
      UserLastModifiedDate: new Date(dated.lastModifiedAt),
    });
    expect(await found("bob")).toMatchObject({ UserStatus: "FORCE_CHANGE_PASSWORD" });
  });

  it("gives a repeated batch the first answer, and imports it once", async () => {
    const { poolId } = await createPoolAndClient(server.cognito);
    const first = {
      ...batch,
      isLast: false,
      users: [
        { username: "ana", attributes: {} },
        { username: "ana", attributes: {} },
        { problem: "Unreadable." },
        { username: "x".repeat(129), attributes: {} },
        {
          username: "dear",
          attributes: {},
          passwordHash: "$2b$31$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        },
      ],
    };
    const answer = await post(poolId, first);
    expect(answer.state).toMatchObject({ position: 5, imported: 1, skipped: 1, failed: 3 });
    expect(answer.problems.map(({ reason }) => reason)).toEqual([
      "The user already exists.",
      "Unreadable.",
      "The username is missing or too long.",
      "The password hash is of an unknown form, or checking it would cost too much.",
    ]);
    expect(await post(poolId, first)).toEqual(answer);
    const last = { ...batch, position: 5, users: [] };
    expect((await post(poolId, last)).state).toMatchObject({ position: 5, isFinished: true });
    expect((await post(poolId, last)).state).toMatchObject({ position: 5, isFinished: true });
    expect(
      (await send(poolId, { ...batch, position: 5, users: [{ username: "bob", attributes: {} }] }))[0],
    ).toBe(409);
  });

  it("requires a signature and a permission if unknown keys are not trusted", async () => {
    const production = await startTestServer({ mode: "serve", inMemory: true });
    try {
      const { poolId } = await createPoolAndClient(production.cognito);
      const body = { ...batch, users: [{ username: "ana", attributes: {} }] };
      expect((await send(poolId, body, production.url))[0]).toBe(403);
      const read = await fetch(`${production.url}/_cognate/user-imports?poolId=${poolId}`);
      expect(read.status).toBe(403);
      const log = await fetch(`${production.url}/_cognate/import-log?poolId=${poolId}&jobId=x`);
      expect(log.status).toBe(403);
      const { Users } = await production.cognito.send(new ListUsersCommand({ UserPoolId: poolId }));
      expect(Users).toEqual([]);
    } finally {
      await production.stop();
    }
  });
});

function perlCrypt(password: string, salt: string): string {
  return execFileSync("perl", ["-e", "print crypt($ARGV[0], $ARGV[1])", password, salt], {
    encoding: "utf8",
  });
}

/** @returns empty text on a machine without Python */
function python(kind: "scrypt" | "pbkdf2"): string {
  if (isMissing("python")) return "";
  const program = `
import hashlib, base64
ab64 = lambda b: base64.b64encode(b).decode().rstrip("=").replace("+", ".")
salt, word = bytes(range(16)), "Päss-word 1".encode()
scrypt = hashlib.scrypt(word, salt=salt, n=16384, r=8, p=1, maxmem=2**26, dklen=32)
print({
  "scrypt": "16384$8$1$" + salt.hex() + "$" + scrypt.hex(),
  "pbkdf2": "$pbkdf2-sha256$29000$" + ab64(salt) + "$" + ab64(hashlib.pbkdf2_hmac("sha256", word, salt, 29000)),
}["${kind}"])`;
  return execFileSync("python3", ["-c", program], { encoding: "utf8" }).trim();
}
