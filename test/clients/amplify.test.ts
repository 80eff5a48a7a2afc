import {
  autoSignIn,
  confirmResetPassword,
  confirmSignIn,
  confirmSignUp,
  confirmUserAttribute,
  deleteUser,
  deleteUserAttributes,
  fetchAuthSession,
  fetchDevices,
  fetchMFAPreference,
  fetchUserAttributes,
  forgetDevice,
  getCurrentUser,
  rememberDevice,
  resendSignUpCode,
  resetPassword,
  sendUserAttributeVerificationCode,
  setUpTOTP,
  signIn,
  signOut,
  signUp,
  updateMFAPreference,
  updatePassword,
  updateUserAttributes,
  verifyTOTPSetup,
} from "aws-amplify/auth";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { appCode as appCodeOf, configureApp, openBrowserStorage, PASSWORD } from "../support/amplify.ts";
import { emptyInbox, newestCode } from "../support/inbox.ts";
import { clockOf, startTestServer, type TestServer } from "../support/server.ts";

/** Signing in with Amplify v6 as apps do it, against the server as it runs. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const SMS = { SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" } };

beforeEach(openBrowserStorage);

const appWithJane = (settings: Parameters<typeof configureApp>[1]) => configureApp(server, settings);
const clock = () => clockOf(server);
const appCode = (secret: string) => appCodeOf(server, secret);
const codeSentTo = (destination: string) => newestCode(server, destination);

const jane = { username: "jane", password: PASSWORD };

async function deviceKey(): Promise<unknown> {
  return (await fetchAuthSession()).tokens?.accessToken.payload.device_key;
}

describe("a user of Amplify with a password", () => {
  it("signs up, asks for the code again, and deletes the account", async () => {
    await appWithJane({ pool: { AutoVerifiedAttributes: ["email"] } });
    const userAttributes = { email: "carol@example.com" };
    const { nextStep } = await signUp({ username: "carol", password: PASSWORD, options: { userAttributes } });
    expect(nextStep).toMatchObject({
      signUpStep: "CONFIRM_SIGN_UP",
      codeDeliveryDetails: { deliveryMedium: "EMAIL", destination: "c***@e***", attributeName: "email" },
    });
    await emptyInbox(server);
    await resendSignUpCode({ username: "carol" });
    const confirmationCode = await codeSentTo("carol@example.com");
    expect((await confirmSignUp({ username: "carol", confirmationCode })).isSignUpComplete).toBe(true);

    expect((await signIn({ username: "carol", password: PASSWORD })).isSignedIn).toBe(true);
    const { username, userId } = await getCurrentUser();
    expect({ username, userId }).toEqual({ username: "carol", userId: (await fetchUserAttributes()).sub });
    await deleteUser();
    await expect(getCurrentUser()).rejects.toMatchObject({ name: "UserUnAuthenticatedException" });
    await expect(signIn({ username: "carol", password: PASSWORD })).rejects.toMatchObject({
      name: "UserNotFoundException",
    });
  });

  it("changes, verifies and deletes attributes", async () => {
    await appWithJane({
      pool: {
        AutoVerifiedAttributes: ["email"],
        UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
      },
    });
    await signIn(jane);
    const { email, nickname } = await updateUserAttributes({
      userAttributes: { email: "jane@example.org", nickname: "Janey" },
    });
    expect([email?.nextStep.updateAttributeStep, nickname?.isUpdated]).toEqual([
      "CONFIRM_ATTRIBUTE_WITH_CODE",
      true,
    ]);
    expect((await fetchUserAttributes()).email).toBe("jane@example.com");
    await confirmUserAttribute({
      userAttributeKey: "email",
      confirmationCode: await codeSentTo("jane@example.org"),
    });

    const { destination } = await sendUserAttributeVerificationCode({ userAttributeKey: "phone_number" });
    expect(destination).toBe("+*******9876");
    await confirmUserAttribute({
      userAttributeKey: "phone_number",
      confirmationCode: await codeSentTo("+15550109876"),
    });
    await deleteUserAttributes({ userAttributeKeys: ["nickname"] });
    expect(await fetchUserAttributes()).toEqual({
      sub: expect.any(String),
      email: "jane@example.org",
      email_verified: "true",
      phone_number: "+15550109876",
      phone_number_verified: "true",
    });
    await signOut();
  });

  it("changes a password, and resets one that is forgotten", async () => {
    await appWithJane({ pool: { AutoVerifiedAttributes: ["email"] } });
    await signIn(jane);
    await updatePassword({ oldPassword: PASSWORD, newPassword: "Chang3d!" });
    await signOut({ global: true });
    await expect(signIn(jane)).rejects.toMatchObject({ name: "NotAuthorizedException" });

    const { nextStep } = await resetPassword({ username: "jane" });
    expect(nextStep.resetPasswordStep).toBe("CONFIRM_RESET_PASSWORD_WITH_CODE");
    const confirmationCode = await codeSentTo("jane@example.com");
    await confirmResetPassword({ username: "jane", newPassword: "Re5etted!", confirmationCode });
    expect((await signIn({ username: "jane", password: "Re5etted!" })).isSignedIn).toBe(true);
    await signOut();
  });
});

describe("a user of Amplify with second factors", () => {
  it("registers an authenticator app if the pool requires one, and signs in with it", async () => {
    await appWithJane({
      mfa: { MfaConfiguration: "ON", SoftwareTokenMfaConfiguration: { Enabled: true } },
    });
    const { nextStep } = await signIn(jane);
    if (nextStep.signInStep !== "CONTINUE_SIGN_IN_WITH_TOTP_SETUP") throw new Error(nextStep.signInStep);
    const secret = nextStep.totpSetupDetails.sharedSecret;
    expect((await confirmSignIn({ challengeResponse: appCode(secret) })).isSignedIn).toBe(true);
    await signOut();
    clock().advance(30_000);
    expect((await signIn(jane)).nextStep.signInStep).toBe("CONFIRM_SIGN_IN_WITH_TOTP_CODE");
    expect((await confirmSignIn({ challengeResponse: appCode(secret) })).isSignedIn).toBe(true);
    await signOut();
  });

  it("adds an app and SMS, and chooses one of them at the next sign-in", async () => {
    await appWithJane({
      mfa: {
        MfaConfiguration: "OPTIONAL",
        SmsMfaConfiguration: SMS,
        SoftwareTokenMfaConfiguration: { Enabled: true },
      },
    });
    await signIn(jane);
    const { sharedSecret } = await setUpTOTP();
    await verifyTOTPSetup({ code: appCode(sharedSecret) });
    await updateMFAPreference({ sms: "ENABLED", totp: "ENABLED" });
    expect((await fetchMFAPreference()).enabled?.toSorted()).toEqual(["SMS", "TOTP"]);
    await signOut();
    const { nextStep } = await signIn(jane);
    expect(nextStep.signInStep).toBe("CONTINUE_SIGN_IN_WITH_MFA_SELECTION");
    const chosen = await confirmSignIn({ challengeResponse: "SMS" });
    expect(chosen.nextStep.signInStep).toBe("CONFIRM_SIGN_IN_WITH_SMS_CODE");
    await expect(confirmSignIn({ challengeResponse: "000000" })).rejects.toMatchObject({
      name: "CodeMismatchException",
    });
    const code = await codeSentTo("+15550109876");
    expect((await confirmSignIn({ challengeResponse: code })).isSignedIn).toBe(true);
    await signOut();
  });
});

describe("remembered devices with Amplify", () => {
  it("replace the second factor until they are forgotten", async () => {
    await appWithJane({
      pool: {
        DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true },
      },
      mfa: { MfaConfiguration: "ON", SmsMfaConfiguration: SMS },
    });
    expect((await signIn(jane)).nextStep.signInStep).toBe("CONFIRM_SIGN_IN_WITH_SMS_CODE");
    await confirmSignIn({ challengeResponse: await codeSentTo("+15550109876") });
    const key = await deviceKey();
    expect(key).toMatch(/^us-east-1_/);
    await rememberDevice();
    expect((await fetchDevices()).map(({ id }) => id)).toEqual([key]);
    expect((await fetchAuthSession({ forceRefresh: true })).tokens).toBeDefined();
    await signOut();

    expect((await signIn(jane)).isSignedIn).toBe(true);
    expect(await deviceKey()).toBe(key);
    await forgetDevice();
    await signOut();
    expect((await signIn(jane)).nextStep.signInStep).toBe("CONFIRM_SIGN_IN_WITH_SMS_CODE");
  });
});

describe("a user of Amplify in choice-based sign-in", () => {
  const client = () => ({
    ExplicitAuthFlows: ["ALLOW_USER_AUTH" as const, "ALLOW_REFRESH_TOKEN_AUTH" as const],
  });

  it("signs in by a code after a choice, and by SRP if that is preferred", async () => {
    await appWithJane({
      pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] } } },
      client: client(),
    });
    const { nextStep } = await signIn({ username: "jane", options: { authFlowType: "USER_AUTH" } });
    expect(nextStep).toMatchObject({
      signInStep: "CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION",
      availableChallenges: ["PASSWORD_SRP", "PASSWORD", "EMAIL_OTP"],
    });
    const chosen = await confirmSignIn({ challengeResponse: "EMAIL_OTP" });
    expect(chosen.nextStep.signInStep).toBe("CONFIRM_SIGN_IN_WITH_EMAIL_CODE");
    const code = await codeSentTo("jane@example.com");
    expect((await confirmSignIn({ challengeResponse: code })).isSignedIn).toBe(true);
    await signOut();
    const options = { authFlowType: "USER_AUTH", preferredChallenge: "PASSWORD_SRP" } as const;
    expect((await signIn({ ...jane, options })).isSignedIn).toBe(true);
    await signOut();
  });

  it("is signed in by autoSignIn after a sign-up", async () => {
    await appWithJane({
      pool: {
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] } },
        AutoVerifiedAttributes: ["email"],
      },
      client: client(),
    });
    await signUp({
      username: "carol",
      password: PASSWORD,
      options: {
        userAttributes: { email: "carol@example.com" },
        autoSignIn: { authFlowType: "USER_AUTH" },
      },
    });
    await confirmSignUp({
      username: "carol",
      confirmationCode: await codeSentTo("carol@example.com"),
    });
    expect((await autoSignIn()).isSignedIn).toBe(true);
    await signOut();
  });
});
