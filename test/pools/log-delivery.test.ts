/** Log delivery through real clients, to each kind of target. */
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DeleteUserPoolCommand,
  InitiateAuthCommand,
  ResourceNotFoundException,
  SetLogDeliveryConfigurationCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listen } from "../support/listen.ts";
import {
  createConfirmedUser,
  createPoolAndClient,
  startTestServer,
  type TestServer,
} from "../support/server.ts";

const GROUP = "arn:aws:logs:us-east-1:123456789012:log-group:cognito-errors";
const BUCKET = "arn:aws:s3:::cognito-events";
const STREAM = "arn:aws:firehose:us-east-1:123456789012:deliverystream/events";
const SILENT_STREAM = "arn:aws:firehose:us-east-1:123456789012:deliverystream/silent";
const PASSWORD = "Correct-horse-1";

describe("log delivery", () => {
  let server: TestServer;
  let folder: string;
  let sink: Server;
  let posted: { path: string; destination: unknown; lines: object[] }[];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "cognate-logs-"));
    posted = [];
    sink = createServer(async (request, response) => {
      let body = "";
      for await (const part of request) body += part;
      posted.push({
        path: request.url ?? "",
        destination: request.headers["x-cognate-log-destination"],
        lines: body
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line)),
      });
      // One address never answers.
      if (request.url === "/events") response.writeHead(204).end();
    });
    const url = `http://127.0.0.1:${await listen(sink)}`;
    server = await startTestServer({
      logLevel: "silent",
      // Nothing listens there: every e-mail fails.
      smtpUrl: "smtp://127.0.0.1:1",
      logDestinations: {
        [GROUP]: { file: join(folder, "errors.jsonl") },
        [BUCKET]: { folder },
        [STREAM]: { url: `${url}/events`, headers: {} },
        [SILENT_STREAM]: { url: `${url}/silent`, headers: {} },
      },
    });
  });
  afterAll(async () => {
    sink.closeAllConnections();
    sink.close();
    await server.stop();
    await rm(folder, { recursive: true });
  });

  async function poolWithUser() {
    const ids = await createPoolAndClient(server.cognito, {
      UserPoolTier: "PLUS",
      UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" },
      AutoVerifiedAttributes: ["email"],
    });
    const user = { UserPoolId: ids.poolId, Username: "taro" };
    await createConfirmedUser(server.cognito, { ...user, Password: PASSWORD });
    return ids;
  }
  const signIn = (ClientId: string) =>
    server.cognito.send(
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "taro", PASSWORD },
      }),
    );
  const deliverTo = (UserPoolId: string, StreamArn: string) =>
    server.cognito.send(
      new SetLogDeliveryConfigurationCommand({
        UserPoolId,
        LogConfigurations: [
          { EventSource: "userAuthEvents", LogLevel: "INFO", FirehoseConfiguration: { StreamArn } },
        ],
      }),
    );
  /** The records in a file or in the files of a folder, once there are as many. */
  async function recordsIn(place: string, count: number): Promise<object[]> {
    const linesOf = async () => {
      const isFolder = (await stat(place)).isDirectory();
      const files = isFolder ? (await readdir(place)).map((name) => join(place, name)) : [place];
      const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
      return texts.flatMap((text) => text.split("\n").slice(0, -1));
    };
    await expect.poll(async () => (await linesOf()).length).toBeGreaterThanOrEqual(count);
    return (await linesOf()).map((line) => JSON.parse(line));
  }

  it("is set up by the AWS CLI, and writes failed messages and user activity to files", async () => {
    const { poolId, clientId } = await poolWithUser();
    const LogConfigurations = [
      {
        LogLevel: "ERROR",
        EventSource: "userNotification",
        CloudWatchLogsConfiguration: { LogGroupArn: GROUP },
      },
      { LogLevel: "INFO", EventSource: "userAuthEvents", S3Configuration: { BucketArn: BUCKET } },
    ];
    const answer = { LogDeliveryConfiguration: { UserPoolId: poolId, LogConfigurations } };
    const cli = (operation: string, ...args: string[]) =>
      server.aws("cognate", "cognito-idp", operation, "--user-pool-id", poolId, ...args);
    const set = await cli(
      "set-log-delivery-configuration",
      "--log-configurations",
      JSON.stringify(LogConfigurations),
    );
    expect(set).toEqual(answer);
    expect(await cli("get-log-delivery-configuration")).toEqual(answer);

    await signIn(clientId);
    const signUp = new SignUpCommand({
      ClientId: clientId,
      Username: "hanako",
      Password: PASSWORD,
      UserAttributes: [{ Name: "email", Value: "hanako@example.com" }],
    });
    await expect(server.cognito.send(signUp)).rejects.toThrow("Unable to send the message.");

    const errors = await recordsIn(join(folder, "errors.jsonl"), 1);
    expect(errors).toMatchObject([
      {
        eventSource: "USER_NOTIFICATION",
        logLevel: "ERROR",
        message: { details: expect.stringContaining("SignUp to user hanako") },
        logSourceId: { userPoolId: poolId },
      },
    ]);
    expect(JSON.stringify(errors)).not.toContain("hanako@example.com");
    const events = await recordsIn(join(folder, poolId), 2);
    expect(events.slice(0, 2)).toMatchObject([
      { eventSource: "USER_ACTIVITY", message: { userName: "taro", eventResponse: "InProgress" } },
      { eventSource: "USER_ACTIVITY", message: { userName: "taro", eventResponse: "Pass", clientId } },
    ]);
    expect(JSON.stringify(events)).not.toContain(PASSWORD);
  });

  it("posts user activity to an HTTP address until the pool is deleted", async () => {
    const { poolId, clientId } = await poolWithUser();
    await deliverTo(poolId, STREAM);
    await signIn(clientId);
    const received = () => posted.filter(({ path }) => path === "/events");
    await expect.poll(() => received().flatMap(({ lines }) => lines)).toHaveLength(2);
    expect(received()[0]).toMatchObject({
      destination: STREAM,
      lines: [{ eventSource: "USER_ACTIVITY", logSourceId: { userPoolId: poolId } }],
    });
    await server.cognito.send(new DeleteUserPoolCommand({ UserPoolId: poolId }));
    await expect(signIn(clientId)).rejects.toThrow(ResourceNotFoundException);
    expect(received().flatMap(({ lines }) => lines)).toHaveLength(2);
  });

  it("does not delay sign-ins while an address does not answer", async () => {
    const { poolId, clientId } = await poolWithUser();
    await deliverTo(poolId, SILENT_STREAM);
    for (let count = 0; count < 5; count += 1)
      expect((await signIn(clientId)).AuthenticationResult).toBeDefined();
    await expect.poll(() => posted.filter(({ path }) => path === "/silent")).toHaveLength(1);
  });
});
