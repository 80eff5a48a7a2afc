/** Log delivery through real clients, to each kind of target. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
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
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { listen } from "../support/listen.ts";
import {
  createConfirmedUser,
  createPoolAndClient,
  startTestServer,
  type TestServer,
} from "../support/server.ts";

/** A busy machine takes longer than a second to write or to post. */
const PATIENCE = { timeout: 30_000 };

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
  const linesOf = async (file: string) =>
    (await readFile(file, "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));

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

    const errors = await vi.waitFor(() => linesOf(join(folder, "errors.jsonl")), PATIENCE);
    expect(errors).toMatchObject([
      {
        eventSource: "USER_NOTIFICATION",
        logLevel: "ERROR",
        message: { details: expect.stringContaining("SignUp to user hanako") },
        logSourceId: { userPoolId: poolId },
      },
    ]);
    expect(JSON.stringify(errors)).not.toContain("hanako@example.com");
    const day = `${new Date().toISOString().slice(0, 10)}.jsonl`;
    const events = await vi.waitFor(() => linesOf(join(folder, poolId, day)), PATIENCE);
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
    await vi.waitFor(() => expect(received().flatMap(({ lines }) => lines)).toHaveLength(2), PATIENCE);
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
    await vi.waitFor(() => expect(posted.filter(({ path }) => path === "/silent")).toHaveLength(1), PATIENCE);
  });
});
