import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type {
  CreateUserPoolRequest,
  SetUserPoolMfaConfigRequest,
  UpdateUserPoolRequest,
} from "../../../api-model/index.ts";
import { type TestContext, testContext } from "../../testing.ts";
import { outcome } from "../authentication/testing.ts";
import { createUserPool } from "./create-user-pool.ts";
import { describeUserPool } from "./describe-user-pool.ts";
import { getUserPoolMfaConfig } from "./get-user-pool-mfa-config.ts";
import { setUserPoolMfaConfig } from "./set-user-pool-mfa-config.ts";
import { updateUserPool } from "./update-user-pool.ts";

const SNS = { SnsCallerArn: "arn:aws:iam::123456789012:role/sns", ExternalId: "id" };
/** SMS is sent from the pool's region unless it says otherwise. */
const SNS_SHOWN = { ...SNS, SnsRegion: "us-east-1" };
const SMS_SHOWN = { SmsAuthenticationMessage: "Code {####}", SmsConfiguration: SNS_SHOWN };
const SMS = { SmsAuthenticationMessage: "Code {####}", SmsConfiguration: SNS };
const TOKEN = { Enabled: true };
const EMAIL = { Message: "Code {####}", Subject: "Code" };
const PASSKEYS = { RelyingPartyId: "auth.example.com", UserVerification: "required" as const };
const SES = {
  EmailConfiguration: {
    EmailSendingAccount: "DEVELOPER" as const,
    SourceArn: "arn:aws:ses:us-east-1:123456789012:identity/example.com",
  },
};

const TOGETHER =
  "InvalidParameterException: Invalid MFA configuration given, can't turn off MFA and configure an MFA together.";
const NONE =
  "InvalidParameterException: Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled.";
const ALL_OFF =
  "InvalidParameterException: Invalid MFA configuration given, can't disable all MFAs with a required or optional configuration.";

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.store.close());

async function poolWith(settings: Omit<CreateUserPoolRequest, "PoolName"> = {}) {
  const { UserPool } = await createUserPool({ PoolName: "people", ...settings }, context);
  const UserPoolId = UserPool?.Id ?? "";
  return {
    UserPoolId,
    set: (given: Omit<SetUserPoolMfaConfigRequest, "UserPoolId">) =>
      outcome(setUserPoolMfaConfig({ UserPoolId, ...given }, context)),
    get: () => outcome(getUserPoolMfaConfig({ UserPoolId }, context)),
    update: (given: Omit<UpdateUserPoolRequest, "UserPoolId">) =>
      outcome(updateUserPool({ UserPoolId, ...given }, context)),
    describe: async () => (await describeUserPool({ UserPoolId }, context)).UserPool,
  };
}

describe("GetUserPoolMfaConfig", () => {
  it("returns only OFF for a pool without MFA", async () => {
    expect(await (await poolWith()).get()).toStrictEqual({ MfaConfiguration: "OFF" });
  });

  it("returns the settings of CreateUserPool and UpdateUserPool", async () => {
    const sms = {
      SmsConfiguration: SNS,
      SmsAuthenticationMessage: "Code {####}",
      AutoVerifiedAttributes: ["phone_number" as const],
    };
    const pool = await poolWith({ ...sms, MfaConfiguration: "ON" });
    expect(await pool.get()).toStrictEqual({ MfaConfiguration: "ON", SmsMfaConfiguration: SMS_SHOWN });
    await pool.update({ ...sms, SmsAuthenticationMessage: undefined });
    expect(await pool.get()).toStrictEqual({
      MfaConfiguration: "ON",
      SmsMfaConfiguration: { SmsConfiguration: SNS_SHOWN },
    });
  });

  it("rejects a pool that does not exist", async () => {
    const UserPoolId = "us-east-1_nonesuch";
    const refusal = `ResourceNotFoundException: User pool ${UserPoolId} does not exist.`;
    expect(await outcome(getUserPoolMfaConfig({ UserPoolId }, context))).toBe(refusal);
    expect(await outcome(setUserPoolMfaConfig({ UserPoolId }, context))).toBe(refusal);
  });
});

describe("SetUserPoolMfaConfig", () => {
  it("returns the effective settings, as GetUserPoolMfaConfig does afterwards", async () => {
    const pool = await poolWith(SES);
    context.clock.advance(1000);
    const given = {
      MfaConfiguration: "OPTIONAL" as const,
      SmsMfaConfiguration: SMS,
      SoftwareTokenMfaConfiguration: TOKEN,
      EmailMfaConfiguration: EMAIL,
      WebAuthnConfiguration: PASSKEYS,
    };
    const inForce = { ...given, SmsMfaConfiguration: SMS_SHOWN };
    expect(await pool.set(given)).toStrictEqual(inForce);
    expect(await pool.get()).toStrictEqual(inForce);
    const shown = await pool.describe();
    expect(shown).toMatchObject({
      MfaConfiguration: "OPTIONAL",
      SmsConfiguration: SNS_SHOWN,
      SmsAuthenticationMessage: "Code {####}",
      LastModifiedDate: context.clock.now(),
    });
    expect(Object.keys(shown ?? {})).not.toContain("SoftwareTokenMfaConfiguration");
  });

  it("can make MFA required in a pool that was created without it", async () => {
    const pool = await poolWith();
    const given = { MfaConfiguration: "ON" as const, SoftwareTokenMfaConfiguration: TOKEN };
    expect(await pool.set(given)).toStrictEqual(given);
  });

  it("replaces all factors if MfaConfiguration is given, and keeps passkeys", async () => {
    const pool = await poolWith(SES);
    await pool.set({
      MfaConfiguration: "OPTIONAL",
      EmailMfaConfiguration: EMAIL,
      WebAuthnConfiguration: PASSKEYS,
    });
    await pool.set({ MfaConfiguration: "ON", SoftwareTokenMfaConfiguration: TOKEN });
    expect(await pool.get()).toStrictEqual({
      MfaConfiguration: "ON",
      SoftwareTokenMfaConfiguration: TOKEN,
      WebAuthnConfiguration: PASSKEYS,
    });
    await pool.set({ MfaConfiguration: "OFF" });
    expect(await pool.get()).toStrictEqual({ MfaConfiguration: "OFF", WebAuthnConfiguration: PASSKEYS });
  });

  it("turns MFA off if MfaConfiguration is omitted", async () => {
    const pool = await poolWith();
    await pool.set({ MfaConfiguration: "ON", SoftwareTokenMfaConfiguration: TOKEN });
    await pool.set({ WebAuthnConfiguration: PASSKEYS });
    expect(await pool.get()).toStrictEqual({ MfaConfiguration: "OFF", WebAuthnConfiguration: PASSKEYS });
  });

  it("keeps the pool's SMS configuration when MFA is turned off, because codes need it too", async () => {
    const pool = await poolWith();
    await pool.set({ MfaConfiguration: "ON", SmsMfaConfiguration: SMS });
    expect(await pool.set({ MfaConfiguration: "OFF" })).toStrictEqual({
      MfaConfiguration: "OFF",
      SmsMfaConfiguration: SMS_SHOWN,
    });
  });

  it.each<[string, Omit<SetUserPoolMfaConfigRequest, "UserPoolId">, string]>([
    ["MFA off with a token", { MfaConfiguration: "OFF", SoftwareTokenMfaConfiguration: TOKEN }, TOGETHER],
    ["MFA off with SMS", { MfaConfiguration: "OFF", SmsMfaConfiguration: SMS }, TOGETHER],
    ["a factor for MFA that is off", { EmailMfaConfiguration: EMAIL }, TOGETHER],
    ["MFA without factors", { MfaConfiguration: "ON" }, ALL_OFF],
    ["MFA with passkeys alone", { MfaConfiguration: "OPTIONAL", WebAuthnConfiguration: PASSKEYS }, NONE],
    [
      "MFA whose factors are off",
      { MfaConfiguration: "ON", SoftwareTokenMfaConfiguration: { Enabled: false } },
      ALL_OFF,
    ],
    [
      "SMS without a configuration",
      { MfaConfiguration: "ON", SmsMfaConfiguration: {} },
      "InvalidParameterException: SmsConfiguration is required when SMS MFA is configured.",
    ],
    [
      "e-mail by Cognito's own sender",
      { MfaConfiguration: "ON", EmailMfaConfiguration: EMAIL },
      "InvalidParameterException: Cannot set EmailMfaConfiguration when user pool EmailConfiguration contains an EmailSendingAccount of COGNITO_DEFAULT. Update the value of EmailSendingAccount.",
    ],
  ])("rejects %s, and changes nothing", async (_, given, refusal) => {
    const pool = await poolWith();
    expect(await pool.set(given)).toBe(refusal);
    expect(await pool.get()).toStrictEqual({ MfaConfiguration: "OFF" });
  });

  it.each(["ON", "OPTIONAL"] as const)(
    "accepts %s with only an authenticator app together with an SMS configuration",
    async (mode) => {
      const pool = await poolWith({
        MfaConfiguration: mode,
        SmsConfiguration: SNS,
        AutoVerifiedAttributes: ["email"],
      });
      const given = { MfaConfiguration: mode, SoftwareTokenMfaConfiguration: TOKEN };
      expect(await pool.set(given)).toStrictEqual(given);
      expect(await pool.get()).toStrictEqual(given);
      expect((await pool.describe())?.SmsConfiguration).toStrictEqual(SNS_SHOWN);
      await pool.set({ ...given, SmsMfaConfiguration: {} });
      expect(await pool.get()).toStrictEqual({
        ...given,
        SmsMfaConfiguration: { SmsConfiguration: SNS_SHOWN },
      });
    },
  );

  it("does not remove SMS while the pool verifies phone numbers by it", async () => {
    const pool = await poolWith({ SmsConfiguration: SNS, AutoVerifiedAttributes: ["phone_number"] });
    expect(await pool.set({ MfaConfiguration: "ON", SoftwareTokenMfaConfiguration: TOKEN })).toBe(
      "InvalidParameterException: Can't turn off SMS_MFA when SMS configuration is set for the user pool",
    );
    expect(
      await pool.set({
        MfaConfiguration: "ON",
        SmsMfaConfiguration: {},
        SoftwareTokenMfaConfiguration: TOKEN,
      }),
    ).toMatchObject({ SmsMfaConfiguration: { SmsConfiguration: SNS_SHOWN } });
  });

  it.each<[string, SetUserPoolMfaConfigRequest["SmsMfaConfiguration"], string]>([
    [
      "End User Messaging",
      { SmsConfiguration: { EumsSms: { CallerArn: SNS.SnsCallerArn, Region: "eu-west-1" } } },
      "Invalid EumsSms.Region. Allowed End User Messaging region for us-east-1 is us-east-1",
    ],
    [
      "SNS",
      { SmsConfiguration: { ...SNS, SnsRegion: "eu-west-1" } },
      "Invalid snsRegion. Allowed SNS region for us-east-1 is us-east-1",
    ],
  ])("rejects %s of another region, as CreateUserPool does", async (_, SmsMfaConfiguration, message) => {
    const pool = await poolWith();
    expect(await pool.set({ MfaConfiguration: "OPTIONAL", SmsMfaConfiguration })).toBe(
      `InvalidParameterException: ${message}`,
    );
  });

  it("rejects settings that conflict with the pool's other settings", async () => {
    const recovering = await poolWith({
      ...SES,
      AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: "verified_email" }] },
    });
    expect(await recovering.set({ MfaConfiguration: "ON", EmailMfaConfiguration: EMAIL })).toMatch(
      /^InvalidParameterException: Email MFA cannot be configured/,
    );
    const lite = await poolWith({ ...SES, UserPoolTier: "LITE" });
    expect(await lite.set({ MfaConfiguration: "ON", EmailMfaConfiguration: EMAIL })).toBe(
      "FeatureUnavailableInTierException: The following features need to be disabled for the LITE pricing tier configured: Email MFA",
    );
    const asBothFactors = { FactorConfiguration: "MULTI_FACTOR_WITH_USER_VERIFICATION" as const };
    expect(await lite.set({ WebAuthnConfiguration: asBothFactors })).toBe(
      "FeatureUnavailableInTierException: The following features need to be disabled for the LITE pricing tier configured: Passkey MFA",
    );
    const passwordless = await poolWith({
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } },
    });
    const required = { MfaConfiguration: "ON" as const, SoftwareTokenMfaConfiguration: TOKEN };
    expect(await passwordless.set(required)).toBe(
      "InvalidParameterException: Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first auth factor",
    );
    const noHost = { RelyingPartyId: "https://auth.example.com" };
    expect(await passwordless.set({ WebAuthnConfiguration: noHost })).toBe(
      "InvalidParameterException: RelyingPartyId contains invalid characters",
    );
    expect(
      await passwordless.set({
        ...required,
        WebAuthnConfiguration: { ...PASSKEYS, ...asBothFactors },
      }),
    ).toMatchObject(required);
  });
});

describe("UpdateUserPool", () => {
  it("keeps factors while MFA is on, and removes them when it is turned off; passkeys stay", async () => {
    const pool = await poolWith();
    const config = {
      MfaConfiguration: "OPTIONAL" as const,
      SoftwareTokenMfaConfiguration: TOKEN,
      WebAuthnConfiguration: PASSKEYS,
    };
    await pool.set(config);
    expect(await pool.update({ MfaConfiguration: "OPTIONAL" })).toEqual({});
    expect(await pool.get()).toStrictEqual(config);
    expect(await pool.update({})).toEqual({});
    expect(await pool.get()).toStrictEqual(config);
    expect(await pool.update({ MfaConfiguration: "OFF" })).toEqual({});
    expect(await pool.get()).toStrictEqual({ MfaConfiguration: "OFF", WebAuthnConfiguration: PASSKEYS });
  });
});
