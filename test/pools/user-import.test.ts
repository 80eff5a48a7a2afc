import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import {
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  CreateUserImportJobCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeUserImportJobCommand,
  GetCSVHeaderCommand,
  ListUserImportJobsCommand,
  type PasswordHashingAlgorithmType,
  StartUserImportJobCommand,
  StopUserImportJobCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inbox } from "../support/inbox.ts";
import { need } from "../support/machine.ts";
import { clockOf, startTestServer, type TestServer } from "../support/server.ts";

/** Without blocking: the server runs in this process. */
const run = promisify(execFile);

const CloudWatchLogsRoleArn = "arn:aws:iam::123456789012:role/logs";
const ENCRYPTION = { "x-amz-server-side-encryption": "aws:kms" };

let server: TestServer;
let folder: string;
beforeAll(async () => {
  server = await startTestServer();
  folder = mkdtempSync(join(tmpdir(), "cognate-import-"));
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

async function newPool() {
  const { cognito } = server;
  const { UserPool } = await cognito.send(
    new CreateUserPoolCommand({ PoolName: "import", AutoVerifiedAttributes: ["email"] }),
  );
  const UserPoolId = UserPool?.Id ?? "";
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: "app",
      ExplicitAuthFlows: [
        "ALLOW_ADMIN_USER_PASSWORD_AUTH",
        "ALLOW_USER_SRP_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
      ],
    }),
  );
  return { UserPoolId, ClientId: UserPoolClient?.ClientId ?? "" };
}

async function newJob(UserPoolId: string, PasswordHashingAlgorithm?: PasswordHashingAlgorithmType) {
  const { UserImportJob } = await server.cognito.send(
    new CreateUserImportJobCommand({
      UserPoolId,
      JobName: "job",
      CloudWatchLogsRoleArn,
      ...(PasswordHashingAlgorithm && { PasswordHashingAlgorithm }),
    }),
  );
  return { UserPoolId, JobId: UserImportJob?.JobId ?? "", url: UserImportJob?.PreSignedUrl ?? "" };
}

async function ended({ UserPoolId, JobId }: { UserPoolId: string; JobId: string }) {
  return expect
    .poll(
      async () => {
        const found = await server.cognito.send(new DescribeUserImportJobCommand({ UserPoolId, JobId }));
        job = found.UserImportJob;
        return job?.Status;
      },
      { timeout: 20_000 },
    )
    .toMatch(/Succeeded|Failed|Stopped/)
    .then(() => job);
}
let job: Awaited<ReturnType<typeof describeType>>["UserImportJob"];
const describeType = (command: DescribeUserImportJobCommand) => server.cognito.send(command);

async function importFile(UserPoolId: string, lines: string[], algorithm?: PasswordHashingAlgorithmType) {
  const created = await newJob(UserPoolId, algorithm);
  const uploaded = await fetch(created.url, { method: "PUT", headers: ENCRYPTION, body: lines.join("\n") });
  expect(uploaded.status).toBe(200);
  await server.cognito.send(new StartUserImportJobCommand({ UserPoolId, JobId: created.JobId }));
  return { ...(await ended(created)), url: created.url };
}

const logOf = (UserPoolId: string, JobId = "") =>
  fetch(`${server.url}/_cognate/import-log?poolId=${UserPoolId}&jobId=${JobId}`).then((answer) =>
    answer.json(),
  );

const signIn = (
  { UserPoolId, ClientId }: { UserPoolId: string; ClientId: string },
  USERNAME: string,
  PASSWORD: string,
) =>
  server.cognito.send(
    new AdminInitiateAuthCommand({
      UserPoolId,
      ClientId,
      AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME, PASSWORD },
    }),
  );

describe("an import job", () => {
  it("creates users from an uploaded file with the columns of GetCSVHeader", async () => {
    need("curl");
    const pool = await newPool();
    const { CSVHeader = [] } = await server.cognito.send(
      new GetCSVHeaderCommand({ UserPoolId: pool.UserPoolId }),
    );
    expect(CSVHeader.slice(-2)).toEqual(["cognito:mfa_enabled", "cognito:username"]);
    const row = (values: Record<string, string>) => CSVHeader.map((name) => values[name] ?? "").join(",");
    const file = join(folder, "users.csv");
    const ana = {
      "cognito:username": "ana",
      email: "ana@example.com",
      email_verified: "TRUE",
      name: "Ana\\, the first",
    };
    writeFileSync(
      file,
      [
        CSVHeader.join(","),
        row({ ...ana, birthdate: "02/29/2000" }),
        row({ ...ana, email: "other@example.com" }),
        row({ "cognito:username": "bob", email: "bob@example.com", email_verified: "false" }),
        `ana,too,short`,
      ].join("\r\n"),
    );
    const created = await newJob(pool.UserPoolId);
    expect(created.JobId).toMatch(/^import-[A-Za-z0-9]{10}$/);
    const refused = server.cognito.send(new StartUserImportJobCommand(created));
    await expect(refused).rejects.toThrow(`No csv file was uploaded for ${created.JobId}`);

    const header = "x-amz-server-side-encryption:aws:kms";
    await run("curl", ["-sSf", "-T", file, "-H", header, created.url]);
    const { UserImportJob } = await server.cognito.send(new StartUserImportJobCommand(created));
    expect(UserImportJob).toMatchObject({
      Status: "Pending",
      StartDate: expect.any(Date),
      PreSignedUrl: created.url,
    });
    expect(await ended(created)).toMatchObject({
      Status: "Succeeded",
      CompletionMessage: "Import Job Completed Successfully.",
      ImportedUsers: 1,
      SkippedUsers: 1,
      FailedUsers: 2,
    });
    expect((await logOf(pool.UserPoolId, created.JobId)).lines).toEqual([
      "[SUCCEEDED] Line Number 2 - The import succeeded.",
      "[SKIPPED] Line Number 3 - The user already exists.",
      "[FAILED] Line Number 4 - The User Record does not set any of the auto verified attributes to true. (Example: email_verified to true).",
      "[FAILED] Line Number 5 - The row has 3 values, and the header 21.",
    ]);
    const user = await server.cognito.send(new AdminGetUserCommand({ ...pool, Username: "ana" }));
    expect(user).toMatchObject({ UserStatus: "RESET_REQUIRED", Enabled: true });
    expect(user.UserAttributes).toEqual(
      expect.arrayContaining([
        { Name: "name", Value: "Ana, the first" },
        { Name: "birthdate", Value: "2000-02-29" },
        { Name: "email_verified", Value: "true" },
      ]),
    );
    await expect(signIn(pool, "ana", "Passw0rd!")).rejects.toThrow("Password reset required for the user");
    const { UserImportJobs } = await server.cognito.send(
      new ListUserImportJobsCommand({ ...pool, MaxResults: 1 }),
    );
    expect(UserImportJobs).toHaveLength(1);
    // Nobody was told of it.
    expect(await inbox(server, {})).toEqual([]);
  });

  it.each([
    ["BCRYPT", "$2y$07$abcdefghijklmnopqrstuuGceK8v2AKlEa3II3MTHSYmbl0VqocjO", "rasmuslerdorf"],
    ["PBKDF2_SHA256", pythonHash("pbkdf2"), "Päss-word 1"],
    ["SCRYPT", pythonHash("scrypt"), "Päss-word 1"],
  ] as const)(
    "signs a user in with a %s hash, which an SRP verifier then replaces",
    async (algorithm, hash, password) => {
      const pool = await newPool();
      const result = await importFile(
        pool.UserPoolId,
        [
          "cognito:username,email,email_verified,password_hash",
          `ana,ana@example.com,true,${hash}`,
          "bob,bob@example.com,true,",
          "eve,eve@example.com,true,$2b$31$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        ],
        algorithm,
      );
      expect(result).toMatchObject({ ImportedUsers: 2, FailedUsers: 1, PasswordHashingAlgorithm: algorithm });
      const statusOf = async (Username: string) =>
        (await server.cognito.send(new AdminGetUserCommand({ ...pool, Username }))).UserStatus;
      expect([await statusOf("ana"), await statusOf("bob")]).toEqual(["CONFIRMED", "RESET_REQUIRED"]);
      const imported = async () =>
        (await (await fetch(`${server.url}/_cognate/user-imports?poolId=${pool.UserPoolId}`)).json())
          .importedPasswords;
      expect(await imported()).toBe(1);
      await expect(signIn(pool, "ana", `${password}x`)).rejects.toThrow("Incorrect username or password.");
      expect((await signIn(pool, "ana", password)).AuthenticationResult?.AccessToken).toBeDefined();
      expect(await imported()).toBe(0);
      expect((await signIn(pool, "ana", password)).AuthenticationResult?.AccessToken).toBeDefined();
      await expect(signIn(pool, "ana", `${password}x`)).rejects.toThrow("Incorrect username or password.");
    },
  );

  it("fails if the column of hashes is missing, or if no row becomes a user", async () => {
    const { UserPoolId } = await newPool();
    const lines = ["cognito:username,email,email_verified", "ana,ana@example.com,false"];
    expect(await importFile(UserPoolId, lines, "BCRYPT")).toMatchObject({ Status: "Failed", FailedUsers: 0 });
    expect(await importFile(UserPoolId, lines)).toMatchObject({
      Status: "Failed",
      FailedUsers: 1,
      CompletionMessage: "Too many users have failed or been skipped during the import.",
    });
  });

  it("can be stopped, and prevents changes of its pool and other jobs while it runs", async () => {
    const { UserPoolId } = await newPool();
    const created = await newJob(UserPoolId);
    const rows = Array.from({ length: 40_000 }, (_, index) => `user${index},user${index}@example.com,true`);
    const body = ["cognito:username,email,email_verified", ...rows].join("\n");
    await fetch(created.url, { method: "PUT", headers: ENCRYPTION, body });
    const other = await newJob(UserPoolId);
    await fetch(other.url, { method: "PUT", headers: ENCRYPTION, body });
    await server.cognito.send(new StartUserImportJobCommand(created));
    const update = server.cognito.send(new UpdateUserPoolCommand({ UserPoolId }));
    await expect(update).rejects.toMatchObject({ name: "UserImportInProgressException" });
    const second = server.cognito.send(new StartUserImportJobCommand(other));
    await expect(second).rejects.toMatchObject({ name: "PreconditionNotMetException" });
    const { UserImportJob } = await server.cognito.send(new StopUserImportJobCommand(created));
    expect(UserImportJob).toMatchObject({
      Status: "Stopped",
      CompletionMessage: "The Import Job was stopped by the developer.",
      CompletionDate: expect.any(Date),
    });
    const restart = server.cognito.send(new StartUserImportJobCommand(created));
    await expect(restart).rejects.toMatchObject({ name: "PreconditionNotMetException" });
  });
});

describe("the upload of a file", () => {
  const refusal = async (url: string, headers: Record<string, string> = ENCRYPTION) => {
    const answer = await fetch(url, { method: "PUT", headers, body: "a" });
    return [answer.status, /<Code>(.*)<\/Code>/.exec(await answer.text())?.[1]];
  };

  it("is rejected without the signed header, with another URL, and after it has expired", async () => {
    const { UserPoolId } = await newPool();
    const { url } = await newJob(UserPoolId);
    expect(await refusal(url, {})).toEqual([403, "SignatureDoesNotMatch"]);
    expect(await refusal(url, { "x-amz-server-side-encryption": "AES256" })).toEqual([
      403,
      "SignatureDoesNotMatch",
    ]);
    expect(await refusal(url.replace("Expires=899", "Expires=8990"))).toEqual([403, "SignatureDoesNotMatch"]);
    expect(await refusal(url.replace(/import-\w{10}\?/, "import-AAAAAAAAAA?"))).toEqual([
      403,
      "SignatureDoesNotMatch",
    ]);
    expect(await refusal(url.split("?")[0] ?? "")).toEqual([403, "AccessDenied"]);
    expect(await refusal(url)).toEqual([200, undefined]);
    clockOf(server).advance(900_000);
    expect(await refusal(url)).toEqual([403, "AccessDenied"]);
    clockOf(server).reset();
  });

  describe("of the largest size, 104,857,600 bytes", () => {
    const LIMIT = 104_857_600;
    const MEBIBYTE = Buffer.alloc(1024 * 1024, "cognito:username,email\n");

    const start = async (bytes: number) => {
      const { url } = await newJob((await newPool()).UserPoolId);
      return request(url, { method: "PUT", headers: { ...ENCRYPTION, "content-length": bytes } });
    };
    const answerOf = async (upload: ClientRequest) => {
      const [response] = (await once(upload, "response")) as [IncomingMessage];
      return { status: response.statusCode, etag: response.headers.etag, body: await text(response) };
    };

    it("is accepted", async () => {
      const md5 = createHash("md5");
      const upload = await start(LIMIT);
      const answer = answerOf(upload);
      await pipeline(function* () {
        for (let sent = 0; sent < LIMIT; sent += MEBIBYTE.length) {
          md5.update(MEBIBYTE);
          yield MEBIBYTE;
        }
      }, upload);
      expect(await answer).toEqual({ status: 200, etag: `"${md5.digest("hex")}"`, body: "" });
    });

    it("is refused with one more byte, before the file is sent", async () => {
      const upload = await start(LIMIT + 1);
      upload.flushHeaders();
      const { status, body } = await answerOf(upload);
      upload.destroy();
      expect(status).toBe(400);
      expect(body).toContain("<Code>EntityTooLarge</Code>");
      expect(body).toContain(
        "<ProposedSize>104857601</ProposedSize><MaxSizeAllowed>104857600</MaxSizeAllowed>",
      );
    });
  });
});

function pythonHash(kind: "scrypt" | "pbkdf2"): string {
  const program = `
import hashlib, base64
ab64 = lambda b: base64.b64encode(b).decode().rstrip("=").replace("+", ".")
salt = bytes(range(16))
word = "Päss-word 1".encode()
scrypt = hashlib.scrypt(word, salt=salt, n=16384, r=8, p=1, maxmem=2**26, dklen=32)
print({
  "scrypt": "16384$8$1$" + salt.hex() + "$" + scrypt.hex(),
  "pbkdf2": "$pbkdf2-sha256$29000$" + ab64(salt) + "$" + ab64(hashlib.pbkdf2_hmac("sha256", word, salt, 29000)),
}["${kind}"])`;
  return execFileSync("python3", ["-c", program], { encoding: "utf8" }).trim();
}
