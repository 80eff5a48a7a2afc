import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminLinkProviderForUserCommand,
  AdminListGroupsForUserCommand,
  type CognitoIdentityProviderClient,
  CreateGroupCommand,
  CreateIdentityProviderCommand,
  ForgotPasswordCommand,
  InitiateAuthCommand,
  ListUsersCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { program } from "./support/cognate-process.ts";
import { guides, writeFilesOf } from "./support/guides.ts";
import { need } from "./support/machine.ts";
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

/** Without blocking: the servers run in this process. */
const run = promisify(execFile);

const sectionNamed = (title: string) =>
  new RegExp(`^## ${title}[\\s\\S]*?(?=^## )`, "m").exec(
    readFileSync(join(guides, "moving.md"), "utf8"),
  )?.[0] ?? "";

let folder: string;
let oldServer: TestServer;
let newServer: TestServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cognate-moving-"));
  for (const title of ["All users at once", "When they sign in"]) writeFilesOf(sectionNamed(title), folder);
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

describe("the way of the guide to move all users at once", () => {
  const google = {
    ProviderName: "Google",
    ProviderType: "Google",
    ProviderDetails: { client_id: "id", client_secret: "secret", authorize_scopes: "openid" },
    AttributeMapping: { email: "email" },
  } as const;
  const pool = { AutoVerifiedAttributes: ["email" as const] };

  /** Users in each state, a group and a link to a user of an identity provider. */
  async function fill(cognito: CognitoIdentityProviderClient, UserPoolId: string, ClientId: string) {
    const named = (Username: string) => ({ UserPoolId, Username });
    for (const name of ["linked", "disabled"])
      await createConfirmedUser(cognito, { ...named(name), UserAttributes, Password: PASSWORD });
    await cognito.send(new AdminDisableUserCommand(named("disabled")));
    await cognito.send(new AdminCreateUserCommand({ ...named("invited"), MessageAction: "SUPPRESS" }));
    const email = [{ Name: "email", Value: "una@example.com" }];
    await cognito.send(
      new SignUpCommand({ ClientId, Username: "una", Password: PASSWORD, UserAttributes: email }),
    );
    await cognito.send(new CreateGroupCommand({ UserPoolId, GroupName: "admins", Precedence: 3 }));
    await cognito.send(new AdminAddUserToGroupCommand({ ...named("linked"), GroupName: "admins" }));
    await cognito.send(new CreateIdentityProviderCommand({ ...google, UserPoolId }));
    await cognito.send(
      new AdminLinkProviderForUserCommand({
        UserPoolId,
        DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: "linked" },
        SourceUser: {
          ProviderName: "Google",
          ProviderAttributeName: "Cognito_Subject",
          ProviderAttributeValue: "g-1",
        },
      }),
    );
  }

  it("keeps subs, dates, states, groups and links, and can run again", async () => {
    need("awsCli");
    const from = await createPoolAndClient(oldServer.cognito, pool);
    const to = await createPoolAndClient(newServer.cognito, pool);
    await fill(oldServer.cognito, from.poolId, from.clientId);
    await newServer.cognito.send(new CreateIdentityProviderCommand({ ...google, UserPoolId: to.poolId }));

    // As a shell finds them: the program, and the pool ids, which are the same if the pool has moved.
    mkdirSync(join(folder, "bin"));
    writeFileSync(
      join(folder, "bin/npx"),
      `#!/bin/sh\nshift\nexec "${process.execPath}" "${program}" "$@"\n`,
      {
        mode: 0o755,
      },
    );
    const [script = ""] = /(?<=```sh\n)[\s\S]*?(?=```)/.exec(sectionNamed("All users at once")) ?? [];
    const written = script
      .replace("us-east-1_AppPool01", from.poolId)
      .replaceAll(/(?<=import-users --user-pool-id )\$id/g, to.poolId);
    const environment = oldServer.environment();
    const PATH = `${join(folder, "bin")}:${environment.PATH}`;
    const env = { ...environment, PATH, COGNATE_DATA_DIR: newServer.dataDir };
    const shell = (text: string) => run("bash", ["-euc", text], { cwd: folder, env });
    const { stdout } = await shell(written);
    expect(stdout).toContain("Users: 4 imported, 0 skipped because they exist, 0 failed.");

    const usersIn = async ({ cognito }: TestServer, UserPoolId: string) =>
      (await cognito.send(new ListUsersCommand({ UserPoolId }))).Users?.map(
        ({ Attributes, UserLastModifiedDate: _, ...user }) => ({
          ...user,
          sub: Attributes?.find(({ Name }) => Name === "sub")?.Value,
        }),
      );
    const before = (await usersIn(oldServer, from.poolId)) ?? [];
    expect(await usersIn(newServer, to.poolId)).toEqual(
      before.map((user) => ({
        ...user,
        UserStatus: user.UserStatus === "CONFIRMED" ? "RESET_REQUIRED" : user.UserStatus,
      })),
    );

    const { accessKeyId = "", secretAccessKey = "" } = newServer.administrator ?? {};
    for (const _ of ["once", "again"]) {
      const file = readFileSync(join(folder, "groups-and-links.mjs"), "utf8");
      // The pools have their ids here.
      writeFileSync(
        join(folder, "here.mjs"),
        file.replaceAll(
          /(paginate\w+\(\{ client: old \}, \{) UserPoolId/g,
          `$1 UserPoolId: "${from.poolId}"`,
        ),
      );
      const { stderr } = await run(process.execPath, ["here.mjs"], {
        cwd: folder,
        env: {
          ...environment,
          POOL: to.poolId,
          NEW_ENDPOINT: newServer.url,
          NEW_KEY: accessKeyId,
          NEW_SECRET: secretAccessKey,
        },
      });
      expect(stderr).toBe("");
    }
    const linked = { UserPoolId: to.poolId, Username: "linked" };
    const { Groups } = await newServer.cognito.send(new AdminListGroupsForUserCommand(linked));
    expect(Groups).toMatchObject([{ GroupName: "admins", Precedence: 3 }]);
    const { UserAttributes: attributes } = await newServer.cognito.send(new AdminGetUserCommand(linked));
    expect(attributes?.find(({ Name }) => Name === "identities")?.Value).toContain('"userId":"g-1"');
  });
});
