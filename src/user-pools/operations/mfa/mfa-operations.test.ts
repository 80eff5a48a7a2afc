import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { UserPoolSettings } from "../../../storage/index.ts";
import type { OperationContext } from "../../operation.ts";
import { type TestContext, testContext } from "../../testing.ts";
import { associateSoftwareToken } from "./associate-software-token.ts";
import { APP, appCode, EMAIL, mfaScene, ON, OPTIONAL, SMS } from "./testing.ts";

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.store.close());

/** A scene in which alice has signed in, before the pool had MFA. */
async function signedIn(pool: UserPoolSettings, attributes: Readonly<Record<string, string>> = {}) {
  const here = await mfaScene({}, attributes, Promise.resolve(context));
  const AccessToken = await here.accessToken();
  await context.store.pools.update(here.pool.id, (record) => ({ ...record, settings: pool }));
  const named = { UserPoolId: here.pool.id, Username: "alice" };
  return { ...here, AccessToken, named, user: () => here.call("GetUser", { AccessToken }) };
}

const phone = { phone_number: "+15550104567" };
const email = { email: "jane@example.com" };

describe("AssociateSoftwareToken and VerifySoftwareToken", () => {
  it("register an app by an access token, which becomes a factor only after it is activated", async () => {
    const here = await signedIn({ ...OPTIONAL, ...APP });
    const { SecretCode, ...rest } = await here.call("AssociateSoftwareToken", {
      AccessToken: here.AccessToken,
    });
    expect(SecretCode).toMatch(/^[A-Z2-7]{52}$/);
    expect(rest).toEqual({});
    const UserCode = appCode(SecretCode, context.clock.now());
    expect(await here.call("VerifySoftwareToken", { AccessToken: here.AccessToken, UserCode })).toEqual({
      Status: "SUCCESS",
    });
    expect((await here.user()).UserMFASettingList).toBeUndefined();
    expect((await here.begin()).AuthenticationResult).toBeDefined();
  });

  it("reject a wrong code, after which the right one is still accepted", async () => {
    const here = await signedIn({ ...OPTIONAL, ...APP });
    const { AccessToken } = here;
    const { SecretCode } = await here.call("AssociateSoftwareToken", { AccessToken });
    expect(await here.refusal("VerifySoftwareToken", { AccessToken, UserCode: "000000" })).toEqual([
      "EnableSoftwareTokenMFAException",
      "Code mismatch and fail enable Software Token MFA",
    ]);
    const UserCode = appCode(SecretCode, context.clock.now());
    expect(await here.call("VerifySoftwareToken", { AccessToken, UserCode })).toEqual({ Status: "SUCCESS" });
  });

  it("keep the registered app until another one is verified", async () => {
    const here = await signedIn({ ...OPTIONAL, ...APP });
    const first = await here.registerApp(here.AccessToken);
    await here.call("SetUserMFAPreference", {
      AccessToken: here.AccessToken,
      SoftwareTokenMfaSettings: { Enabled: true },
    });
    await here.call("AssociateSoftwareToken", { AccessToken: here.AccessToken });
    here.nextStep();
    const SOFTWARE_TOKEN_MFA_CODE = appCode(first, context.clock.now());
    const answer = await here.answer(await here.begin(), { SOFTWARE_TOKEN_MFA_CODE });
    expect(answer.AuthenticationResult).toBeDefined();
  });

  it("are rejected if the pool has authenticator apps switched off", async () => {
    const here = await signedIn({ ...OPTIONAL, ...SMS });
    expect(await here.refusal("AssociateSoftwareToken", { AccessToken: here.AccessToken })).toEqual([
      "SoftwareTokenMFANotFoundException",
      "Software Token MFA has not been enabled by the userPool",
    ]);
  });

  it("require either an access token or a Session", async () => {
    const here = await signedIn({ ...ON, ...APP });
    const { Session } = await here.begin();
    for (const proofs of [{}, { AccessToken: here.AccessToken, Session }]) {
      expect((await here.refusal("AssociateSoftwareToken", proofs))[0]).toBe("InvalidParameterException");
      expect((await here.refusal("VerifySoftwareToken", { ...proofs, UserCode: "123456" }))[0]).toBe(
        "InvalidParameterException",
      );
    }
  });

  it("accept only a Session of MFA_SETUP, until it expires", async () => {
    const invalid = ["NotAuthorizedException", "Invalid session for the user."];
    const here = await signedIn({ ...ON, ...APP, ...SMS }, phone);
    const { Session } = await here.begin();
    expect(await here.refusal("AssociateSoftwareToken", { Session })).toEqual(invalid);
    expect(await here.refusal("AssociateSoftwareToken", { Session: "x".repeat(40) })).toEqual(invalid);
    const other = await signedIn({ ...ON, ...APP });
    const setup = await other.begin();
    context.clock.advance(3 * 60_000);
    expect(await other.refusal("AssociateSoftwareToken", { Session: setup.Session })).toEqual([
      "NotAuthorizedException",
      "Invalid session for the user, session is expired.",
    ]);
  });

  it("give a secret to one of two requests at once, and ConcurrentModificationException to the other", async () => {
    const here = await signedIn({ ...OPTIONAL, ...APP });
    const { AccessToken } = here;
    let secret: string | undefined;
    const verifyAccessToken: OperationContext["tokens"]["verifyAccessToken"] = async (...given) => {
      const bearer = await context.tokens.verifyAccessToken(...given);
      // The other request comes between this one's reading and writing.
      secret = (await here.call("AssociateSoftwareToken", { AccessToken })).SecretCode;
      return bearer;
    };
    const slow = { ...context, tokens: { ...context.tokens, verifyAccessToken } };
    await expect(associateSoftwareToken({ AccessToken }, slow)).rejects.toMatchObject({
      name: "ConcurrentModificationException",
      message: "Only one request to associate a software token can be processed at a time.",
    });
    const UserCode = appCode(secret, context.clock.now());
    expect(await here.call("VerifySoftwareToken", { AccessToken, UserCode })).toEqual({ Status: "SUCCESS" });
  });

  it("reject a verification without an associated secret", async () => {
    const here = await signedIn({ ...ON, ...APP });
    const { AccessToken } = here;
    const refused = ["SoftwareTokenMFANotFoundException", "Software Token MFA does not exist for the user."];
    expect(await here.refusal("VerifySoftwareToken", { AccessToken, UserCode: "123456" })).toEqual(refused);
    const { Session } = await here.begin();
    expect(await here.refusal("VerifySoftwareToken", { Session, UserCode: "123456" })).toEqual(refused);
  });
});

describe("SetUserMFAPreference and AdminSetUserMFAPreference", () => {
  it("move the user's UserLastModifiedDate, and so do SetUserSettings and AdminSetUserSettings", async () => {
    const here = await signedIn({ ...OPTIONAL, ...SMS }, phone);
    const { AccessToken, named } = here;
    const modified = async () => (await here.call("AdminGetUser", named)).UserLastModifiedDate;
    const on = { SMSMfaSettings: { Enabled: true } };
    const MFAOptions = [{ DeliveryMedium: "SMS" as const, AttributeName: "phone_number" }];
    context.clock.advance(1000);
    await here.call("SetUserMFAPreference", { AccessToken, ...on });
    expect(await modified()).toBe(context.clock.now());
    context.clock.advance(1000);
    await here.call("AdminSetUserMFAPreference", { ...named, ...on });
    expect(await modified()).toBe(context.clock.now());
    context.clock.advance(1000);
    await here.call("SetUserSettings", { AccessToken, MFAOptions });
    expect(await modified()).toBe(context.clock.now());
    context.clock.advance(1000);
    await here.call("AdminSetUserSettings", { ...named, MFAOptions });
    expect(await modified()).toBe(context.clock.now());
  });

  const pool = { ...OPTIONAL, ...SMS, ...APP, ...EMAIL };

  it("activate factors and prefer one of them", async () => {
    const here = await signedIn(pool, { ...phone, ...email });
    await here.call("SetUserMFAPreference", {
      AccessToken: here.AccessToken,
      SMSMfaSettings: { Enabled: true },
      EmailMfaSettings: { Enabled: true, PreferredMfa: true },
    });
    expect(await here.user()).toMatchObject({
      UserMFASettingList: ["SMS_MFA", "EMAIL_OTP"],
      PreferredMfaSetting: "EMAIL_OTP",
    });
    expect((await here.begin()).ChallengeName).toBe("EMAIL_OTP");
    await here.call("AdminSetUserMFAPreference", {
      ...here.named,
      SMSMfaSettings: { Enabled: true, PreferredMfa: true },
    });
    expect((await here.begin()).ChallengeName).toBe("SMS_MFA");
  });

  it("keep an omitted factor, and remove a factor with its preference", async () => {
    const here = await signedIn(pool, { ...phone, ...email });
    await here.call("AdminSetUserMFAPreference", {
      ...here.named,
      SMSMfaSettings: { Enabled: true },
      EmailMfaSettings: { Enabled: true, PreferredMfa: true },
    });
    await here.call("AdminSetUserMFAPreference", { ...here.named, EmailMfaSettings: { Enabled: false } });
    const { UserMFASettingList, PreferredMfaSetting } = await here.call("AdminGetUser", here.named);
    expect([UserMFASettingList, PreferredMfaSetting]).toEqual([["SMS_MFA"], undefined]);
  });

  it.each([
    [
      "SMS without a phone number",
      { SMSMfaSettings: { Enabled: true } },
      "User does not have delivery config set to turn on SMS_MFA",
    ],
    [
      "e-mail without an address",
      { EmailMfaSettings: { Enabled: true } },
      "User does not have delivery config set to turn on EMAIL_OTP",
    ],
    [
      "an app that was never associated",
      { SoftwareTokenMfaSettings: { Enabled: true } },
      "User has not set up software token mfa",
    ],
    [
      "a preferred factor that is not activated",
      { SMSMfaSettings: { PreferredMfa: true } },
      "The MFA method SMS_MFA must be enabled to be preferred.",
    ],
    [
      "two preferred factors",
      {
        SMSMfaSettings: { Enabled: true, PreferredMfa: true },
        EmailMfaSettings: { Enabled: true, PreferredMfa: true },
      },
      "Only one MFA method can be preferred.",
    ],
  ])("refuse %s", async (_, settings, text) => {
    const here = await signedIn(pool);
    const refused = ["InvalidParameterException", text];
    expect(await here.refusal("AdminSetUserMFAPreference", { ...here.named, ...settings })).toEqual(refused);
    expect(
      await here.refusal("SetUserMFAPreference", { AccessToken: here.AccessToken, ...settings }),
    ).toEqual(refused);
  });

  it("reject an app that was associated but not verified", async () => {
    const here = await signedIn(pool);
    await here.call("AssociateSoftwareToken", { AccessToken: here.AccessToken });
    expect(
      await here.refusal("SetUserMFAPreference", {
        AccessToken: here.AccessToken,
        SoftwareTokenMfaSettings: { Enabled: true },
      }),
    ).toEqual(["InvalidParameterException", "User has not verified software token mfa"]);
  });
});

describe("SetUserSettings and AdminSetUserSettings", () => {
  it("switch SMS codes on and off", async () => {
    const here = await signedIn({ ...OPTIONAL, ...SMS }, phone);
    const sms = [{ DeliveryMedium: "SMS", AttributeName: "phone_number" }] as const;
    await here.call("SetUserSettings", { AccessToken: here.AccessToken, MFAOptions: [...sms] });
    expect((await here.call("AdminGetUser", here.named)).MFAOptions).toEqual([...sms]);
    expect((await here.begin()).ChallengeName).toBe("SMS_MFA");
    await here.call("AdminSetUserSettings", { ...here.named, MFAOptions: [] });
    expect((await here.call("AdminGetUser", here.named)).MFAOptions).toBeUndefined();
    expect((await here.begin()).AuthenticationResult).toBeDefined();
  });
});

describe("AdminDeleteSoftwareToken", () => {
  it("removes the app, also from factors and preference, and succeeds without one", async () => {
    const here = await signedIn({ ...OPTIONAL, ...APP });
    await here.registerApp(here.AccessToken);
    await here.call("AdminSetUserMFAPreference", {
      ...here.named,
      SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
    });
    expect((await here.begin()).ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    for (let i = 0; i < 2; i++) {
      expect(await here.call("AdminDeleteSoftwareToken", here.named)).toEqual({});
      expect((await here.user()).UserMFASettingList).toBeUndefined();
    }
    expect((await here.begin()).AuthenticationResult).toBeDefined();
  });
});

describe("GetUserAuthFactors and AdminGetUserAuthFactors", () => {
  it("list the user's first and second factors", async () => {
    const here = await signedIn(
      {
        ...OPTIONAL,
        ...SMS,
        ...APP,
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP", "SMS_OTP"] } },
      },
      { ...email, email_verified: "true", ...phone },
    );
    await here.registerApp(here.AccessToken);
    await here.call("AdminSetUserMFAPreference", {
      ...here.named,
      SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
    });
    const factors = {
      Username: "alice",
      PreferredMfaSetting: "SOFTWARE_TOKEN_MFA",
      UserMFASettingList: ["SOFTWARE_TOKEN_MFA"],
      ConfiguredUserAuthFactors: ["PASSWORD", "EMAIL_OTP", "SOFTWARE_TOKEN"],
    };
    expect(await here.call("GetUserAuthFactors", { AccessToken: here.AccessToken })).toEqual(factors);
    expect(await here.call("AdminGetUserAuthFactors", here.named)).toEqual(factors);
  });
});
