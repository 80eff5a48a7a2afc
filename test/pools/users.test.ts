import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminDeleteUserAttributesCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  CreateUserPoolCommand,
  InitiateAuthCommand,
  ListUsersCommand,
  paginateListUsers,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inbox } from "../support/inbox.ts";
import { startMailServer } from "../support/mail-server.ts";
import {
  createConfirmedUser,
  createPoolAndClient,
  startTestServer,
  type TestServer,
} from "../support/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const refused = (name: string, message: string) => ({ name, message, $metadata: { httpStatusCode: 400 } });
const newPool = async (of = server) => {
  const { UserPool } = await of.cognito.send(new CreateUserPoolCommand({ PoolName: "users" }));
  return UserPool?.Id ?? "";
};

describe("a user, through the JavaScript SDK", () => {
  it("is created, read, changed, disabled, enabled and deleted", async () => {
    const { cognito } = server;
    const named = { UserPoolId: await newPool(), Username: "jane" };
    const { User } = await cognito.send(
      new AdminCreateUserCommand({
        ...named,
        MessageAction: "SUPPRESS",
        TemporaryPassword: "Temporary-1",
        UserAttributes: [
          { Name: "email", Value: "jane@example.com" },
          { Name: "email_verified", Value: "true" },
        ],
      }),
    );
    expect(User).toMatchObject({ Username: "jane", Enabled: true, UserStatus: "FORCE_CHANGE_PASSWORD" });
    expect(User?.UserCreateDate).toBeInstanceOf(Date);
    expect(User?.Attributes?.at(-1)?.Name).toBe("sub");

    const UserAttributes = [{ Name: "name", Value: "Jane" }];
    await cognito.send(new AdminUpdateUserAttributesCommand({ ...named, UserAttributes }));
    await cognito.send(new AdminDeleteUserAttributesCommand({ ...named, UserAttributeNames: ["email"] }));
    await cognito.send(new AdminDisableUserCommand(named));
    const shown = await cognito.send(new AdminGetUserCommand(named));
    expect(shown).toMatchObject({
      Enabled: false,
      UserAttributes: [{ Name: "name", Value: "Jane" }, { Name: "sub" }],
    });

    await cognito.send(new AdminEnableUserCommand(named));
    await cognito.send(
      new AdminSetUserPasswordCommand({ ...named, Password: "Permanent-1", Permanent: true }),
    );
    expect(await cognito.send(new AdminGetUserCommand(named))).toMatchObject({
      Enabled: true,
      UserStatus: "CONFIRMED",
    });
    await expect(cognito.send(new AdminConfirmSignUpCommand(named))).rejects.toMatchObject(
      refused("NotAuthorizedException", "User cannot be confirmed. Current status is CONFIRMED"),
    );

    await cognito.send(new AdminDeleteUserCommand(named));
    await expect(cognito.send(new AdminGetUserCommand(named))).rejects.toMatchObject(
      refused("UserNotFoundException", "User does not exist."),
    );
  });

  it("is rejected with every violation of the API model at once, and the text contains no secret", async () => {
    const creating = server.cognito.send(
      new AdminCreateUserCommand({
        UserPoolId: "nonsense",
        Username: "two words",
        TemporaryPassword: " pass word",
        MessageAction: "SHOUT" as "RESEND",
        UserAttributes: [{ Name: "x".repeat(33), Value: "x" }],
      }),
    );
    await expect(creating).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: expect.stringMatching(/^5 validation errors detected: /),
    });
    await expect(creating).rejects.not.toMatchObject({
      message: expect.stringMatching(/pass word|two words/),
    });
    await expect(creating).rejects.toMatchObject({
      message: expect.stringContaining(
        "Value at 'temporaryPassword' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$",
      ),
    });
  });

  it("has no valid tokens after being disabled, even after being enabled again", async () => {
    const { cognito } = server;
    const { poolId, clientId } = await createPoolAndClient(cognito);
    const named = { UserPoolId: poolId, Username: "jane" };
    await createConfirmedUser(cognito, { ...named, Password: "Permanent-1" });
    const signIn = () =>
      cognito.send(
        new InitiateAuthCommand({
          ClientId: clientId,
          AuthFlow: "USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: "jane", PASSWORD: "Permanent-1" },
        }),
      );
    const { AuthenticationResult } = await signIn();
    await cognito.send(new AdminDisableUserCommand(named));
    await expect(signIn()).rejects.toMatchObject(refused("NotAuthorizedException", "User is disabled."));

    await cognito.send(new AdminEnableUserCommand(named));
    const refresh = new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: "REFRESH_TOKEN_AUTH",
      AuthParameters: { REFRESH_TOKEN: AuthenticationResult?.RefreshToken ?? "" },
    });
    await expect(cognito.send(refresh)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    expect((await signIn()).AuthenticationResult?.AccessToken).toBeDefined();
  });
});

describe("an invitation", () => {
  it("is in the inbox of dev, with a password that signs the user in", async () => {
    const { cognito } = server;
    const { poolId, clientId } = await createPoolAndClient(cognito, { UsernameAttributes: ["email"] });
    await cognito.send(
      new AdminCreateUserCommand({
        UserPoolId: poolId,
        Username: "jane@example.com",
        DesiredDeliveryMediums: ["EMAIL"],
      }),
    );
    const [message] = await inbox(server, { poolId });
    expect(message).toMatchObject({ destination: "jane@example.com", subject: "Your temporary password" });
    const [, username = "", password = ""] =
      /^Your username is (\S+) and temporary password is (\S+)\.$/.exec(message?.body ?? "") ?? [];
    expect(username).toBe("jane@example.com");

    const challenge = await cognito.send(
      new AdminInitiateAuthCommand({
        UserPoolId: poolId,
        ClientId: clientId,
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: username, PASSWORD: password },
      }),
    );
    expect(challenge.ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
  });

  it("is sent by SMTP if a mail server is set, and a failed delivery keeps the user", async () => {
    const mail = await startMailServer();
    const sending = await startTestServer({ smtpUrl: mail.url });
    try {
      const UserPoolId = await newPool(sending);
      const invite = (Username: string) =>
        sending.cognito.send(
          new AdminCreateUserCommand({
            UserPoolId,
            Username,
            UserAttributes: [{ Name: "email", Value: `${Username}@example.com` }],
            DesiredDeliveryMediums: ["EMAIL"],
          }),
        );
      await invite("jane");
      await expect(invite("nobody")).rejects.toMatchObject({ name: "CodeDeliveryFailureException" });
      expect(mail.recipients).toEqual(["jane@example.com", "nobody@example.com"]);
      const { Users } = await sending.cognito.send(new ListUsersCommand({ UserPoolId }));
      expect(Users?.map(({ Username }) => Username)).toEqual(["jane", "nobody"]);
    } finally {
      await sending.stop();
      await mail.stop();
    }
  });

  it("leaves no password in clear text on disk", async () => {
    const onDisk = await startTestServer({ inMemory: false });
    try {
      const UserPoolId = await newPool(onDisk);
      await onDisk.cognito.send(
        new AdminCreateUserCommand({
          UserPoolId,
          Username: "jane",
          TemporaryPassword: "Temporary-Unmistakable-1",
          UserAttributes: [{ Name: "email", Value: "jane@example.com" }],
          DesiredDeliveryMediums: ["EMAIL"],
        }),
      );
      const files = readdirSync(onDisk.dataDir).filter((name) => name.startsWith("cognate.db"));
      const bytes = Buffer.concat(files.map((name) => readFileSync(join(onDisk.dataDir, name))));
      expect(bytes.includes("jane@example.com")).toBe(true);
      expect(bytes.includes("Unmistakable")).toBe(false);
    } finally {
      await onDisk.stop();
    }
  });
});

describe("ListUsers, through the JavaScript SDK", () => {
  it("pages through the users that a filter finds, in order", async () => {
    const { cognito } = server;
    const UserPoolId = await newPool();
    for (const name of ["dora", "anna", "carl", "bert", "zoe"]) {
      await cognito.send(
        new AdminCreateUserCommand({
          UserPoolId,
          Username: `user-${name}`,
          UserAttributes: [
            { Name: "email", Value: `${name}@${name === "zoe" ? "elsewhere" : "example"}.com` },
          ],
          MessageAction: "SUPPRESS",
        }),
      );
    }
    const found: (string | undefined)[] = [];
    const pages = paginateListUsers(
      { client: cognito, pageSize: 2 },
      { UserPoolId, Filter: 'username ^= "user-"' },
    );
    for await (const { Users = [] } of pages) found.push(...Users.map(({ Username }) => Username));
    expect(found).toEqual(["user-anna", "user-bert", "user-carl", "user-dora", "user-zoe"]);

    const { Users } = await cognito.send(
      new ListUsersCommand({ UserPoolId, Filter: 'email = "Zoe@Elsewhere.com"', AttributesToGet: ["email"] }),
    );
    expect(Users).toMatchObject([
      { Username: "user-zoe", Attributes: [{ Name: "email", Value: "zoe@elsewhere.com" }] },
    ]);
    await expect(
      cognito.send(new ListUsersCommand({ UserPoolId, Filter: "email = zoe" })),
    ).rejects.toMatchObject(refused("InvalidParameterException", "Error while parsing filter."));
  });
});
