import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AdminCreateUserCommand,
  type CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { administratorClient } from "../support/administrator.ts";
import { type CognateProcess, startCognate } from "../support/cognate-process.ts";
import { createDatabase } from "../support/database.ts";
import { createPoolAndClient } from "../support/server.ts";

describe("two nodes of cognate serve on one Postgres", () => {
  let dataDir: string;
  let settings: NodeJS.ProcessEnv;
  let first: CognateProcess;
  let second: CognateProcess;
  const clients: CognitoIdentityProviderClient[] = [];

  const startNode = () =>
    startCognate("serve", ["--data-dir", dataDir], {
      env: settings,
      ready: /(http:\/\/127\.0\.0\.1:\d+)/,
    });

  async function clientOf(node: CognateProcess): Promise<CognitoIdentityProviderClient> {
    const client = await administratorClient(dataDir, node.url);
    clients.push(client);
    return client;
  }

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "cognate-nodes-"));
    settings = {
      COGNATE_DATABASE_URL: await createDatabase(),
      COGNATE_MASTER_KEY: randomBytes(32).toString("base64"),
      COGNATE_PUBLIC_URL: "https://id.example.com",
    };
    first = await startNode();
    second = await startNode();
  });
  afterAll(async () => {
    for (const client of clients) client.destroy();
    // Not killed: a node whose files another node has made has its own ones in a temporary folder.
    for (const node of [first, second]) await node?.stop("SIGTERM");
    await rm(dataDir, { recursive: true, force: true });
  });

  it("describe a pool at once as the other one has changed it", async () => {
    const [atFirst, atSecond] = [await clientOf(first), await clientOf(second)];
    const { poolId: UserPoolId } = await createPoolAndClient(atFirst);
    const described = async () =>
      (await atSecond.send(new DescribeUserPoolCommand({ UserPoolId }))).UserPool?.DeletionProtection;
    for (const DeletionProtection of ["ACTIVE", "INACTIVE", "ACTIVE"] as const) {
      await atFirst.send(new UpdateUserPoolCommand({ UserPoolId, DeletionProtection }));
      expect(await described()).toBe(DeletionProtection);
    }
  });

  it("accept answers to each other's challenges, even after the first node was killed", async () => {
    const [atFirst, atSecond] = [await clientOf(first), await clientOf(second)];
    const { poolId, clientId } = await createPoolAndClient(atFirst);
    const createUser = (Username: string) =>
      atFirst.send(
        new AdminCreateUserCommand({
          UserPoolId: poolId,
          Username,
          TemporaryPassword: "Temporary-1",
          MessageAction: "SUPPRESS",
        }),
      );
    const signIn = (client: CognitoIdentityProviderClient, USERNAME: string, PASSWORD: string) =>
      client.send(
        new InitiateAuthCommand({
          ClientId: clientId,
          AuthFlow: "USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME, PASSWORD },
        }),
      );
    const choosePassword = (USERNAME: string, Session: string | undefined) =>
      atSecond.send(
        new RespondToAuthChallengeCommand({
          ClientId: clientId,
          ChallengeName: "NEW_PASSWORD_REQUIRED",
          ChallengeResponses: { USERNAME, NEW_PASSWORD: "Permanent-1" },
          Session,
        }),
      );
    await createUser("hanako");
    await createUser("taro");
    const forHanako = await signIn(atFirst, "hanako", "Temporary-1");
    const forTaro = await signIn(atFirst, "taro", "Temporary-1");

    const hanako = (await choosePassword("hanako", forHanako.Session)).AuthenticationResult;
    await expect(
      atFirst.send(new GetUserCommand({ AccessToken: hanako?.AccessToken })),
    ).resolves.toMatchObject({
      Username: "hanako",
    });
    await atSecond.send(new GlobalSignOutCommand({ AccessToken: hanako?.AccessToken }));
    await expect(
      atFirst.send(new GetUserCommand({ AccessToken: hanako?.AccessToken })),
    ).rejects.toMatchObject({
      name: "NotAuthorizedException",
      message: "Access Token has been revoked",
    });

    await first.stop("SIGKILL");
    const taro = (await choosePassword("taro", forTaro.Session)).AuthenticationResult;
    const keys = createRemoteJWKSet(new URL(`${second.url}/${poolId}/.well-known/jwks.json`));
    const { payload } = await jwtVerify(taro?.AccessToken ?? "", keys);
    expect(payload).toMatchObject({ username: "taro", iss: `https://id.example.com/${poolId}` });
    await expect(choosePassword("taro", forTaro.Session)).rejects.toMatchObject({
      name: "NotAuthorizedException",
    });
    expect((await signIn(atSecond, "taro", "Permanent-1")).AuthenticationResult).toBeDefined();
  });
});
