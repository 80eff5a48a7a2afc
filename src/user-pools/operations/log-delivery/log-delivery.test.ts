import { beforeEach, describe, expect, it } from "vitest";
import type { LogConfigurationType } from "../../../api-model/index.ts";
import { DeliveryFailed } from "../../../delivery/index.ts";
import type { LogRecord, LogSinks } from "../../../log-sinks/index.ts";
import { startLogDelivery } from "../../log-delivery/index.ts";
import { type TestContext, testContext } from "../../testing.ts";
import { type Caller, caller } from "../testing.ts";

const GROUP = "arn:aws:logs:us-east-1:123456789012:log-group:cognito-errors";
const STREAM = "arn:aws:firehose:us-east-1:123456789012:deliverystream/cognito-events";
const BUCKET = "arn:aws:s3:::cognito-events";

const NOTIFICATIONS: LogConfigurationType = {
  EventSource: "userNotification",
  LogLevel: "ERROR",
  CloudWatchLogsConfiguration: { LogGroupArn: GROUP },
};
const ACTIVITY: LogConfigurationType = {
  EventSource: "userAuthEvents",
  LogLevel: "INFO",
  S3Configuration: { BucketArn: BUCKET },
};

describe("log delivery", () => {
  let context: TestContext;
  let api: Caller;
  let written: [arn: string, record: LogRecord][];
  let failsToSend: boolean;
  beforeEach(async () => {
    written = [];
    failsToSend = false;
    const logSinks: LogSinks = {
      stateOf: (arn) => ({ target: { kind: arn === GROUP ? "log" : "nothing" }, delivered: 0, lost: 0 }),
      write: (arn, record) => written.push([arn, record]),
      close: async () => undefined,
    };
    const delivery = {
      async send() {
        if (failsToSend) throw new DeliveryFailed("The mail server did not take the message.");
      },
    };
    context = await testContext({ logSinks, delivery });
    api = caller(context);
  });

  const plusPool = () =>
    api.pool({ UserPoolTier: "PLUS", UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" } });
  const set = (UserPoolId: string, ...LogConfigurations: LogConfigurationType[]) =>
    api.outcome("SetLogDeliveryConfiguration", { UserPoolId, LogConfigurations });
  const current = (UserPoolId: string) => api.call("GetLogDeliveryConfiguration", { UserPoolId });

  describe("SetLogDeliveryConfiguration and GetLogDeliveryConfiguration", () => {
    it("return an empty list for a pool without log delivery", async () => {
      const UserPoolId = await plusPool();
      expect(await current(UserPoolId)).toEqual({
        LogDeliveryConfiguration: { UserPoolId, LogConfigurations: [] },
      });
    });

    it("replace all of a pool's configurations, and remove them with an empty list", async () => {
      const UserPoolId = await plusPool();
      const answer = {
        LogDeliveryConfiguration: { UserPoolId, LogConfigurations: [NOTIFICATIONS, ACTIVITY] },
      };
      expect(await set(UserPoolId, NOTIFICATIONS, ACTIVITY)).toEqual(answer);
      expect(await current(UserPoolId)).toEqual(answer);
      await set(UserPoolId, ACTIVITY);
      expect((await current(UserPoolId)).LogDeliveryConfiguration?.LogConfigurations).toEqual([ACTIVITY]);
      await set(UserPoolId);
      expect((await current(UserPoolId)).LogDeliveryConfiguration?.LogConfigurations).toEqual([]);
    });

    it("delete the configurations together with the pool", async () => {
      const UserPoolId = await plusPool();
      await set(UserPoolId, NOTIFICATIONS);
      await api.call("DeleteUserPool", { UserPoolId });
      const unknown = `ResourceNotFoundException: User pool ${UserPoolId} does not exist.`;
      expect(await set(UserPoolId, NOTIFICATIONS)).toBe(unknown);
      expect(await api.outcome("GetLogDeliveryConfiguration", { UserPoolId })).toBe(unknown);
    });

    it.each([
      [
        "the same source twice",
        [NOTIFICATIONS, NOTIFICATIONS],
        "Following event sources appear more then once in a request: [userNotification].",
      ],
      [
        "a log group of another account and region",
        [
          {
            ...NOTIFICATIONS,
            CloudWatchLogsConfiguration: {
              LogGroupArn: "arn:aws:logs:ap-northeast-1:210987654321:log-group:a",
            },
          },
        ],
        "[CloudWatch log group arn arn:aws:logs:ap-northeast-1:210987654321:log-group:a failed with the following validation errors: ARN does not belong to invoking account. ARN does not belong to current region. ]",
      ],
      [
        "the same source twice with log groups of another account",
        ["a", "b"].map((name) => ({
          ...NOTIFICATIONS,
          CloudWatchLogsConfiguration: {
            LogGroupArn: `arn:aws:logs:us-east-1:210987654321:log-group:${name}`,
          },
        })),
        "Following event sources appear more then once in a request: [userNotification]. [CloudWatch log group arn arn:aws:logs:us-east-1:210987654321:log-group:a failed with the following validation errors: ARN does not belong to invoking account. , CloudWatch log group arn arn:aws:logs:us-east-1:210987654321:log-group:b failed with the following validation errors: ARN does not belong to invoking account. ]",
      ],
      [
        "a stream that is a log group",
        [{ ...ACTIVITY, S3Configuration: undefined, FirehoseConfiguration: { StreamArn: GROUP } }],
        `[Firehose stream arn ${GROUP} failed with the following validation errors: ARN is not of a Firehose stream. ]`,
      ],
      ...(
        [
          [
            "CloudWatchLogsConfiguration",
            "LogGroupArn",
            "arn:aws:logs:us-east-1:123456789012:my-log-group:a",
          ],
          ["CloudWatchLogsConfiguration", "LogGroupArn", "arn:aws:s3:us-east-1:123456789012:log-group:a"],
          [
            "FirehoseConfiguration",
            "StreamArn",
            "arn:aws:firehose:us-east-1:123456789012:my/deliverystream/a",
          ],
          ["S3Configuration", "BucketArn", GROUP],
          ["S3Configuration", "BucketArn", "arn:aws:s3:::"],
        ] as const
      ).map(([destination, member, arn]): [string, LogConfigurationType[], string] => {
        const what = {
          CloudWatchLogsConfiguration: "CloudWatch log group",
          FirehoseConfiguration: "Firehose stream",
          S3Configuration: "S3 bucket",
        }[destination];
        return [
          `the ${what} ${arn}`,
          [{ EventSource: "userAuthEvents", LogLevel: "INFO", [destination]: { [member]: arn } }],
          `[${what} arn ${arn} failed with the following validation errors: ARN is not of a ${what}. ]`,
        ];
      }),
      [
        "no destination",
        [{ EventSource: "userNotification", LogLevel: "ERROR" } as const],
        "Exactly one destination is required for event source userNotification.",
      ],
      [
        "a destination without its ARN",
        [{ ...ACTIVITY, S3Configuration: {} }],
        "Exactly one destination is required for event source userAuthEvents.",
      ],
      [
        "two destinations",
        [{ ...ACTIVITY, FirehoseConfiguration: { StreamArn: STREAM } }],
        "Exactly one destination is required for event source userAuthEvents.",
      ],
      [
        "a level of the other source",
        [{ ...NOTIFICATIONS, LogLevel: "INFO" } as const],
        "Log level INFO is not supported for event source userNotification.",
      ],
      [
        "notifications to a bucket",
        [
          {
            EventSource: "userNotification",
            LogLevel: "ERROR",
            S3Configuration: { BucketArn: BUCKET },
          } as const,
        ],
        "Event source userNotification can only be delivered to CloudWatch Logs.",
      ],
    ])("refuse %s", async (_what, configurations, reason) => {
      const UserPoolId = await plusPool();
      expect(await set(UserPoolId, ...configurations)).toBe(
        `InvalidParameterException: Request validation Failed. ${reason}`,
      );
      expect((await current(UserPoolId)).LogDeliveryConfiguration?.LogConfigurations).toEqual([]);
    });

    it.each(["ESSENTIALS", "LITE"] as const)("refuse user activity in the plan %s", async (UserPoolTier) => {
      const UserPoolId = await api.pool({ UserPoolTier });
      const refusal = `FeatureUnavailableInTierException: The following feature is not available for the ${UserPoolTier} pricing tier configured: Log Streaming`;
      expect(await set(UserPoolId, ACTIVITY)).toBe(refusal);
      expect(await set(UserPoolId, NOTIFICATIONS, ACTIVITY)).toBe(refusal);
      const elsewhere = "arn:aws:logs:us-east-1:210987654321:log-group:/pf/probe";
      expect(
        await set(UserPoolId, {
          EventSource: "userAuthEvents",
          LogLevel: "INFO",
          CloudWatchLogsConfiguration: { LogGroupArn: elsewhere },
        }),
      ).toBe(refusal);
      expect(await set(UserPoolId, NOTIFICATIONS)).toMatchObject({ LogDeliveryConfiguration: {} });
    });

    it("warn of a destination without a configured target", async () => {
      const UserPoolId = await plusPool();
      await set(UserPoolId, NOTIFICATIONS, ACTIVITY);
      expect(context.warnings).toEqual([{ poolId: UserPoolId, destination: BUCKET }]);
    });
  });

  describe("delivery", () => {
    beforeEach(() => startLogDelivery(context));

    const signIn = (ClientId: string, PASSWORD: string) =>
      api.outcome("InitiateAuth", {
        ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "jane", PASSWORD },
      });
    async function newUser(UserPoolId: string) {
      const user = { UserPoolId, Username: "jane" };
      await api.call("AdminCreateUser", { ...user, MessageAction: "SUPPRESS" });
      await api.call("AdminSetUserPassword", { ...user, Password: "Str0ng-password!", Permanent: true });
      return (await api.call("AdminGetUser", user)).UserAttributes?.find(({ Name }) => Name === "sub")?.Value;
    }

    it("writes a record of each step of a sign-in, without the password", async () => {
      const UserPoolId = await plusPool();
      const ClientId = await api.client(UserPoolId);
      const sub = await newUser(UserPoolId);
      await set(UserPoolId, ACTIVITY);
      expect(await signIn(ClientId, "Str0ng-password!")).toMatchObject({ AuthenticationResult: {} });
      expect(await signIn(ClientId, "Wr0ng-password!")).toContain("NotAuthorizedException");
      await expect.poll(() => written).toHaveLength(3);
      expect(written.map(([arn]) => arn)).toEqual([BUCKET, BUCKET, BUCKET]);
      const contents = written.map(([, { content }]) => content as { message: Record<string, unknown> });
      expect(contents.map(({ message }) => message.eventResponse)).toEqual(["InProgress", "Pass", "Fail"]);
      expect(contents[0]?.message.eventId).toBe(contents[1]?.message.eventId);
      expect(contents[1]).toEqual({
        eventTimestamp: "1767225600000",
        eventSource: "USER_ACTIVITY",
        logLevel: "INFO",
        message: {
          version: "1",
          eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
          eventType: "SignIn",
          userSub: sub,
          userName: "jane",
          userPoolId: UserPoolId,
          clientId: ClientId,
          creationDate: "Thu Jan 01 00:00:00 UTC 2026",
          eventResponse: "Pass",
          riskLevel: "",
          riskDecision: "PASS",
          challenges: [{ challengeName: "Password", challengeResponse: "Success" }],
          deviceName: "Other, Other",
          ipAddress: "127.0.0.1",
          requestId: context.request.requestId,
          idpName: "",
          compromisedCredentialDetected: "false",
          city: "",
          country: "",
          eventFeedbackValue: "",
          eventFeedbackDate: "",
          eventFeedbackProvider: "",
          hasContextData: "false",
        },
        logSourceId: { userPoolId: UserPoolId },
      });
      expect(JSON.stringify(written)).not.toContain("password!");
    });

    it("writes a record when feedback is given", async () => {
      const UserPoolId = await plusPool();
      const ClientId = await api.client(UserPoolId);
      await newUser(UserPoolId);
      await signIn(ClientId, "Str0ng-password!");
      await set(UserPoolId, ACTIVITY);
      const user = { UserPoolId, Username: "jane" };
      const [event] = (await api.call("AdminListUserAuthEvents", user)).AuthEvents ?? [];
      const EventId = event?.EventId ?? "";
      await api.call("AdminUpdateAuthEventFeedback", { ...user, EventId, FeedbackValue: "Invalid" });
      await expect.poll(() => written).toHaveLength(1);
      expect(written[0]?.[1].content).toMatchObject({
        message: {
          eventId: EventId,
          eventFeedbackValue: "Invalid",
          eventFeedbackProvider: "Admin",
          eventFeedbackDate: "Thu Jan 01 00:00:00 UTC 2026",
        },
      });
    });

    it("writes a record of a failed message, without its code and address", async () => {
      const UserPoolId = await api.pool({ AutoVerifiedAttributes: ["email"] });
      const ClientId = await api.client(UserPoolId);
      await set(UserPoolId, NOTIFICATIONS);
      failsToSend = true;
      const signUp = {
        ClientId,
        Username: "john",
        Password: "Str0ng-password!",
        UserAttributes: [{ Name: "email", Value: "john@example.com" }],
      };
      expect(await api.outcome("SignUp", signUp)).toContain("CodeDeliveryFailureException");
      await expect.poll(() => written).toHaveLength(1);
      expect(written).toEqual([
        [
          GROUP,
          {
            poolId: UserPoolId,
            at: context.clock.now(),
            level: "ERROR",
            content: {
              eventTimestamp: "1767225600000",
              eventSource: "USER_NOTIFICATION",
              logLevel: "ERROR",
              message: {
                details:
                  "The EMAIL message of SignUp to user john was not delivered: The mail server did not take the message.",
              },
              logSourceId: { userPoolId: UserPoolId },
            },
          },
        ],
      ]);
    });

    it("writes no record of successful messages, of other sources and of other pools", async () => {
      const [other, UserPoolId] = [await plusPool(), await plusPool()];
      await set(other, ACTIVITY);
      await set(UserPoolId, NOTIFICATIONS);
      const ClientId = await api.client(UserPoolId);
      await newUser(UserPoolId);
      await signIn(ClientId, "Str0ng-password!");
      await api.call("AdminUpdateUserAttributes", {
        UserPoolId,
        Username: "jane",
        UserAttributes: [{ Name: "email", Value: "jane@example.com" }],
      });
      await new Promise(setImmediate);
      expect(written).toEqual([]);
    });
  });
});
