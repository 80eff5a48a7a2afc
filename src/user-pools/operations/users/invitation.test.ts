import { beforeEach, describe, expect, it } from "vitest";
import { DeliveryFailed } from "../../../delivery/index.ts";
import { TEST_TIME, type TestContext, testContext } from "../../testing.ts";
import { type Caller, caller } from "../testing.ts";
import { hasPassword } from "./testing.ts";

let context: TestContext;
let api: Caller;
beforeEach(async () => {
  context = await testContext();
  api = caller(context);
});

const quietly = { MessageAction: "SUPPRESS" } as const;
const attributes = (values: Record<string, string>) =>
  Object.entries(values).map(([Name, Value]) => ({ Name, Value }));
const stored = (UserPoolId: string, username: string) => context.store.users.find(UserPoolId, username);
const passwordIs = (UserPoolId: string, username: string, password: string) =>
  hasPassword(context, UserPoolId, username, password);

describe("the invitation", () => {
  const jane = attributes({ email: "jane@example.com", phone_number: "+15551234567" });
  const invite = { Username: "jane", UserAttributes: jane, TemporaryPassword: "Temporary-1" };

  it("is sent by SMS if no medium is named", async () => {
    const UserPoolId = await api.pool();
    await api.call("AdminCreateUser", { UserPoolId, ...invite });
    expect(context.sent).toEqual([
      {
        poolId: UserPoolId,
        username: "jane",
        medium: "SMS",
        destination: "+15551234567",
        body: "Your username is jane and temporary password is Temporary-1.",
        purpose: "AdminCreateUser",
      },
    ]);
  });

  it("is sent by each named medium, from the pool's sender", async () => {
    const UserPoolId = await api.pool({
      EmailConfiguration: {
        EmailSendingAccount: "DEVELOPER",
        SourceArn: "arn:aws:ses:us-east-1:123456789012:identity/example.com",
        From: "Example <hello@example.com>",
        ReplyToEmailAddress: "help@example.com",
      },
    });
    await api.call("AdminCreateUser", { UserPoolId, ...invite, DesiredDeliveryMediums: ["EMAIL", "SMS"] });
    expect(context.sent.map(({ medium }) => medium)).toEqual(["EMAIL", "SMS"]);
    expect(context.sent[0]).toEqual({
      poolId: UserPoolId,
      username: "jane",
      medium: "EMAIL",
      destination: "jane@example.com",
      subject: "Your temporary password",
      body: "Your username is jane and temporary password is Temporary-1.",
      purpose: "AdminCreateUser",
      from: "Example <hello@example.com>",
      replyTo: "help@example.com",
    });
  });

  it("uses the pool's template, with HTML escapes in e-mail and as plain text in an SMS", async () => {
    const UserPoolId = await api.pool({
      AdminCreateUserConfig: {
        InviteMessageTemplate: {
          EmailSubject: "Welcome {username}",
          EmailMessage: "<b>{username}</b>: <code>{####}</code>",
          SMSMessage: "{username} <{####}>",
        },
      },
    });
    const input = { UserPoolId, ...invite, Username: "j&j", TemporaryPassword: "Temp<>&1" };
    await api.call("AdminCreateUser", { ...input, DesiredDeliveryMediums: ["EMAIL", "SMS"] });
    expect(context.sent.map(({ subject, body }) => [subject, body])).toEqual([
      ["Welcome {username}", "<b>j&amp;j</b>: <code>Temp&lt;&gt;&amp;1</code>"],
      [undefined, "j&j <Temp<>&1>"],
    ]);
  });

  it("contains the address that the user signs in with, if the username is a UUID", async () => {
    const UserPoolId = await api.pool({ UsernameAttributes: ["email"] });
    await api.call("AdminCreateUser", {
      UserPoolId,
      Username: "jane@example.com",
      TemporaryPassword: "Temporary-1",
      DesiredDeliveryMediums: ["EMAIL"],
    });
    expect(context.sent[0]?.body).toBe(
      "Your username is jane@example.com and temporary password is Temporary-1.",
    );
  });

  it("contains the generated password of the user if none was given", async () => {
    const UserPoolId = await api.pool({ Policies: { PasswordPolicy: { MinimumLength: 20 } } });
    await api.call("AdminCreateUser", { UserPoolId, Username: "jane", UserAttributes: jane });
    const [, password = ""] = /temporary password is (.*)\.$/.exec(context.sent[0]?.body ?? "") ?? [];
    expect(password).toHaveLength(20);
    expect(await passwordIs(UserPoolId, "jane", password)).toBe(true);
  });

  it("is not sent if the template omits the password", async () => {
    const UserPoolId = await api.pool({
      AdminCreateUserConfig: { InviteMessageTemplate: { SMSMessage: "Welcome, {username}" } },
    });
    await api.call("AdminCreateUser", { UserPoolId, ...invite });
    expect(context.sent).toEqual([]);
    expect(context.warnings).toHaveLength(1);
  });

  it.each([
    [
      new DeliveryFailed("No gateway.", { isUnconfigured: true }),
      "Invalid phone number provided/Unable to send the message. User pool does not have SMS configuration to send messages.",
    ],
    [new DeliveryFailed("The gateway is down."), "Unable to send the message."],
  ])("causes an error if it cannot be delivered, but the user is created (%s)", async (failure, message) => {
    const UserPoolId = await api.pool();
    const sent: string[] = [];
    const failing = caller({
      ...context,
      delivery: {
        async send({ medium }) {
          if (medium === "SMS") throw failure;
          sent.push(medium);
        },
      },
    });
    const input = { UserPoolId, ...invite, DesiredDeliveryMediums: ["SMS" as const, "EMAIL" as const] };
    expect(await failing.refusal("AdminCreateUser", input)).toEqual([
      "CodeDeliveryFailureException",
      message,
    ]);
    expect(await stored(UserPoolId, "jane")).toBeDefined();
    expect(sent).toEqual(["EMAIL"]);
    expect(JSON.stringify(context.warnings)).not.toContain("Temporary-1");
  });
});

describe("AdminCreateUser with RESEND", () => {
  const jane = {
    Username: "jane",
    UserAttributes: attributes({ phone_number: "+15551234567" }),
    TemporaryPassword: "Temporary-1",
  };
  const again = { Username: "jane", MessageAction: "RESEND" } as const;

  it("sets another temporary password, whose validity starts again, and sends it", async () => {
    const UserPoolId = await api.pool();
    await api.call("AdminCreateUser", { UserPoolId, ...jane, ...quietly });
    context.clock.advance(1000);
    const { User } = await api.call("AdminCreateUser", {
      UserPoolId,
      ...again,
      TemporaryPassword: "Temporary-2",
    });

    expect(User).toMatchObject({
      Username: "jane",
      UserStatus: "FORCE_CHANGE_PASSWORD",
      UserCreateDate: TEST_TIME,
      UserLastModifiedDate: TEST_TIME + 1000,
    });
    expect((await stored(UserPoolId, "jane"))?.password).toMatchObject({
      setAt: TEST_TIME + 1000,
      temporary: true,
    });
    expect(await passwordIs(UserPoolId, "jane", "Temporary-1")).toBe(false);
    expect(await passwordIs(UserPoolId, "jane", "Temporary-2")).toBe(true);
    expect(context.sent.map(({ body }) => body)).toEqual([
      "Your username is jane and temporary password is Temporary-2.",
    ]);
  });

  it("generates a password if none is given, and keeps the attributes", async () => {
    const UserPoolId = await api.pool();
    await api.call("AdminCreateUser", { UserPoolId, ...jane, ...quietly });
    await api.call("AdminCreateUser", { UserPoolId, ...again, UserAttributes: attributes({ name: "J" }) });
    expect(await passwordIs(UserPoolId, "jane", "Temporary-1")).toBe(false);
    expect((await stored(UserPoolId, "jane"))?.attributes).toEqual({ phone_number: "+15551234567" });
    expect(context.sent).toHaveLength(1);
  });

  it("rejects a user who does not exist, and one who has a permanent password", async () => {
    const UserPoolId = await api.pool();
    expect(await api.refusal("AdminCreateUser", { UserPoolId, ...again })).toEqual([
      "UserNotFoundException",
      "User does not exist.",
    ]);
    await api.call("AdminCreateUser", { UserPoolId, ...jane, ...quietly });
    await api.call("AdminSetUserPassword", {
      UserPoolId,
      Username: "jane",
      Password: "Permanent-1",
      Permanent: true,
    });
    expect(await api.refusal("AdminCreateUser", { UserPoolId, ...again })).toEqual([
      "UnsupportedUserStateException",
      "Resend not possible. jane status is not FORCE_CHANGE_PASSWORD",
    ]);
    expect(await passwordIs(UserPoolId, "jane", "Permanent-1")).toBe(true);
  });

  it("rejects a password that breaks the policy, and keeps the old one", async () => {
    const UserPoolId = await api.pool();
    await api.call("AdminCreateUser", { UserPoolId, ...jane, ...quietly });
    const [code] = await api.refusal("AdminCreateUser", { UserPoolId, ...again, TemporaryPassword: "weak" });
    expect(code).toBe("InvalidPasswordException");
    expect(await passwordIs(UserPoolId, "jane", "Temporary-1")).toBe(true);
  });
});
