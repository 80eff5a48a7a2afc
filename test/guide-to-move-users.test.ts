import { readFileSync, symlinkSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  ForgotPasswordCommand,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { guides, writeFilesOf } from "./support/guides.ts";
import {
  createConfirmedUser,
  createPoolAndClient,
  startTestServer,
  type TestServer,
} from "./support/server.ts";

const FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:migrate";
const PASSWORD = "Permanent-1";
const UserAttributes = [
  { Name: "email", Value: "jane@example.com" },
  { Name: "email_verified", Value: "true" },
];

let folder: string;
let oldServer: TestServer;
let newServer: TestServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cognate-moving-"));
  const section = /^## When they sign in[\s\S]*?(?=^## )/m.exec(
    readFileSync(join(guides, "moving.md"), "utf8"),
  );
  writeFilesOf(section?.[0] ?? "", folder);
  symlinkSync(resolve(import.meta.dirname, "../node_modules"), join(folder, "node_modules"));

  oldServer = await startTestServer();
  const old = await createPoolAndClient(
    oldServer.cognito,
    {},
    {
      ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    },
  );
  const jane = { UserPoolId: old.poolId, Username: "jane", UserAttributes };
  await createConfirmedUser(oldServer.cognito, { ...jane, Password: PASSWORD });
  await oldServer.cognito.send(
    new AdminCreateUserCommand({
      ...jane,
      Username: "invited",
      TemporaryPassword: PASSWORD,
      MessageAction: "SUPPRESS",
    }),
  );

  const environment = {
    OLD_ENDPOINT: oldServer.url,
    OLD_REGION: "us-east-1",
    OLD_POOL: old.poolId,
    OLD_CLIENT: old.clientId,
    OLD_KEY: oldServer.administrator?.accessKeyId ?? "",
    OLD_SECRET: oldServer.administrator?.secretAccessKey ?? "",
  };
  newServer = await startTestServer({
    functions: { migrate: { file: join(folder, "migrate.mjs"), handler: "handler", environment } },
  });
});
afterAll(async () => {
  await newServer.stop();
  await oldServer.stop();
  await rm(folder, { recursive: true });
});

/** A pool of the new server that asks the function for users it does not have. */
const newPool = () =>
  createPoolAndClient(
    newServer.cognito,
    { LambdaConfig: { UserMigration: FUNCTION }, AutoVerifiedAttributes: ["email"] },
    { ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] },
  );

const signIn = (ClientId: string, Username: string, Password: string) =>
  newServer.cognito.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: Username, PASSWORD: Password },
    }),
  );

describe("the function of the guide to moving", () => {
  it.each([
    ["a wrong", "jane", "Wrong-1"],
    ["a temporary", "invited", PASSWORD],
  ])("does not move a user with %s password", async (_, username, password) => {
    const { clientId } = await newPool();
    await expect(signIn(clientId, username, password)).rejects.toMatchObject({
      name: "UserNotFoundException",
    });
  });

  it("moves a user with password and attributes at the sign-in", async () => {
    const { poolId, clientId } = await newPool();
    expect((await signIn(clientId, "jane", PASSWORD)).AuthenticationResult?.AccessToken).toBeDefined();
    const named = { UserPoolId: poolId, Username: "jane" };
    expect(await newServer.cognito.send(new AdminGetUserCommand(named))).toMatchObject({
      UserStatus: "CONFIRMED",
      UserAttributes: expect.arrayContaining(UserAttributes),
    });
  });

  it("moves a user who has forgotten the password", async () => {
    const { clientId } = await newPool();
    const forgot = new ForgotPasswordCommand({ ClientId: clientId, Username: "jane" });
    expect((await newServer.cognito.send(forgot)).CodeDeliveryDetails?.AttributeName).toBe("email");
  });
});
