import { once } from "node:events";
import { mkdirSync, rmdirSync, rmSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { queryObjects } from "node:v8";
import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  CognitoIdentityProviderClient,
  CreateUserImportJobCommand,
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  DescribeUserImportJobCommand,
  DescribeUserPoolCommand,
  GetCSVHeaderCommand,
  GetUserCommand,
  InitiateAuthCommand,
  ListUserPoolsCommand,
  RevokeTokenCommand,
  StartUserImportJobCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { CreateAccessKeyCommand, CreateUserCommand, DeleteAccessKeyCommand } from "@aws-sdk/client-iam";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { ConfigurationCache } from "../../src/storage/configuration-cache.ts";
import { createDatabase } from "../support/database.ts";
import { iamClient } from "../support/iam.ts";
import { inbox } from "../support/inbox.ts";
import {
  clockOf,
  createConfirmedUser,
  createPoolAndClient,
  startTestServer,
  type TestServer,
} from "../support/server.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const PASSWORD = "Permanent-1";
let server: TestServer;
let poolId: string;
let clientId: string;

async function call(method: string, path: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.url}/_cognate/snapshots${path}`, { method, headers });
  return { status: response.status, body: (await response.json()) as unknown };
}

async function take(name = "base"): Promise<void> {
  expect((await call("PUT", `/${name}`)).status).toBe(200);
}

async function restore(name = "base"): Promise<void> {
  expect(await call("POST", `/${name}/restore`)).toEqual({ status: 200, body: {} });
}

async function signIn(USERNAME = "hanako") {
  const { AuthenticationResult: tokens, Session } = await server.cognito.send(
    new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME, PASSWORD },
    }),
  );
  return { AccessToken: tokens?.AccessToken ?? "", RefreshToken: tokens?.RefreshToken ?? "", Session };
}

const refresh = (REFRESH_TOKEN: string) =>
  server.cognito.send(
    new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: "REFRESH_TOKEN_AUTH",
      AuthParameters: { REFRESH_TOKEN },
    }),
  );

const createUser = (Username: string) =>
  createConfirmedUser(server.cognito, { UserPoolId: poolId, Username, Password: PASSWORD });

const isUser = (Username: string) =>
  server.cognito.send(new AdminGetUserCommand({ UserPoolId: poolId, Username })).then(
    () => true,
    ({ name }) => {
      expect(name).toBe("UserNotFoundException");
      return false;
    },
  );

/** Sends requests on one connection, so that they arrive in this order. @returns the answers, as they are on the wire */
async function sendInOrder(
  ...requests: readonly { line: string; headers?: readonly string[]; body?: string }[]
) {
  const { hostname, port, host } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  const last = requests.length - 1;
  for (const [index, { line, headers = [`Host: ${host}`], body = "" }] of requests.entries()) {
    const ending = index === last ? ["Connection: close"] : [];
    const head = [`${line} HTTP/1.1`, ...headers, `Content-Length: ${body.length}`, ...ending];
    socket.write(`${head.join("\r\n")}\r\n\r\n${body}`);
  }
  return text(socket);
}

/** Sends a sign-up without its body, so that it is under way until it is finished. */
async function openSignUp(Username: string) {
  const body = JSON.stringify({ ClientId: clientId, Username, Password: PASSWORD });
  const open = request(server.url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AWSCognitoIdentityProviderService.SignUp",
      "content-length": body.length,
      // The server says when it has the headers: from then on it is under way.
      expect: "100-continue",
    },
  });
  const answered = once(open, "response") as Promise<[IncomingMessage]>;
  open.flushHeaders();
  await once(open, "continue");
  return {
    async finish() {
      open.end(body);
      const [response] = await answered;
      return { status: response.statusCode, body: await text(response) };
    },
  };
}

async function begin(settings?: Parameters<typeof startTestServer>[0]): Promise<void> {
  server = await startTestServer(settings);
  ({ poolId, clientId } = await createPoolAndClient(server.cognito));
  await createUser("hanako");
}

afterEach(() => server.stop());

describe("a restored snapshot", () => {
  beforeEach(() => begin());

  it("has the pools, clients and users of its time, and no later ones", async () => {
    await take();
    await createUser("later");
    const { UserPool } = await server.cognito.send(new CreateUserPoolCommand({ PoolName: "later" }));
    await server.cognito.send(new DeleteUserPoolCommand({ UserPoolId: poolId }));
    await expect(signIn()).rejects.toThrow();

    await restore();
    await signIn();
    expect(await isUser("later")).toBe(false);
    const { UserPools } = await server.cognito.send(new ListUserPoolsCommand({ MaxResults: 10 }));
    expect(UserPools?.map(({ Id }) => Id)).toEqual([poolId]);
    expect(UserPool?.Id).not.toBe(poolId);
  });

  it("has the settings of its time, although others were used since", async () => {
    await take();
    const Policies = { PasswordPolicy: { MinimumLength: 30 } };
    await server.cognito.send(new UpdateUserPoolCommand({ UserPoolId: poolId, Policies }));
    const weak = new AdminCreateUserCommand({
      UserPoolId: poolId,
      Username: "jiro",
      MessageAction: "SUPPRESS",
      TemporaryPassword: "Temporary-1",
    });
    await expect(server.cognito.send(weak)).rejects.toThrow("Password not long enough");
    await restore();
    await server.cognito.send(weak);
  });

  it("has the signing keys of its time", async () => {
    const kids = async () => {
      const response = await fetch(`${server.url}/${poolId}/.well-known/jwks.json`);
      return ((await response.json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
    };
    const before = await kids();
    await take();
    await fetch(`${server.url}/_cognate/signing-keys?poolId=${poolId}`, { method: "POST" });
    expect(await kids()).toHaveLength(4);
    await restore();
    expect(await kids()).toEqual(before);
  });

  it("has the messages of its time in the inbox", async () => {
    const invite = (Username: string) =>
      server.cognito.send(
        new AdminCreateUserCommand({
          UserPoolId: poolId,
          Username,
          UserAttributes: [{ Name: "email", Value: `${Username}@example.com` }],
          DesiredDeliveryMediums: ["EMAIL"],
        }),
      );
    await invite("first");
    await take();
    await fetch(`${server.url}/_cognate/inbox`, { method: "DELETE" });
    await invite("second");
    await restore();
    expect((await inbox(server, {})).map(({ destination }) => destination)).toEqual(["first@example.com"]);
  });

  it("has the clock of its time: as far ahead, or stopped at the same moment", async () => {
    const clock = clockOf(server);
    clock.advance(3_600_000);
    await take("ahead");
    clock.set(Date.UTC(2030, 0));
    clock.stop();
    await take("stopped");
    clock.reset();

    await restore("ahead");
    expect([clock.isStopped, clock.offsetMilliseconds]).toEqual([false, 3_600_000]);
    await restore("stopped");
    expect([clock.isStopped, clock.now()]).toEqual([true, Date.UTC(2030, 0)]);
    await restore("ahead");
    expect([clock.isStopped, clock.offsetMilliseconds]).toEqual([false, 3_600_000]);
  });

  it("refuses the tokens of a user who was created since", async () => {
    await take();
    await createUser("later");
    const { AccessToken, RefreshToken } = await signIn("later");
    await server.cognito.send(new GetUserCommand({ AccessToken }));
    await restore();
    await expect(server.cognito.send(new GetUserCommand({ AccessToken }))).rejects.toMatchObject({
      name: expect.stringMatching(/^(UserNotFound|NotAuthorized)Exception$/),
    });
    await expect(refresh(RefreshToken)).rejects.toMatchObject({ name: "NotAuthorizedException" });
  });

  it("accepts the refresh tokens of its time again, and none that was issued later", async () => {
    const { AccessToken, RefreshToken } = await signIn();
    await take();
    const later = await signIn();
    await server.cognito.send(new RevokeTokenCommand({ ClientId: clientId, Token: RefreshToken }));
    await expect(refresh(RefreshToken)).rejects.toMatchObject({ name: "NotAuthorizedException" });

    await restore();
    expect((await refresh(RefreshToken)).AuthenticationResult?.AccessToken).toBeDefined();
    await server.cognito.send(new GetUserCommand({ AccessToken }));
    await expect(refresh(later.RefreshToken)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    await expect(
      server.cognito.send(new GetUserCommand({ AccessToken: later.AccessToken })),
    ).rejects.toMatchObject({ name: "NotAuthorizedException" });
  });

  it("accepts a Session of its time again that was answered since", async () => {
    await server.cognito.send(
      new AdminCreateUserCommand({
        UserPoolId: poolId,
        Username: "new",
        MessageAction: "SUPPRESS",
        TemporaryPassword: PASSWORD,
      }),
    );
    const { Session } = await signIn("new");
    const answer = () =>
      server.cognito.send(
        new AdminRespondToAuthChallengeCommand({
          UserPoolId: poolId,
          ClientId: clientId,
          ChallengeName: "NEW_PASSWORD_REQUIRED",
          ChallengeResponses: { USERNAME: "new", NEW_PASSWORD: "Permanent-2" },
          Session,
        }),
      );
    await take();
    await answer();
    await expect(answer()).rejects.toMatchObject({ name: "NotAuthorizedException" });
    await restore();
    await answer();
  });

  it("has forgotten the wrong passwords that were given since", async () => {
    await take();
    const attempt = (password: string) =>
      server.cognito.send(
        new AdminInitiateAuthCommand({
          UserPoolId: poolId,
          ClientId: clientId,
          AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: "hanako", PASSWORD: password },
        }),
      );
    for (let wrong = 0; wrong < 6; wrong++) await attempt("Wrong-1").catch(() => undefined);
    await expect(attempt(PASSWORD)).rejects.toThrow("Password attempts exceeded");
    await restore();
    await attempt(PASSWORD);
  });

  it("enforces the policies of an access key of its time that was deleted since", async () => {
    const iam = iamClient(server);
    await iam.send(new CreateUserCommand({ UserName: "limited" }));
    const { AccessKey: early } = await iam.send(new CreateAccessKeyCommand({ UserName: "limited" }));
    await take();
    await iam.send(new DeleteAccessKeyCommand({ UserName: "limited", AccessKeyId: early?.AccessKeyId }));
    await restore();
    const asLimited = iamClient(server, early);
    await expect(asLimited.send(new CreateUserCommand({ UserName: "another" }))).rejects.toMatchObject({
      name: "AccessDenied",
    });
    iam.destroy();
    asLimited.destroy();
  });

  it("goes on with work that no request waits for, such as import jobs", async () => {
    await server.cognito.send(
      new UpdateUserPoolCommand({ UserPoolId: poolId, AutoVerifiedAttributes: ["email"] }),
    );
    await take();
    await restore();
    const { CSVHeader = [] } = await server.cognito.send(new GetCSVHeaderCommand({ UserPoolId: poolId }));
    const { UserImportJob: { JobId, PreSignedUrl = "" } = {} } = await server.cognito.send(
      new CreateUserImportJobCommand({
        UserPoolId: poolId,
        JobName: "users",
        CloudWatchLogsRoleArn: "arn:aws:iam::123456789012:role/logs",
      }),
    );
    const values: Readonly<Record<string, string>> = {
      "cognito:username": "imported",
      "cognito:mfa_enabled": "false",
      email: "imported@example.com",
      email_verified: "true",
      phone_number_verified: "false",
    };
    const row = CSVHeader.map((column) => values[column] ?? "");
    const headers = { "x-amz-server-side-encryption": "aws:kms" };
    await fetch(PreSignedUrl, { method: "PUT", headers, body: `${CSVHeader}\n${row}\n` });
    await server.cognito.send(new StartUserImportJobCommand({ UserPoolId: poolId, JobId }));
    const job = new DescribeUserImportJobCommand({ UserPoolId: poolId, JobId });
    await expect.poll(async () => (await server.cognito.send(job)).UserImportJob?.Status).toBe("Succeeded");
    expect(await isUser("imported")).toBe(true);
  });

  it("is in the files of a server that stops after it", async () => {
    await server.stop();
    const dataDir = temporaryFolder();
    await begin({ inMemory: false, dataDir });
    await take();
    await createUser("later");
    await restore();
    await server.stop();
    server = await startTestServer({ inMemory: false, dataDir });
    expect([await isUser("hanako"), await isUser("later")]).toEqual([true, false]);
  });

  it("is the same each time", async () => {
    await take();
    for (let round = 0; round < 5; round++) {
      await createUser("round");
      await restore();
    }
    expect(await isUser("round")).toBe(false);
  });

  it("leaves nothing of the state before in memory", async () => {
    await server.stop();
    await begin({ metricsToken: "0123456789abcdef" });
    await take();
    // The app that listens has the first state's caches, which it does not use any more.
    await restore();
    await signIn();
    const before = Number(queryObjects(ConfigurationCache));
    for (let round = 0; round < 4; round++) {
      await signIn();
      await fetch(`${server.url}/console/`);
      await fetch(`${server.url}/login?client_id=${clientId}`);
      await restore();
    }
    await expect
      .poll(() => Number(queryObjects(ConfigurationCache)), { timeout: 20_000 })
      .toBeLessThanOrEqual(before);
  });
});

describe("requests during a restore", () => {
  beforeEach(() => begin());

  it("succeed, before it or after it", async () => {
    await take();
    const outcomes: string[] = [];
    let isOver = false;
    const signInAgainAndAgain = async () => {
      let isLast = false;
      while (!isLast) {
        // Once more after the last restore, which nothing undoes.
        isLast = isOver;
        const { AccessToken, RefreshToken } = await signIn();
        // The sign-in may be undone in between, and then its tokens are as if never issued.
        const later = await Promise.allSettled([
          server.cognito.send(new GetUserCommand({ AccessToken })),
          refresh(RefreshToken),
        ]);
        for (const result of later)
          outcomes.push(result.status === "fulfilled" ? "done" : (result.reason as Error).name);
      }
    };
    const working = Array.from({ length: 6 }, signInAgainAndAgain);
    for (let round = 0; round < 8; round++) await restore();
    isOver = true;
    await Promise.all(working);
    const undone = outcomes.filter((outcome) => outcome !== "done");
    expect(undone.filter((outcome) => outcome !== "NotAuthorizedException")).toEqual([]);
    expect(outcomes.length - undone.length).toBeGreaterThanOrEqual(2 * working.length);
  });

  it("write nothing into the restored state if they arrived before it", async () => {
    await take();
    const names = Array.from({ length: 15 }, (_, number) => `user${number}`);
    const answers = await sendInOrder(
      ...names.map((Username) => ({
        line: "POST /",
        headers: [
          "Host: localhost",
          "Content-Type: application/x-amz-json-1.1",
          "X-Amz-Target: AWSCognitoIdentityProviderService.SignUp",
        ],
        body: JSON.stringify({ ClientId: clientId, Username, Password: PASSWORD }),
      })),
      { line: "POST /_cognate/snapshots/base/restore" },
    );
    expect(answers.match(/HTTP\/1\.1 200/g)).toHaveLength(16);
    for (const name of names) expect(await isUser(name)).toBe(false);
  });

  it("are done one after the other if they are about snapshots", async () => {
    await take("a");
    await createUser("later");
    const answers = await sendInOrder(
      { line: "PUT /_cognate/snapshots/b" },
      { line: "POST /_cognate/snapshots/a/restore" },
      { line: "PUT /_cognate/snapshots/c" },
      { line: "POST /_cognate/snapshots/b/restore" },
      { line: "DELETE /_cognate/snapshots/b" },
      { line: "POST /_cognate/snapshots/b/restore" },
    );
    expect([...answers.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual([
      ...Array(5).fill("200"),
      "404",
    ]);
    expect(await isUser("later")).toBe(true);
    await restore("c");
    expect(await isUser("later")).toBe(false);
  });

  it("wait for its end if they arrive after it began, and write into the restored state", async () => {
    await take();
    const before = await openSignUp("before");
    const { hostname, port, host } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    for (const line of ["GET /_cognate/inbox?wait=60", "POST /_cognate/snapshots/base/restore"])
      socket.write(`${line} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    // The first request is answered when the restore begins, which then waits for the sign-up.
    await once(socket, "data");
    const during = await openSignUp("during");
    expect(await before.finish()).toMatchObject({ status: 200 });
    await once(socket, "data");
    socket.destroy();
    expect(await during.finish()).toMatchObject({ status: 200 });
    expect([await isUser("before"), await isUser("during")]).toEqual([false, true]);
  });

  it("that wait for a message are answered at once", async () => {
    await take();
    const answer = await sendInOrder(
      { line: "GET /_cognate/inbox?wait=60" },
      { line: "POST /_cognate/snapshots/base/restore" },
    );
    expect(answer.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
    expect(answer).toContain('{"messages":[]}');
  });
});

describe("a request that is under way for more than five seconds of a restore", () => {
  it("fails with 500, and writes nothing into the restored state", async () => {
    await begin();
    await take();
    const open = await openSignUp("taro");
    await restore();
    expect(await open.finish()).toEqual({
      status: 500,
      body: expect.stringContaining("InternalErrorException"),
    });
    expect(await isUser("taro")).toBe(false);
    expect(await isUser("hanako")).toBe(true);
  });
});

describe("a snapshot that cannot be restored to the end", () => {
  it.each([["in memory", true] as const, ["in a file", false] as const])(
    "is refused, and the server goes on %s with what it had",
    async (_, inMemory) => {
      await begin({ inMemory, logLevel: "silent" });
      await take("first");
      // The files for AWS's clients name this key, and after a restore of the second snapshot no longer: the first one writes them.
      const AccessKeyId = server.administrator?.accessKeyId;
      const credentials = { accessKeyId: "any", secretAccessKey: "any" };
      const cognito = new CognitoIdentityProviderClient({
        endpoint: server.url,
        region: "us-east-1",
        credentials,
      });
      onTestFinished(() => cognito.destroy());
      server.cognito.destroy();
      server = { ...server, cognito };
      const iam = iamClient(server);
      await iam.send(new DeleteAccessKeyCommand({ AccessKeyId }));
      iam.destroy();
      await take("second");
      await restore("second");
      await createUser("later");
      const { RefreshToken } = await signIn("later");
      clockOf(server).advance(3_600_000);
      const { config } = server.files;
      rmSync(config);
      mkdirSync(config);

      expect(await call("POST", "/first/restore")).toEqual({
        status: 409,
        body: { message: expect.stringContaining("The snapshot first cannot be used: EISDIR") },
      });
      expect(await isUser("later")).toBe(true);
      await createUser("last");
      expect((await refresh(RefreshToken)).AuthenticationResult?.AccessToken).toBeDefined();
      expect(clockOf(server).offsetMilliseconds).toBe(3_600_000);

      rmdirSync(config);
      await restore("first");
      expect([await isUser("hanako"), await isUser("later")]).toEqual([true, false]);
      expect(clockOf(server).offsetMilliseconds).toBe(0);
    },
  );
});

describe("a snapshot is refused", () => {
  const ROUTES = [
    ["GET", ""],
    ["PUT", "/base"],
    ["POST", "/base/restore"],
    ["DELETE", "/base"],
  ] as const;

  it("with the reason, if the request is wrong", async () => {
    await begin();
    await take();
    const name = "A snapshot's name has 1 to 64 letters from a to z, digits, hyphens and underscores.";
    const unknown = { status: 404, body: { message: "There is no snapshot none." } };
    expect(await call("PUT", "/base")).toEqual({
      status: 409,
      body: { message: "There is a snapshot base already: replace it, or give another name." },
    });
    expect(await call("PUT", "/base?replace=yes")).toEqual({
      status: 400,
      body: { message: "replace must be true or false." },
    });
    expect((await call("PUT", "/base?replace=true")).status).toBe(200);
    expect(await call("POST", "/none/restore")).toEqual(unknown);
    expect(await call("DELETE", "/none")).toEqual(unknown);
    for (const bad of ["..%2Fmaster", "a.db", "%00", "%zz", "a%20b", "x".repeat(65)])
      expect(await call("PUT", `/${bad}`), bad).toEqual({ status: 400, body: { message: name } });
    for (const [method, path] of [
      ["POST", "/base"],
      ["GET", "/base"],
      ["PUT", ""],
      ["PUT", "/base/restore"],
      ["POST", "/base/restore/now"],
    ] as const)
      expect((await call(method, path)).status, `${method} ${path}`).toBe(404);
  });

  it("to pages of other sites and under foreign host names", async () => {
    await begin();
    const origin = { origin: "https://evil.example" };
    for (const [method, path] of ROUTES) expect((await call(method, path, origin)).status).toBe(403);
    const foreign = { line: "GET /_cognate/snapshots", headers: ["Host: evil.example"] };
    expect(await sendInOrder(foreign)).toContain("HTTP/1.1 421");
  });

  it.each([
    ["serve", { mode: "serve" }],
    ["a dev that does not trust unknown keys", { trustUnknownKeys: false, hosts: ["cognate.example"] }],
  ] as const)("by %s, where there are none", async (_, settings) => {
    server = await startTestServer(settings as Parameters<typeof startTestServer>[0]);
    for (const [method, path] of ROUTES)
      expect(await call(method, path)).toEqual({ status: 404, body: { message: "There is nothing here." } });
  });

  it("by a server whose data is in Postgres", async () => {
    server = await startTestServer({ databaseUrl: await createDatabase() });
    const message = "Snapshots need SQLite; this server keeps its data in Postgres (--database-url).";
    for (const [method, path] of ROUTES)
      expect(await call(method, path)).toEqual({ status: 501, body: { message } });
    const { UserPool } = await server.cognito.send(new CreateUserPoolCommand({ PoolName: "goes on" }));
    await server.cognito.send(new DescribeUserPoolCommand({ UserPoolId: UserPool?.Id }));
  });
});
