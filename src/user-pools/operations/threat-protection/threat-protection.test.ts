import { beforeAll, describe, expect, it, vi } from "vitest";
import { type TestContext, testContext } from "../../testing.ts";
import { type Caller, caller } from "../testing.ts";

const PASSWORD = "Str0ng-password!";
const HOME = {
  sourceIp: "203.0.113.9",
  userAgent: "Mozilla/5.0 (Windows NT 10.0) Chrome/120.0.0.0 Safari/537.36",
};
const AWAY = { sourceIp: "198.51.100.7", userAgent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0" };
const ACTION = (EventAction: "BLOCK" | "MFA_IF_CONFIGURED" | "MFA_REQUIRED" | "NO_ACTION") => ({
  Notify: true,
  EventAction,
});
const SENDER = {
  SourceArn: "arn:aws:ses:us-east-1:123456789012:identity/security@example.com",
  From: "security@example.com",
};

describe("threat protection", () => {
  let context: TestContext;
  let api: Caller;
  beforeAll(async () => {
    context = await testContext({
      breachedPasswords: {
        includes: async (password) => password === "Passw0rd-123",
        close: async () => undefined,
      },
    });
    api = caller(context);
  });

  async function newPool(mode: "OFF" | "AUDIT" | "ENFORCED" = "ENFORCED") {
    const poolId = await api.pool({ UserPoolTier: "PLUS", UserPoolAddOns: { AdvancedSecurityMode: mode } });
    const clientId = await api.client(poolId);
    return { poolId, clientId };
  }

  async function newUser(poolId: string, Username = "jane", password = PASSWORD) {
    await api.call("AdminCreateUser", {
      UserPoolId: poolId,
      Username,
      MessageAction: "SUPPRESS",
      UserAttributes: [
        { Name: "email", Value: `${Username}@example.com` },
        { Name: "email_verified", Value: "true" },
      ],
    });
    await api.call("AdminSetUserPassword", {
      UserPoolId: poolId,
      Username,
      Password: password,
      Permanent: true,
    });
  }

  const signIn = (from: object, ClientId: string, USERNAME = "jane", password = PASSWORD) =>
    caller({ ...context, request: { ...context.request, ...from } }).outcome("InitiateAuth", {
      ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME, PASSWORD: password },
    });

  const eventsOf = async (UserPoolId: string, Username = "jane") =>
    (await api.call("AdminListUserAuthEvents", { UserPoolId, Username })).AuthEvents ?? [];

  it("records each sign-in with its address, device and risk, newest first", async () => {
    const { poolId, clientId } = await newPool("AUDIT");
    await newUser(poolId);
    await signIn(HOME, clientId);
    context.clock.advance(60_000);
    await signIn(HOME, clientId, "jane", "wrong");
    expect(await eventsOf(poolId)).toMatchObject([
      {
        EventType: "SignIn",
        EventResponse: "Fail",
        ChallengeResponses: [{ ChallengeName: "Password", ChallengeResponse: "Failure" }],
      },
      {
        EventType: "SignIn",
        EventResponse: "Pass",
        EventRisk: { RiskDecision: "NoRisk", CompromisedCredentialsDetected: false },
        ChallengeResponses: [{ ChallengeName: "Password", ChallengeResponse: "Success" }],
        EventContextData: { IpAddress: "203.0.113.9", DeviceName: "Chrome 120, Windows 10" },
      },
    ]);
  });

  it("changes a password although its event cannot be kept", async () => {
    const { poolId, clientId } = await newPool();
    await newUser(poolId);
    const AccessToken = await api.signIn(clientId, "jane", PASSWORD);
    const insert = vi
      .spyOn(context.store.authEvents, "insert")
      .mockRejectedValueOnce(new Error("The disk is full."));
    const ProposedPassword = "0ther-Password!";
    expect(
      await api.outcome("ChangePassword", { AccessToken, PreviousPassword: PASSWORD, ProposedPassword }),
    ).toEqual({});
    insert.mockRestore();
    expect(context.warnings).toContainEqual(expect.objectContaining({ poolId, type: "PasswordChange" }));
    expect(await api.signIn(clientId, "jane", ProposedPassword)).toMatch(/^ey/);
  });

  it("puts the event id of a sign-in into its tokens", async () => {
    const { poolId, clientId } = await newPool("AUDIT");
    await newUser(poolId);
    const token = await api.signIn(clientId, "jane", PASSWORD);
    const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    expect(await eventsOf(poolId)).toMatchObject([{ EventId: claims.event_id }]);
  });

  it("blocks a sign-in with a blocked risk level, and notifies the user by e-mail", async () => {
    const { poolId, clientId } = await newPool();
    await newUser(poolId);
    await api.call("SetRiskConfiguration", {
      UserPoolId: poolId,
      AccountTakeoverRiskConfiguration: {
        Actions: { MediumAction: ACTION("BLOCK"), HighAction: ACTION("BLOCK") },
        NotifyConfiguration: SENDER,
      },
    });
    expect(await signIn(HOME, clientId)).toMatchObject({ AuthenticationResult: {} });
    context.clock.advance(3_600_000);
    expect(await signIn(AWAY, clientId)).toBe(
      "NotAuthorizedException: Unable to login because of security reasons.",
    );
    const [event] = await eventsOf(poolId);
    expect(event).toMatchObject({
      EventResponse: "Fail",
      EventRisk: { RiskDecision: "Block", RiskLevel: "Medium" },
    });
    await context.outbox.idle();
    const mail = context.sent.at(-1);
    expect(mail).toMatchObject({
      destination: "jane@example.com",
      from: "security@example.com",
      subject: "Blocked sign-in attempt",
    });
    expect(mail?.body).toContain("198.51.100.7");

    const token = decodeURIComponent(/feedback_token=([^&"]+)/.exec(mail?.body ?? "")?.[1] ?? "");
    const feedback = {
      UserPoolId: poolId,
      Username: "jane",
      EventId: event?.EventId ?? "",
      FeedbackValue: "Invalid",
    } as const;
    expect(await api.refusal("UpdateAuthEventFeedback", { ...feedback, FeedbackToken: "forged" })).toEqual([
      "NotAuthorizedException",
      "Invalid feedback token.",
    ]);
    await api.call("UpdateAuthEventFeedback", { ...feedback, FeedbackToken: token });
    expect(await eventsOf(poolId)).toMatchObject([
      { EventFeedback: { FeedbackValue: "Invalid", Provider: "User" } },
      {},
    ]);
  });

  describe("the feedback link of a notification", () => {
    /** A blocked sign-in of jane, of which an e-mail has told her. */
    async function notified() {
      const { poolId, clientId } = await newPool();
      for (const name of ["jane", "john"]) await newUser(poolId, name);
      await api.call("SetRiskConfiguration", {
        UserPoolId: poolId,
        AccountTakeoverRiskConfiguration: {
          Actions: { MediumAction: ACTION("BLOCK"), HighAction: ACTION("BLOCK") },
          NotifyConfiguration: SENDER,
        },
      });
      await signIn(HOME, clientId);
      context.clock.advance(3_600_000);
      await signIn(AWAY, clientId);
      await context.outbox.idle();
      const [, token = ""] = /feedback_token=([^&"]+)/.exec(context.sent.at(-1)?.body ?? "") ?? [];
      const [blocked, earlier] = await eventsOf(poolId);
      const give = (more: object) =>
        api.outcome("UpdateAuthEventFeedback", {
          UserPoolId: poolId,
          Username: "jane",
          EventId: blocked?.EventId ?? "",
          FeedbackToken: decodeURIComponent(token),
          FeedbackValue: "Invalid",
          ...more,
        });
      const EventId = blocked?.EventId ?? "";
      return { poolId, clientId, EventId, earlier, give };
    }
    const REFUSED = "NotAuthorizedException: Invalid feedback token.";

    it("is refused for another event, another user, no user and another pool", async () => {
      const { earlier, give } = await notified();
      const other = await newPool();
      await newUser(other.poolId);
      for (const more of [
        { EventId: earlier?.EventId },
        { Username: "john" },
        { Username: "nobody" },
        { UserPoolId: other.poolId },
      ]) {
        expect(await give(more)).toBe(REFUSED);
      }
      expect(await give({})).toEqual({});
    });

    it("keeps the first answer, and an administrator's replaces it", async () => {
      const { poolId, EventId, give } = await notified();
      const answer = async () => (await eventsOf(poolId))[0];
      expect(await give({})).toEqual({});
      expect(await give({ FeedbackValue: "Valid" })).toBe(REFUSED);
      expect(await give({})).toEqual({});
      expect(await answer()).toMatchObject({
        EventType: "SignIn",
        EventFeedback: { FeedbackValue: "Invalid", Provider: "User" },
      });
      const byAdmin = { UserPoolId: poolId, Username: "jane", EventId, FeedbackValue: "Valid" } as const;
      expect(await api.call("AdminUpdateAuthEventFeedback", byAdmin)).toEqual({});
      expect(await answer()).toMatchObject({ EventFeedback: { FeedbackValue: "Valid", Provider: "Admin" } });
    });

    it("works for seven days, while the pool has threat protection", async () => {
      const { poolId, EventId, give } = await notified();
      context.clock.advance(7 * 24 * 60 * 60 * 1000 - 1);
      expect(await give({})).toEqual({});
      context.clock.advance(1);
      expect(await give({})).toBe(REFUSED);
      await api.call("UpdateUserPool", {
        UserPoolId: poolId,
        UserPoolTier: "PLUS",
        UserPoolAddOns: { AdvancedSecurityMode: "OFF" },
      });
      const byAdmin = { UserPoolId: poolId, Username: "jane", EventId, FeedbackValue: "Valid" } as const;
      expect(await give({})).toMatch(/^UserPoolAddOnNotEnabledException/);
      expect(await api.outcome("AdminUpdateAuthEventFeedback", byAdmin)).toMatch(
        /^UserPoolAddOnNotEnabledException/,
      );
    });
  });

  it("lists events page by page, with tokens that are of no other user", async () => {
    const { poolId, clientId } = await newPool("AUDIT");
    for (const name of ["jane", "john"]) {
      await newUser(poolId, name);
      for (let index = 0; index < 2; index++) {
        context.clock.advance(1000);
        await signIn(HOME, clientId, name);
      }
    }
    const list = { UserPoolId: poolId, Username: "jane", MaxResults: 1 };
    const first = await api.call("AdminListUserAuthEvents", list);
    const second = await api.call("AdminListUserAuthEvents", { ...list, NextToken: first.NextToken });
    const dates = [first, second].map(({ AuthEvents }) =>
      AuthEvents?.map(({ CreationDate }) => CreationDate),
    );
    const now = context.clock.now();
    expect(dates).toEqual([[now - 2000], [now - 3000]]);
    const ofJohn = { ...list, Username: "john", NextToken: first.NextToken };
    expect((await api.refusal("AdminListUserAuthEvents", ofJohn))[0]).toBe("InvalidParameterException");
  });

  it("has no settings for an app client that the pool does not have", async () => {
    const { poolId } = await newPool();
    const { clientId } = await newPool();
    const own = { UserPoolId: poolId, ClientId: clientId };
    const range = { RiskExceptionConfiguration: { SkippedIPRangeList: ["203.0.113.1/32"] } };
    expect((await api.refusal("SetRiskConfiguration", { ...own, ...range }))[0]).toBe(
      "ResourceNotFoundException",
    );
    expect((await api.refusal("DescribeRiskConfiguration", own))[0]).toBe("ResourceNotFoundException");
  });

  it("lets a user without a second factor in if one is required only from users who have one", async () => {
    const { poolId, clientId } = await newPool();
    await newUser(poolId);
    await api.call("SetRiskConfiguration", {
      UserPoolId: poolId,
      AccountTakeoverRiskConfiguration: { Actions: { MediumAction: ACTION("MFA_IF_CONFIGURED") } },
    });
    await signIn(HOME, clientId);
    context.clock.advance(3_600_000);
    expect(await signIn(AWAY, clientId)).toMatchObject({ AuthenticationResult: {} });
  });

  it("lets a breached password in, in AUDIT mode, and records it", async () => {
    const { poolId, clientId } = await newPool("AUDIT");
    await newUser(poolId, "jane", "Passw0rd-123");
    await api.call("SetRiskConfiguration", {
      UserPoolId: poolId,
      CompromisedCredentialsRiskConfiguration: { Actions: { EventAction: "BLOCK" } },
    });
    expect(await signIn(HOME, clientId, "jane", "Passw0rd-123")).toMatchObject({ AuthenticationResult: {} });
    const { EventId: _, ...event } = (await eventsOf(poolId))[0] ?? {};
    expect(event).toMatchObject({ EventRisk: { CompromisedCredentialsDetected: true } });
    expect(
      await api.outcome("SignUp", { ClientId: clientId, Username: "john", Password: "Passw0rd-123" }),
    ).toMatchObject({ UserConfirmed: false });
  });

  it("only records the risk in AUDIT mode", async () => {
    const { poolId, clientId } = await newPool("AUDIT");
    await newUser(poolId);
    await api.call("SetRiskConfiguration", {
      UserPoolId: poolId,
      AccountTakeoverRiskConfiguration: { Actions: { MediumAction: ACTION("BLOCK") } },
    });
    await signIn(HOME, clientId);
    context.clock.advance(3_600_000);
    expect(await signIn(AWAY, clientId)).toMatchObject({ AuthenticationResult: {} });
    expect(await eventsOf(poolId)).toMatchObject([
      { EventResponse: "Pass", EventRisk: { RiskDecision: "AccountTakeover", RiskLevel: "Medium" } },
      {},
    ]);
  });

  it("blocks a user without a second factor if one is required", async () => {
    const { poolId, clientId } = await newPool();
    await newUser(poolId);
    await api.call("SetRiskConfiguration", {
      UserPoolId: poolId,
      AccountTakeoverRiskConfiguration: { Actions: { MediumAction: ACTION("MFA_REQUIRED") } },
    });
    await signIn(HOME, clientId);
    context.clock.advance(3_600_000);
    expect(await signIn(AWAY, clientId)).toBe(
      "NotAuthorizedException: Unable to login because of security reasons.",
    );
  });

  it("rejects breached passwords at sign-up and sign-in, if the pool blocks them", async () => {
    const { poolId, clientId } = await newPool();
    await newUser(poolId, "jane", "Passw0rd-123");
    expect(await signIn(HOME, clientId, "jane", "Passw0rd-123")).toMatchObject({ AuthenticationResult: {} });
    await api.call("SetRiskConfiguration", {
      UserPoolId: poolId,
      CompromisedCredentialsRiskConfiguration: { Actions: { EventAction: "BLOCK" } },
    });
    context.clock.advance(1000);
    expect(await signIn(HOME, clientId, "jane", "Passw0rd-123")).toBe(
      "PasswordResetRequiredException: Password reset required for user due to security reasons",
    );
    expect(
      await api.refusal("SignUp", { ClientId: clientId, Username: "john", Password: "Passw0rd-123" }),
    ).toEqual(["InvalidPasswordException", "Provided password cannot be used for security reasons."]);
    expect(await eventsOf(poolId)).toMatchObject([
      { EventResponse: "Fail", EventRisk: { CompromisedCredentialsDetected: true, RiskDecision: "Block" } },
      { EventRisk: { CompromisedCredentialsDetected: true } },
    ]);
  });

  it("always blocks some addresses and never assesses others", async () => {
    const { poolId, clientId } = await newPool();
    await newUser(poolId);
    await signIn(HOME, clientId);
    context.clock.advance(3_600_000);
    await api.call("SetRiskConfiguration", {
      UserPoolId: poolId,
      AccountTakeoverRiskConfiguration: {
        Actions: { LowAction: ACTION("BLOCK"), MediumAction: ACTION("BLOCK") },
      },
      RiskExceptionConfiguration: {
        BlockedIPRangeList: ["203.0.113.0/24"],
        SkippedIPRangeList: ["198.51.100.0/24"],
      },
    });
    expect(await signIn(HOME, clientId)).toBe(
      "NotAuthorizedException: Unable to login because of security reasons.",
    );
    expect(await signIn(AWAY, clientId)).toMatchObject({ AuthenticationResult: {} });
  });

  it("rejects malformed ranges and senders of other regions, and returns the configuration", async () => {
    const { poolId, clientId } = await newPool();
    expect(
      await api.refusal("SetRiskConfiguration", {
        UserPoolId: poolId,
        RiskExceptionConfiguration: { BlockedIPRangeList: ["1.2.3.4"] },
      }),
    ).toEqual(["InvalidParameterException", "Incorrect CIDR format"]);
    expect(
      await api.refusal("SetRiskConfiguration", {
        UserPoolId: poolId,
        RiskExceptionConfiguration: { SkippedIPRangeList: ["1.2.3.4"] },
      }),
    ).toEqual(["InvalidParameterException", "Incorrect CIDR format"]);
    expect(
      await api.refusal("SetRiskConfiguration", {
        UserPoolId: poolId,
        AccountTakeoverRiskConfiguration: {
          Actions: {},
          NotifyConfiguration: {
            SourceArn: "arn:aws:ses:ap-northeast-1:123456789012:identity/a@example.com",
          },
        },
      }),
    ).toEqual([
      "InvalidParameterException",
      "Invalid NotifyConfiguration.SourceArn. Provided SourceArn must be in one of the following SES regions: eu-west-1, us-east-1, us-west-2.",
    ]);
    const own = {
      UserPoolId: poolId,
      ClientId: clientId,
      RiskExceptionConfiguration: { SkippedIPRangeList: ["203.0.113.1/32"] },
    };
    expect(await api.call("SetRiskConfiguration", own)).toEqual({ RiskConfiguration: own });
    expect(
      await api.call("DescribeRiskConfiguration", { UserPoolId: poolId, ClientId: clientId }),
    ).toMatchObject({ RiskConfiguration: own });
    await api.call("SetRiskConfiguration", { UserPoolId: poolId, ClientId: clientId });
    expect(await api.call("DescribeRiskConfiguration", { UserPoolId: poolId, ClientId: clientId })).toEqual({
      RiskConfiguration: { UserPoolId: poolId, ClientId: clientId },
    });
  });

  it("rejects every operation for a pool without threat protection, a risk configuration only once it is well formed", async () => {
    const { poolId } = await newPool("OFF");
    const exceptions = (range: string) => ({
      UserPoolId: poolId,
      RiskExceptionConfiguration: { BlockedIPRangeList: [range] },
    });
    expect(await api.refusal("SetRiskConfiguration", exceptions("203.0.113.1"))).toEqual([
      "InvalidParameterException",
      "Incorrect CIDR format",
    ]);
    expect((await api.refusal("SetRiskConfiguration", exceptions("203.0.113.1/32")))[0]).toBe(
      "UserPoolAddOnNotEnabledException",
    );
    expect(await api.refusal("AdminListUserAuthEvents", { UserPoolId: poolId, Username: "jane" })).toEqual([
      "UserPoolAddOnNotEnabledException",
      "User pool add-ons are not enabled for the user pool.",
    ]);
    expect((await api.refusal("DescribeRiskConfiguration", { UserPoolId: poolId }))[0]).toBe(
      "UserPoolAddOnNotEnabledException",
    );
  });

  it("accepts an administrator's feedback, but not on events of another user", async () => {
    const { poolId, clientId } = await newPool("AUDIT");
    await newUser(poolId);
    await signIn(HOME, clientId);
    const [event] = await eventsOf(poolId);
    const feedback = { UserPoolId: poolId, Username: "jane", FeedbackValue: "Valid" } as const;
    await api.call("AdminUpdateAuthEventFeedback", { ...feedback, EventId: event?.EventId ?? "" });
    expect(await eventsOf(poolId)).toMatchObject([
      { EventFeedback: { FeedbackValue: "Valid", Provider: "Admin" } },
    ]);
    expect((await api.refusal("AdminUpdateAuthEventFeedback", { ...feedback, EventId: "none" }))[0]).toBe(
      "ResourceNotFoundException",
    );
  });
});
