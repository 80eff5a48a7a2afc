/** "Try it": choice-based sign-in, passkeys, custom challenges and remembered devices. */
import {
  AdminListDevicesCommand,
  AdminSetUserMFAPreferenceCommand,
  type CreateUserPoolCommandInput,
  SetUserPoolMfaConfigCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addAuthenticator } from "../support/browsing.ts";
import { type FunctionsFolder, functionsFolder } from "../support/functions-folder.ts";
import { newestMessage } from "../support/inbox.ts";
import { createConfirmedUser, createPoolAndClient } from "../support/server.ts";
import {
  type ConsolePage,
  type ConsoleUnderTest,
  choose,
  seriousFindings,
  startConsole,
  takeScreenshot,
} from "./support.ts";

const PASSWORD = "Perm4nent!";
const PHONE = "+15550104567";

/** Two questions, one after the other. */
const FUNCTIONS = {
  define: `
    const { session } = event.request;
    const isWrong = session.some(({ challengeName, challengeResult }) => challengeName === "CUSTOM_CHALLENGE" && !challengeResult);
    const answered = session.filter(({ challengeName }) => challengeName === "CUSTOM_CHALLENGE").length;
    const asksForPassword = session[0]?.challengeName === "SRP_A" && session.length === 1;
    event.response.failAuthentication = isWrong;
    event.response.issueTokens = !isWrong && answered === 2;
    if (!isWrong && answered < 2) event.response.challengeName = asksForPassword ? "PASSWORD_VERIFIER" : "CUSTOM_CHALLENGE";`,
  create: `
    const asked = event.request.session.filter(({ challengeName }) => challengeName === "CUSTOM_CHALLENGE").length;
    event.response.publicChallengeParameters = { question: asked === 0 ? "first pet" : "first car" };
    event.response.privateChallengeParameters = { answer: asked === 0 ? "cat" : "bus" };`,
  verify: `
    event.response.answerCorrect = event.request.challengeAnswer === event.request.privateChallengeParameters.answer;`,
};

describe("Try it with other flows", () => {
  let functions: FunctionsFolder;
  let tested: ConsoleUnderTest;
  beforeAll(async () => {
    functions = await functionsFolder(FUNCTIONS);
    tested = await startConsole({ lambdaDir: functions.path }, { staysLoaded: true });
  });
  afterAll(async () => {
    await tested.stop();
    await functions.remove();
  });

  async function poolWithJane(pool: Partial<CreateUserPoolCommandInput> = {}): Promise<string> {
    const { cognito } = tested.server;
    const { poolId: UserPoolId } = await createPoolAndClient(cognito, pool, {
      ExplicitAuthFlows: [
        "ALLOW_USER_AUTH",
        "ALLOW_CUSTOM_AUTH",
        "ALLOW_USER_SRP_AUTH",
        "ALLOW_USER_PASSWORD_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
      ],
    });
    const UserAttributes = [
      { Name: "email", Value: "jane@example.com" },
      { Name: "email_verified", Value: "true" },
      { Name: "phone_number", Value: PHONE },
      { Name: "phone_number_verified", Value: "true" },
    ];
    const jane = { UserPoolId, Username: "jane" };
    await createConfirmedUser(cognito, { ...jane, UserAttributes, Password: PASSWORD });
    return UserPoolId;
  }

  async function codeFor(destination: string): Promise<string> {
    const { body } = await newestMessage(tested.server, destination);
    return /\d{6,8}/.exec(body)?.[0] ?? "";
  }

  const password = (page: ConsolePage) => page.getByRole("textbox", { name: "Password" });
  const answer = (page: ConsolePage) => page.getByRole("button", { name: "Answer", exact: true }).click();
  const isSignedIn = (page: ConsolePage) => page.getByText("The user is signed in.").waitFor();
  async function begin(page: ConsolePage, flow: string, secret?: string): Promise<void> {
    await page.getByRole("radio", { name: flow, exact: true }).check();
    await page.getByRole("textbox", { name: "User name" }).fill("jane");
    if (secret !== undefined) await password(page).fill(secret);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
  }
  const startOver = (page: ConsolePage) => page.getByRole("button", { name: "Start over" }).click();

  it("offers the first factors: a password, a password by SRP or a code", async () => {
    const poolId = await poolWithJane({
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP", "SMS_OTP"] } },
      SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" },
    });
    const page = await tested.open(`/user-pools/${poolId}/try-it`);
    await begin(page, "USER_AUTH");
    await page.getByRole("heading", { name: "Challenge: SELECT_CHALLENGE" }).waitFor();
    await page.getByRole("radio", { name: "Password by SRP" }).check();
    await password(page).fill(PASSWORD);
    await takeScreenshot(page, "tryIt-select-challenge", true);
    await answer(page);
    await isSignedIn(page);

    await startOver(page);
    await begin(page, "USER_AUTH");
    await page.getByRole("radio", { name: "Password", exact: true }).check();
    await password(page).fill("wrong");
    await answer(page);
    await page.getByText("NotAuthorizedException").first().waitFor();
    await startOver(page);

    await begin(page, "USER_AUTH");
    await page.getByRole("radio", { name: "Email message" }).check();
    await answer(page);
    await page.getByRole("heading", { name: "Challenge: EMAIL_OTP" }).waitFor();
    await expect.poll(() => codeFor("jane@example.com")).toMatch(/^\d{8}$/);
    await page.getByRole("textbox", { name: "Code" }).fill(await codeFor("jane@example.com"));
    await answer(page);
    await isSignedIn(page);

    await startOver(page);
    await page.getByRole("radio", { name: "USER_AUTH", exact: true }).check();
    await choose(page, "Preferred challenge", "Password by SRP");
    await begin(page, "USER_AUTH", PASSWORD);
    await isSignedIn(page);
    expect(await page.content()).not.toContain(PASSWORD);
    expect(page.complaints).toEqual([]);
  });

  it("shows the pool's own challenges in turn, with and without a password before them", async () => {
    const arn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
    const poolId = await poolWithJane({
      LambdaConfig: {
        DefineAuthChallenge: arn("define"),
        CreateAuthChallenge: arn("create"),
        VerifyAuthChallengeResponse: arn("verify"),
      },
    });
    const page = await tested.open(`/user-pools/${poolId}/try-it`);
    for (const secret of [undefined, PASSWORD]) {
      await begin(page, "CUSTOM_AUTH", secret);
      for (const [question, text] of [
        ["first pet", "cat"],
        ["first car", "bus"],
      ] as const) {
        // The list of exchanges has the question before the form for it is there.
        const form = page.locator("form", { hasText: `"question": "${question}"` });
        await form.getByRole("textbox", { name: "ANSWER" }).fill(text);
        await answer(page);
      }
      await isSignedIn(page);
      await startOver(page);
    }
    await begin(page, "CUSTOM_AUTH");
    await page.getByRole("textbox", { name: "ANSWER" }).fill("dog");
    await answer(page);
    await page.getByText("NotAuthorizedException").first().waitFor();
    expect(page.complaints).toEqual([]);
  });

  it("remembers this device, which then replaces the second factor", async () => {
    const poolId = await poolWithJane({
      DeviceConfiguration: { DeviceOnlyRememberedOnUserPrompt: true, ChallengeRequiredOnNewDevice: true },
    });
    const target = { UserPoolId: poolId };
    const SmsConfiguration = { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" };
    await tested.server.cognito.send(
      new SetUserPoolMfaConfigCommand({
        ...target,
        MfaConfiguration: "ON",
        SmsMfaConfiguration: { SmsConfiguration },
      }),
    );
    const page = await tested.open(`/user-pools/${poolId}/try-it`);
    await begin(page, "USER_SRP_AUTH", PASSWORD);
    await page.getByRole("heading", { name: "Challenge: SMS_MFA" }).waitFor();
    await page.getByRole("textbox", { name: "Code" }).fill(await codeFor(PHONE));
    await answer(page);
    await isSignedIn(page);
    await page.getByRole("textbox", { name: "Device name" }).fill("my laptop");
    await page.getByRole("button", { name: "Remember this device" }).click();
    await page.getByText("The device is remembered.").waitFor();
    await takeScreenshot(page, "tryIt-device", true);
    const jane = { ...target, Username: "jane" };
    const { Devices = [] } = await tested.server.cognito.send(new AdminListDevicesCommand(jane));
    expect(Devices[0]?.DeviceAttributes).toEqual(
      expect.arrayContaining([
        { Name: "device_name", Value: "my laptop" },
        { Name: "dev:device_remembered_status", Value: "remembered" },
      ]),
    );

    for (const flow of ["USER_SRP_AUTH", "USER_PASSWORD_AUTH"]) {
      await startOver(page);
      await begin(page, flow, PASSWORD);
      await isSignedIn(page);
      await page
        .locator("pre", { hasText: "DEVICE_PASSWORD_VERIFIER" })
        .first()
        .waitFor({ state: "attached" });
      await page.getByRole("button", { name: "Refresh", exact: true }).click();
      await page.getByRole("button", { name: /GetTokensFromRefreshToken/ }).waitFor();
    }
    await startOver(page);
    await page.getByRole("textbox", { name: "User name" }).fill("jane");
    await page.getByRole("checkbox", { name: "Sign in with the remembered device" }).uncheck();
    await begin(page, "USER_SRP_AUTH", PASSWORD);
    await page.getByRole("heading", { name: "Challenge: SMS_MFA" }).waitFor();
    expect(page.complaints).toEqual([]);
  });

  it("offers a user's two second factors as a choice", async () => {
    const poolId = await poolWithJane({
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "admin_only", Priority: 1 }] },
      EmailConfiguration: {
        EmailSendingAccount: "DEVELOPER",
        SourceArn: "arn:aws:ses:us-east-1:123456789012:identity/x@example.com",
      },
    });
    const jane = { UserPoolId: poolId, Username: "jane" };
    const { cognito } = tested.server;
    await cognito.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId: poolId,
        MfaConfiguration: "ON",
        EmailMfaConfiguration: {},
        SmsMfaConfiguration: {
          SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" },
        },
      }),
    );
    await cognito.send(
      new AdminSetUserMFAPreferenceCommand({
        ...jane,
        EmailMfaSettings: { Enabled: true },
        SMSMfaSettings: { Enabled: true },
      }),
    );
    const page = await tested.open(`/user-pools/${poolId}/try-it`);
    await begin(page, "USER_SRP_AUTH", PASSWORD);
    await page.getByRole("heading", { name: "Challenge: SELECT_MFA_TYPE" }).waitFor();
    await page.getByRole("radio", { name: "SMS message" }).check();
    await answer(page);
    await page.getByRole("heading", { name: "Challenge: SMS_MFA" }).waitFor();
    await page.getByRole("textbox", { name: "Code" }).fill(await codeFor(PHONE));
    await answer(page);
    await isSignedIn(page);
    expect(page.complaints).toEqual([]);
  });

  it("signs a user up without a password, and in by the Session of the sign-up", async () => {
    const poolId = await poolWithJane({
      AutoVerifiedAttributes: ["email"],
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] } },
    });
    const page = await tested.open(`/user-pools/${poolId}/try-it`);
    await page.getByRole("tab", { name: "Sign up" }).click();
    await page.getByRole("textbox", { name: "User name" }).fill("passwordless");
    await page.getByRole("textbox", { name: "email" }).fill("passwordless@example.com");
    await page.getByRole("button", { name: "Sign up", exact: true }).click();
    await page.getByRole("heading", { name: "Confirm the sign-up" }).waitFor();
    await page.getByRole("textbox", { name: "Code" }).fill(await codeFor("passwordless@example.com"));
    await page.getByRole("button", { name: "Confirm", exact: true }).click();
    await isSignedIn(page);
    expect(page.complaints).toEqual([]);
  });

  it("registers a passkey of the browser and signs in with it", async () => {
    const poolId = await poolWithJane({
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } },
    });
    const WebAuthnConfiguration = { RelyingPartyId: "localhost", UserVerification: "required" } as const;
    await tested.server.cognito.send(
      new SetUserPoolMfaConfigCommand({ UserPoolId: poolId, WebAuthnConfiguration }),
    );
    const address = `/user-pools/${poolId}/try-it`;
    const elsewhere = await tested.open(address);
    await begin(elsewhere, "USER_PASSWORD_AUTH", PASSWORD);
    await isSignedIn(elsewhere);
    const baseURL = tested.server.url.replace("127.0.0.1", "localhost");
    await elsewhere.getByRole("link", { name: `${baseURL}/console${address}` }).waitFor();

    const page = await tested.open(address, { baseURL });
    await addAuthenticator(page);
    await begin(page, "USER_PASSWORD_AUTH", PASSWORD);
    await isSignedIn(page);
    await page.getByRole("button", { name: "Register a passkey" }).click();
    await page.getByText("The passkey is registered.").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await takeScreenshot(page, "tryIt-passkey", true);

    await startOver(page);
    await begin(page, "USER_AUTH");
    await page.getByRole("radio", { name: "Passkey" }).check();
    await answer(page);
    await page.getByRole("heading", { name: "Challenge: WEB_AUTHN" }).waitFor();
    await page.getByRole("button", { name: "Use a passkey" }).click();
    await isSignedIn(page);
    expect(page.complaints).toEqual([]);
  });
});
