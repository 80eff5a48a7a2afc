import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  AdminGetUserCommand,
  AdminResetUserPasswordCommand,
  ChangePasswordCommand,
  CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
  ForgotPasswordCommand,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { AttachUserPolicyCommand, CreateAccessKeyCommand, CreateUserCommand } from "@aws-sdk/client-iam";
import type { CognitoUser } from "amazon-cognito-identity-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ACCOUNT, iamClient, READ_ONLY } from "../support/iam.ts";
import { openUserPool, signInBySrp } from "../support/identity-js.ts";
import { type InboxMessage, inbox } from "../support/inbox.ts";
import { startMailServer } from "../support/mail-server.ts";
import {
  createConfirmedUser,
  createPoolAndClient,
  startTestServer,
  type TestServer,
} from "../support/server.ts";

/** Forgotten, reset and changed passwords, with clients of users and administrators. */
let server: TestServer;
/** An SDK client without credentials, as in a mobile app. */
let anonymous: CognitoIdentityProviderClient;
beforeAll(async () => {
  server = await startTestServer();
  anonymous = anonymousClientOf(server);
});
afterAll(async () => {
  anonymous.destroy();
  await server.stop();
});

const PASSWORD = "Correct-horse-1";
const NEW_PASSWORD = "Another-horse-2";
const refused = (name: string, message: string) => ({ name, message, $metadata: { httpStatusCode: 400 } });
const NO_CODE = refused("ExpiredCodeException", "Invalid code provided, please request a code again.");
const WAS_RESET = refused("PasswordResetRequiredException", "Password reset required for the user");

function anonymousClientOf({ url }: TestServer): CognitoIdentityProviderClient {
  return new CognitoIdentityProviderClient({
    endpoint: url,
    region: "us-east-1",
    credentials: () => Promise.reject(new Error("An unsigned operation asked for credentials.")),
  });
}

/** A pool in which jane can be reached by e-mail. */
async function poolWithJane({
  of = server,
  pool,
  client,
}: {
  of?: TestServer;
  pool?: Partial<CreateUserPoolCommandInput>;
  client?: Partial<CreateUserPoolClientCommandInput>;
} = {}) {
  const { poolId, clientId } = await createPoolAndClient(of.cognito, pool, client);
  const jane = { UserPoolId: poolId, Username: "jane" };
  await createConfirmedUser(of.cognito, {
    ...jane,
    UserAttributes: [
      { Name: "email", Value: "jane@example.com" },
      { Name: "email_verified", Value: "true" },
    ],
    Password: PASSWORD,
  });
  return { poolId, clientId, jane, asJane: { ClientId: clientId, Username: "jane" } };
}

/** The newest message to a pool's users, and the code in it. */
async function newestMessage(UserPoolId: string): Promise<InboxMessage & { code: string }> {
  const [message] = await inbox(server, { poolId: UserPoolId });
  if (message === undefined) throw new Error("There is no message.");
  return { ...message, code: /\d{6}/.exec(message.body)?.[0] ?? "" };
}

const signIn = (ClientId: string, password: string) =>
  anonymous.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "jane", PASSWORD: password },
    }),
  );

it("sets, accepts and changes a pass phrase with blanks between its words", async () => {
  const { poolId, clientId } = await createPoolAndClient(server.cognito, {
    Policies: { PasswordPolicy: { MinimumLength: 20, RequireSymbols: true } },
  });
  const phrase = "correct horse battery staple";
  await createConfirmedUser(server.cognito, { UserPoolId: poolId, Username: "jane", Password: phrase });
  const { AuthenticationResult } = await anonymous.send(
    new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "jane", PASSWORD: phrase },
    }),
  );
  const change = (ProposedPassword: string) =>
    anonymous.send(
      new ChangePasswordCommand({
        AccessToken: AuthenticationResult?.AccessToken ?? "no token",
        PreviousPassword: phrase,
        ProposedPassword,
      }),
    );
  await expect(change("another horse of another colour")).resolves.toBeDefined();
  await expect(change(" a blank in front of the words")).rejects.toMatchObject(
    refused(
      "InvalidParameterException",
      "1 validation error detected: Value at 'proposedPassword' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$",
    ),
  );
});

describe("password recovery, through the JavaScript SDK", () => {
  it("sets a new password with the code from the user's mail, without credentials", async () => {
    const { poolId, clientId, asJane } = await poolWithJane();
    const { CodeDeliveryDetails } = await anonymous.send(
      new ForgotPasswordCommand({ ...asJane, ClientMetadata: { reason: "forgot" } }),
    );
    expect(CodeDeliveryDetails).toEqual({
      Destination: "j***@e***",
      DeliveryMedium: "EMAIL",
      AttributeName: "email",
    });
    const { code, ...message } = await newestMessage(poolId);
    expect(message).toMatchObject({
      destination: "jane@example.com",
      subject: "Your verification code",
      body: `Your password reset code is ${code}`,
      purpose: "ForgotPassword",
    });

    const confirm = new ConfirmForgotPasswordCommand({
      ...asJane,
      ConfirmationCode: code,
      Password: NEW_PASSWORD,
      ClientMetadata: { reason: "forgot" },
    });
    await anonymous.send(confirm);
    expect(await signIn(clientId, NEW_PASSWORD)).toHaveProperty("AuthenticationResult.AccessToken");
    await expect(signIn(clientId, PASSWORD)).rejects.toMatchObject(
      refused("NotAuthorizedException", "Incorrect username or password."),
    );
    await expect(anonymous.send(confirm)).rejects.toMatchObject(NO_CODE);
  });

  it("reports every violation of the API model at once, without the password in the message", async () => {
    const attempt = anonymous.send(
      new ConfirmForgotPasswordCommand({
        ClientId: "not a client",
        Username: "two words",
        ConfirmationCode: " ",
        Password: " a pass word",
      }),
    );
    await expect(attempt).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: expect.stringMatching(/^4 validation errors detected: /),
    });
    await expect(attempt).rejects.not.toMatchObject({ message: expect.stringContaining("pass word") });
  });

  it("gives the same answer for an unknown and an existing user if existence is hidden", async () => {
    const { clientId } = await poolWithJane({ client: { PreventUserExistenceErrors: "ENABLED" } });
    const asUnknown = { ClientId: clientId, Username: "nobody@example.org" };
    expect(await anonymous.send(new ForgotPasswordCommand(asUnknown))).toMatchObject({
      CodeDeliveryDetails: { Destination: "n***@e***", DeliveryMedium: "EMAIL", AttributeName: "email" },
    });
    const attempt = new ConfirmForgotPasswordCommand({
      ...asUnknown,
      ConfirmationCode: "123456",
      Password: NEW_PASSWORD,
    });
    await expect(anonymous.send(attempt)).rejects.toMatchObject(
      refused("CodeMismatchException", "Invalid verification code provided, please try again."),
    );
  });

  it("rejects the code after an hour", async () => {
    const { poolId, asJane } = await poolWithJane();
    await anonymous.send(new ForgotPasswordCommand(asJane));
    const { code } = await newestMessage(poolId);
    server.clock?.advance(60 * 60 * 1000);
    const attempt = new ConfirmForgotPasswordCommand({
      ...asJane,
      ConfirmationCode: code,
      Password: NEW_PASSWORD,
    });
    await expect(anonymous.send(attempt)).rejects.toMatchObject(NO_CODE);
    server.clock?.reset();
  });

  it("sends the code through the configured mail server", async () => {
    const mail = await startMailServer();
    const sending = await startTestServer({ smtpUrl: mail.url, inMemory: false });
    try {
      const { asJane } = await poolWithJane({ of: sending });
      await sending.cognito.send(new ForgotPasswordCommand(asJane));
      const [text = ""] = mail.mails;
      expect(text).toMatch(/^To: jane@example\.com\r?$/m);
      expect(text).toMatch(/^Subject: Your verification code\r?$/m);
      const [, code = ""] = /password reset code is (\d{6})/.exec(text) ?? [];
      const files = readdirSync(sending.dataDir).map((name) => readFileSync(join(sending.dataDir, name)));
      expect(files.filter((bytes) => bytes.includes(`"${code}"`))).toEqual([]);
      await sending.cognito.send(
        new ConfirmForgotPasswordCommand({ ...asJane, ConfirmationCode: code, Password: NEW_PASSWORD }),
      );
    } finally {
      await sending.stop();
      await mail.stop();
    }
  });
});

describe("AdminResetUserPassword", () => {
  it("makes sign-ins fail until the user sets a new password with the code", async () => {
    const { poolId, clientId, jane, asJane } = await poolWithJane();
    await server.cognito.send(new AdminResetUserPasswordCommand({ ...jane, ClientMetadata: { by: "us" } }));
    expect(await server.cognito.send(new AdminGetUserCommand(jane))).toMatchObject({
      UserStatus: "RESET_REQUIRED",
    });
    await expect(signIn(clientId, PASSWORD)).rejects.toMatchObject(WAS_RESET);

    const { code } = await newestMessage(poolId);
    await anonymous.send(
      new ConfirmForgotPasswordCommand({ ...asJane, ConfirmationCode: code, Password: NEW_PASSWORD }),
    );
    expect(await signIn(clientId, NEW_PASSWORD)).toHaveProperty("AuthenticationResult.AccessToken");
    expect(await server.cognito.send(new AdminGetUserCommand(jane))).toMatchObject({
      UserStatus: "CONFIRMED",
    });
  });

  it("requires the IAM permission", async () => {
    const { poolId, jane } = await poolWithJane();
    const iam = iamClient(server);
    await iam.send(new CreateUserCommand({ UserName: "reader" }));
    await iam.send(new AttachUserPolicyCommand({ UserName: "reader", PolicyArn: READ_ONLY }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "reader" }));
    iam.destroy();
    const reader = new CognitoIdentityProviderClient({
      endpoint: server.url,
      region: "us-east-1",
      credentials: {
        accessKeyId: AccessKey?.AccessKeyId ?? "",
        secretAccessKey: AccessKey?.SecretAccessKey ?? "",
      },
    });
    const arn = `arn:aws:cognito-idp:us-east-1:${ACCOUNT}:userpool/${poolId}`;
    await expect(reader.send(new AdminResetUserPasswordCommand(jane))).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: expect.stringContaining(
        `is not authorized to perform: cognito-idp:AdminResetUserPassword on resource: ${arn}`,
      ),
    });
    expect(await reader.send(new AdminGetUserCommand(jane))).toMatchObject({ UserStatus: "CONFIRMED" });
    reader.destroy();
  });
});

describe("passwords, through the AWS CLI", () => {
  it("are reset, confirmed and changed", async () => {
    const { poolId, clientId, jane } = await poolWithJane();
    const user = ["--client-id", clientId, "--username", "jane"];
    await server.aws(
      "cognate-power-user",
      ...["cognito-idp", "admin-reset-user-password", "--user-pool-id", poolId, "--username", "jane"],
    );
    const forgot = await server.aws(
      "cognate",
      "cognito-idp",
      "forgot-password",
      ...user,
      "--no-sign-request",
    );
    expect(forgot).toEqual({
      CodeDeliveryDetails: { Destination: "j***@e***", DeliveryMedium: "EMAIL", AttributeName: "email" },
    });
    const { code } = await newestMessage(poolId);
    await server.aws(
      "cognate",
      ...["cognito-idp", "confirm-forgot-password", ...user, "--confirmation-code", code],
      ...["--password", NEW_PASSWORD, "--no-sign-request"],
    );
    const { AuthenticationResult } = await signIn(clientId, NEW_PASSWORD);
    const change = (previous: string) =>
      server.aws(
        "cognate",
        ...["cognito-idp", "change-password", "--no-sign-request"],
        ...["--previous-password", previous, "--proposed-password", PASSWORD],
        ...["--access-token", AuthenticationResult?.AccessToken ?? ""],
      );
    await expect(change("Wrong-horse-1")).rejects.toThrow(
      "An error occurred (NotAuthorizedException) when calling the ChangePassword operation: Incorrect username or password.",
    );
    await change(NEW_PASSWORD);
    expect(await signIn(clientId, PASSWORD)).toHaveProperty("AuthenticationResult.AccessToken");
    expect(await server.cognito.send(new AdminGetUserCommand(jane))).toMatchObject({
      UserStatus: "CONFIRMED",
    });
  });
});

describe("passwords, through amazon-cognito-identity-js", () => {
  const userOf = (ids: { poolId: string; clientId: string }, username = "jane") =>
    openUserPool(server, ids).userOf(username);
  const forgotPassword = (user: CognitoUser) =>
    new Promise<unknown>((resolve, reject) =>
      user.forgotPassword({
        onSuccess: () => reject(new Error("The code is to be entered.")),
        onFailure: reject,
        inputVerificationCode: resolve,
      }),
    );
  const confirmPassword = (user: CognitoUser, code: string, password: string) =>
    new Promise<string>((resolve, reject) =>
      user.confirmPassword(code, password, { onSuccess: resolve, onFailure: reject }),
    );
  const changePassword = (user: CognitoUser, before: string, after: string) =>
    new Promise<string | undefined>((resolve, reject) =>
      user.changePassword(before, after, (error, result) => (error ? reject(error) : resolve(result))),
    );

  it("are reset with the code and changed", async () => {
    const made = await poolWithJane();
    const user = userOf(made);
    expect(await forgotPassword(user)).toEqual({
      CodeDeliveryDetails: { Destination: "j***@e***", DeliveryMedium: "EMAIL", AttributeName: "email" },
    });
    const { code } = await newestMessage(made.poolId);
    expect(await confirmPassword(user, code, NEW_PASSWORD)).toBe("SUCCESS");
    await expect(signInBySrp(user, PASSWORD)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    await signInBySrp(user, NEW_PASSWORD);

    await expect(changePassword(user, PASSWORD, "Third-horse-3")).rejects.toMatchObject({
      name: "NotAuthorizedException",
    });
    expect(await changePassword(user, NEW_PASSWORD, "Third-horse-3")).toBe("SUCCESS");
    await signInBySrp(userOf(made), "Third-horse-3");
  });

  it("cause the library's callbacks after a reset and for a wrong code", async () => {
    const made = await poolWithJane();
    const user = userOf(made);
    await server.cognito.send(new AdminResetUserPasswordCommand(made.jane));
    await expect(signInBySrp(user, PASSWORD)).rejects.toMatchObject({
      name: "PasswordResetRequiredException",
    });
    const { code } = await newestMessage(made.poolId);
    const wrong = code === "000000" ? "000001" : "000000";
    await expect(confirmPassword(user, wrong, NEW_PASSWORD)).rejects.toMatchObject({
      name: "CodeMismatchException",
      message: "Invalid verification code provided, please try again.",
    });
    await expect(confirmPassword(user, code, "weak")).rejects.toMatchObject({
      name: "InvalidPasswordException",
      message: "Password does not conform to policy: Password not long enough",
    });
    await confirmPassword(user, code, NEW_PASSWORD);
    await signInBySrp(user, NEW_PASSWORD);
  });

  it("cause UserNotFoundException for an unknown user", async () => {
    const user = userOf(await poolWithJane(), "nobody");
    await expect(forgotPassword(user)).rejects.toMatchObject({
      name: "UserNotFoundException",
      message: "Username/client id combination not found.",
    });
  });
});

describe("--fixed-code", () => {
  it("sets every code to the fixed one", async () => {
    const fixed = await startTestServer({ fixedCode: "424242" });
    const client = anonymousClientOf(fixed);
    try {
      const { asJane } = await poolWithJane({ of: fixed });
      await client.send(new ForgotPasswordCommand(asJane));
      await client.send(
        new ConfirmForgotPasswordCommand({ ...asJane, ConfirmationCode: "424242", Password: NEW_PASSWORD }),
      );
      const { AuthenticationResult } = await client.send(
        new InitiateAuthCommand({
          ClientId: asJane.ClientId,
          AuthFlow: "USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: "jane", PASSWORD: NEW_PASSWORD },
        }),
      );
      await client.send(
        new ChangePasswordCommand({
          AccessToken: AuthenticationResult?.AccessToken ?? "",
          PreviousPassword: NEW_PASSWORD,
          ProposedPassword: PASSWORD,
        }),
      );
    } finally {
      client.destroy();
      await fixed.stop();
    }
  });
});
