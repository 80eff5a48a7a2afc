/** The challenges that `test/clients/amplify.test.ts` does not meet: Amplify v6 drives each of them to a finished sign-in. */
import {
  AdminGetUserCommand,
  AdminSetUserMFAPreferenceCommand,
  type CreateUserPoolCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { confirmSignIn, signIn, signOut } from "aws-amplify/auth";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { appCode, configureApp, openBrowserStorage, PASSWORD } from "../support/amplify.ts";
import { type FunctionsFolder, functionsFolder } from "../support/functions-folder.ts";
import { newestCode } from "../support/inbox.ts";
import { clockOf, startTestServer, type TestServer } from "../support/server.ts";

const SMS = { SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" } };
/** A pool whose e-mail can carry codes of a second factor. */
const EMAIL_POOL: Partial<CreateUserPoolCommandInput> = {
  EmailConfiguration: {
    EmailSendingAccount: "DEVELOPER",
    SourceArn: "arn:aws:ses:us-east-1:123456789012:identity/id@example.com",
  },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "admin_only", Priority: 1 }] },
};
const EMAIL_CODES = {
  MfaConfiguration: "ON",
  EmailMfaConfiguration: { Message: "Your code is {####}.", Subject: "Code" },
} as const;
const jane = { username: "jane", password: PASSWORD };

let functions: FunctionsFolder;
let server: TestServer;
beforeAll(async () => {
  functions = await functionsFolder({
    define: `const last = event.request.session.at(-1);
      if (last?.challengeResult) event.response.issueTokens = true;
      else event.response.challengeName = "CUSTOM_CHALLENGE";`,
    create: `event.response.publicChallengeParameters = { question: "6 x 7" };
      event.response.privateChallengeParameters = { answer: "42" };`,
    verify: `event.response.answerCorrect =
      event.request.challengeAnswer === event.request.privateChallengeParameters.answer;`,
  });
  server = await startTestServer({ lambdaDir: functions.path });
});
afterAll(async () => {
  await server.stop();
  await functions.remove();
});
beforeEach(openBrowserStorage);
afterEach(() => signOut());

const step = async (result: Promise<{ nextStep: { signInStep: string } }>) =>
  (await result).nextStep.signInStep;
const confirm = (challengeResponse: string) => confirmSignIn({ challengeResponse });
const factorsOf = async (named: { UserPoolId: string; Username: string }) =>
  (await server.cognito.send(new AdminGetUserCommand(named))).UserMFASettingList;

describe("Amplify", () => {
  it("answers EMAIL_OTP as the second factor", async () => {
    await configureApp(server, { pool: EMAIL_POOL, mfa: EMAIL_CODES });
    expect(await step(signIn(jane))).toBe("CONFIRM_SIGN_IN_WITH_EMAIL_CODE");
    expect(await step(confirm(await newestCode(server, "jane@example.com")))).toBe("DONE");
  });

  it("answers MFA_SETUP with an e-mail address, with or without a choice before", async () => {
    const alone = await configureApp(server, { pool: EMAIL_POOL, mfa: EMAIL_CODES, attributes: {} });
    expect(await step(signIn(jane))).toBe("CONTINUE_SIGN_IN_WITH_EMAIL_SETUP");
    expect(await step(confirm("first@example.com"))).toBe("CONFIRM_SIGN_IN_WITH_EMAIL_CODE");
    expect(await step(confirm(await newestCode(server, "first@example.com")))).toBe("DONE");
    expect(await factorsOf(alone)).toEqual(["EMAIL_OTP"]);
    await signOut();

    const mfa = { ...EMAIL_CODES, SoftwareTokenMfaConfiguration: { Enabled: true } };
    const chosen = await configureApp(server, { pool: EMAIL_POOL, mfa, attributes: {} });
    expect(await step(signIn(jane))).toBe("CONTINUE_SIGN_IN_WITH_MFA_SETUP_SELECTION");
    expect(await step(confirm("EMAIL"))).toBe("CONTINUE_SIGN_IN_WITH_EMAIL_SETUP");
    expect(await step(confirm("second@example.com"))).toBe("CONFIRM_SIGN_IN_WITH_EMAIL_CODE");
    expect(await step(confirm(await newestCode(server, "second@example.com")))).toBe("DONE");
    expect(await factorsOf(chosen)).toEqual(["EMAIL_OTP"]);
  });

  it("answers MFA_SETUP with a choice and an authenticator app", async () => {
    const mfa = { ...EMAIL_CODES, SoftwareTokenMfaConfiguration: { Enabled: true } };
    const named = await configureApp(server, { pool: EMAIL_POOL, mfa, attributes: {} });
    await signIn(jane);
    const { nextStep } = await confirm("TOTP");
    if (nextStep.signInStep !== "CONTINUE_SIGN_IN_WITH_TOTP_SETUP") throw new Error(nextStep.signInStep);
    const secret = nextStep.totpSetupDetails.sharedSecret;
    expect(await step(confirm(appCode(server, secret)))).toBe("DONE");
    await signOut();
    await server.cognito.send(
      new AdminSetUserMFAPreferenceCommand({
        ...named,
        SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: false },
      }),
    );
    clockOf(server).advance(30_000);
    expect(await step(signIn(jane))).toBe("CONFIRM_SIGN_IN_WITH_TOTP_CODE");
    expect(await step(confirm(appCode(server, secret)))).toBe("DONE");
  });

  it("answers NEW_PASSWORD_REQUIRED and the MFA_SETUP that follows", async () => {
    await configureApp(server, {
      temporary: true,
      mfa: { MfaConfiguration: "ON", SoftwareTokenMfaConfiguration: { Enabled: true } },
    });
    expect(await step(signIn(jane))).toBe("CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED");
    const { nextStep } = await confirm("An0ther-password");
    if (nextStep.signInStep !== "CONTINUE_SIGN_IN_WITH_TOTP_SETUP") throw new Error(nextStep.signInStep);
    expect(await step(confirm(appCode(server, nextStep.totpSetupDetails.sharedSecret)))).toBe("DONE");
  });

  it("answers CUSTOM_CHALLENGE until the answer is right", async () => {
    const arn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
    await configureApp(server, {
      pool: {
        LambdaConfig: {
          DefineAuthChallenge: arn("define"),
          CreateAuthChallenge: arn("create"),
          VerifyAuthChallengeResponse: arn("verify"),
        },
      },
      client: { ExplicitAuthFlows: ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] },
    });
    const options = { authFlowType: "CUSTOM_WITHOUT_SRP" } as const;
    const { nextStep } = await signIn({ username: "jane", options });
    expect(nextStep).toMatchObject({
      signInStep: "CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE",
      additionalInfo: { question: "6 x 7" },
    });
    expect(await step(confirm("41"))).toBe("CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE");
    expect(await step(confirm("42"))).toBe("DONE");
  });

  describe("in a choice-based sign-in", () => {
    const configureChoice = (...factors: ("PASSWORD" | "SMS_OTP" | "EMAIL_OTP")[]) =>
      configureApp(server, {
        pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: factors } }, ...SMS },
        client: { ExplicitAuthFlows: ["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] },
        attributes: { phone_number: "+15550109876", phone_number_verified: "true" },
      });
    const options = { authFlowType: "USER_AUTH" } as const;

    it("answers SMS_OTP", async () => {
      await configureChoice("PASSWORD", "SMS_OTP");
      const preferred = { ...options, preferredChallenge: "SMS_OTP" } as const;
      expect(await step(signIn({ username: "jane", options: preferred }))).toBe(
        "CONFIRM_SIGN_IN_WITH_SMS_CODE",
      );
      expect(await step(confirm(await newestCode(server, "+15550109876")))).toBe("DONE");
    });

    it.each(["PASSWORD", "PASSWORD_SRP"])(
      "answers SELECT_CHALLENGE with %s and a password",
      async (choice) => {
        await configureChoice("PASSWORD", "SMS_OTP");
        expect(await step(signIn({ username: "jane", options }))).toBe(
          "CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION",
        );
        expect(await step(confirm(choice))).toBe("CONFIRM_SIGN_IN_WITH_PASSWORD");
        expect(await step(confirm(PASSWORD))).toBe("DONE");
      },
    );
  });
});
