/** Which messages custom senders get in place of CustomMessage, and with which event. */
import { describe, expect, it } from "vitest";
import { caller } from "../operations/testing.ts";
import {
  clientMetadata,
  KMSKeyID,
  NOT_APPLICABLE,
  PASSWORD,
  recordEvents,
  SENDER,
  SENDERS,
  SMS,
  scene,
  verifiedEmail,
} from "./testing.ts";

const recorded = recordEvents();

describe("custom senders", () => {
  const media = [
    ["CustomEmailSender", "customEmailSenderRequestV1", "email", "jane@example.com"],
    ["CustomSMSSender", "customSMSSenderRequestV1", "phone_number", "+15550104567"],
  ] as const;

  it.each(media)(
    "of the kind %s get every message instead of CustomMessage",
    async (name, type, attribute, value) => {
      const here = await scene(recorded, {
        LambdaConfig: SENDERS,
        AutoVerifiedAttributes: [attribute],
        MfaConfiguration: "OPTIONAL",
        ...SMS,
      });
      const before = recorded.context.sent.length;
      const address = [{ Name: attribute, Value: value }];
      const sent = (occasion: string, userAttributes: object, options: object = {}) =>
        here.event(
          `${name}_${occasion}`,
          { userAttributes, type, code: expect.stringMatching(/^AYAD/), clientMetadata },
          options,
        );
      const fired = () =>
        here.taken().filter(({ triggerSource }) => /^Custom(Message|Email|SMS)/.test(triggerSource));

      const named = { ClientId: here.clientId, Username: "jane" };
      await here.call("SignUp", { ...named, Password: PASSWORD, UserAttributes: address });
      await here.call("ResendConfirmationCode", named);
      const unconfirmed = await here.attributesOf();
      expect(fired()).toEqual([sent("SignUp", unconfirmed), sent("ResendCode", unconfirmed)]);
      await here.call("AdminConfirmSignUp", here.named);
      await here.call("AdminUpdateUserAttributes", {
        ...here.named,
        UserAttributes: [{ Name: `${attribute}_verified`, Value: "true" }],
      });
      await here.call("ForgotPassword", named);
      const confirmed = await here.attributesOf();
      expect(fired()).toEqual([sent("ForgotPassword", confirmed)]);

      const { AuthenticationResult: { AccessToken = "" } = {} } = await here.signIn();
      const other = attribute === "email" ? "other@example.com" : "+15550109999";
      await here.call("UpdateUserAttributes", {
        AccessToken,
        UserAttributes: [{ Name: attribute, Value: other }],
      });
      await here.call("GetUserAttributeVerificationCode", { AccessToken, AttributeName: attribute });
      const changed = await here.attributesOf();
      expect(fired()).toEqual([sent("UpdateUserAttribute", changed), sent("VerifyUserAttribute", changed)]);

      await here.call("AdminCreateUser", {
        UserPoolId: here.poolId,
        Username: "joe",
        UserAttributes: address,
        DesiredDeliveryMediums: [attribute === "email" ? "EMAIL" : "SMS"],
      });
      const joe = { ...NOT_APPLICABLE, userName: "joe" };
      expect(fired()).toEqual([
        sent("AdminCreateUser", expect.objectContaining({ [attribute]: value }), joe),
      ]);
      expect(recorded.context.sent).toHaveLength(before);
    },
  );

  it("get the codes of sign-ins", async () => {
    for (const [name, type, attribute, value] of media) {
      const here = await scene(recorded, { LambdaConfig: SENDERS, MfaConfiguration: "OFF", ...SMS });
      await here.addJane({ [attribute]: value, [`${attribute}_verified`]: "true" });
      await recorded.context.store.pools.update(here.poolId, (pool) => ({
        ...pool,
        settings: {
          ...pool.settings,
          MfaConfiguration: "ON",
          ...(attribute === "email" ? { EmailMfaConfiguration: {}, SmsMfaEnabled: false } : {}),
          AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "admin_only", Priority: 1 }] },
        },
      }));
      await here.signIn();
      const userAttributes = await here.attributesOf();
      expect(here.taken().at(-1)).toEqual(
        here.event(`${name}_Authentication`, {
          userAttributes,
          type,
          code: expect.stringMatching(/^AYAD/),
          clientMetadata: null,
        }),
      );
    }
  });

  it("get the notification of a risky sign-in by e-mail, without a code", async () => {
    const here = await scene(recorded, {
      LambdaConfig: { CustomEmailSender: SENDER, KMSKeyID },
      UserPoolTier: "PLUS",
      UserPoolAddOns: { AdvancedSecurityMode: "ENFORCED" },
    });
    await here.addJane(verifiedEmail);
    const action = { Notify: true, EventAction: "NO_ACTION" } as const;
    await here.call("SetRiskConfiguration", {
      UserPoolId: here.poolId,
      AccountTakeoverRiskConfiguration: {
        Actions: { LowAction: action, MediumAction: action, HighAction: action },
        NotifyConfiguration: {
          SourceArn: "arn:aws:ses:us-east-1:123456789012:identity/security@example.com",
          From: "security@example.com",
        },
      },
    });
    const from = (sourceIp: string, userAgent: string) =>
      caller({ ...recorded.context, request: { ...recorded.context.request, sourceIp, userAgent } }).call(
        "InitiateAuth",
        {
          ClientId: here.clientId,
          AuthFlow: "USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: "jane", PASSWORD },
        },
      );
    await from("203.0.113.9", "Mozilla/5.0 (Windows NT 10.0) Chrome/120.0.0.0 Safari/537.36");
    recorded.context.clock.advance(3_600_000);
    await from("198.51.100.7", "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0");
    await recorded.context.outbox.idle();
    expect(here.taken()).toEqual([
      here.event("CustomEmailSender_AccountTakeOverNotification", {
        userAttributes: {
          ...verifiedEmail,
          EVENT_ID: expect.any(String),
          USER_NAME: "jane",
          IP_ADDRESS: "198.51.100.7",
          ACCOUNT_TAKE_OVER_ACTION: "NO_ACTION",
          ONE_CLICK_LINK_VALID: expect.stringContaining("feedback_value=Valid"),
          ONE_CLICK_LINK_INVALID: expect.stringContaining("feedback_value=Invalid"),
          LOGIN_TIME: expect.any(String),
          FEEDBACK_TOKEN: expect.any(String),
          CITY: expect.any(String),
          COUNTRY: expect.any(String),
          DEVICE_NAME: expect.any(String),
        },
        type: "customEmailSenderRequestV1",
        code: null,
        clientMetadata: null,
      }),
    ]);
  });
});
