/** A pool's settings of second factors, recovery, verification, devices and plan. */
import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  CreateUserPoolClientCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  SetUserPoolMfaConfigCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPoolAndClient } from "../support/server.ts";
import { type ConsolePage, type ConsoleUnderTest, flash, startConsole } from "./support.ts";

describe("the security settings of a pool", () => {
  let tested: ConsoleUnderTest;
  let poolId: string;
  beforeAll(async () => {
    tested = await startConsole({}, { staysLoaded: true });
    ({ poolId } = await createPoolAndClient(tested.server.cognito, { PoolName: "safe" }));
  });
  afterAll(() => tested.stop());

  const described = async () =>
    (await tested.server.cognito.send(new DescribeUserPoolCommand({ UserPoolId: poolId }))).UserPool ?? {};
  async function edit(page: ConsolePage, what: string) {
    await page.getByRole("button", { name: `Edit: ${what}` }).click();
    return page.getByRole("dialog");
  }
  const save = (page: ConsolePage) =>
    page.getByRole("dialog").getByRole("button", { name: "Save changes" }).click();

  it("require a second factor by app and SMS, and keep it if another setting changes", async () => {
    const page = await tested.open(`/user-pools/${poolId}/sign-in`);
    const dialog = await edit(page, "Multi-factor authentication");
    await dialog.getByRole("radio", { name: "Optional MFA" }).check();
    await dialog.getByText("Choose at least one method.").waitFor();
    await dialog.getByRole("checkbox", { name: "Authenticator apps" }).check();
    await dialog.getByRole("checkbox", { name: "SMS message" }).check();
    await save(page);
    await flash(page, "Multi-factor authentication has been updated.").waitFor();
    await dialog.waitFor({ state: "detached" });
    await page.getByText("Optional MFA").waitFor();

    await edit(page, "User account recovery");
    await page.getByRole("dialog").getByRole("radio", { name: "Email only" }).check();
    await save(page);
    await flash(page, "User account recovery has been updated.").waitFor();
    const config = await tested.server.cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId: poolId }));
    expect(config).toMatchObject({
      MfaConfiguration: "OPTIONAL",
      SoftwareTokenMfaConfiguration: { Enabled: true },
      SmsMfaConfiguration: {
        SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/service-role/Cognito-SMS" },
      },
    });
    expect((await described()).AccountRecoverySetting?.RecoveryMechanisms).toEqual([
      { Name: "verified_email", Priority: 1 },
    ]);
  });

  it("set device tracking, the verification of addresses and the feature plan", async () => {
    const page = await tested.open(`/user-pools/${poolId}/sign-in`);
    await edit(page, "Device tracking");
    await page.getByRole("dialog").getByRole("radio", { name: "Always remember" }).check();
    await save(page);
    await flash(page, "Device tracking has been updated.").waitFor();

    await page.getByRole("link", { name: "Sign-up" }).click();
    await edit(page, "Attribute verification");
    await page.getByRole("dialog").getByRole("checkbox", { name: "Email address" }).check();
    await page.getByRole("dialog").getByRole("checkbox", { name: "Keep original" }).check();
    await save(page);
    await flash(page, "Attribute verification has been updated.").waitFor();

    await page.getByRole("link", { name: "Settings", exact: true }).click();
    await edit(page, "Feature plan");
    await page.getByRole("dialog").getByRole("radio", { name: "Plus" }).check();
    await save(page);
    await flash(page, "The feature plan has been changed.").waitFor();
    expect(await described()).toMatchObject({
      DeviceConfiguration: { DeviceOnlyRememberedOnUserPrompt: false, ChallengeRequiredOnNewDevice: true },
      AutoVerifiedAttributes: ["email"],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
      UserPoolTier: "PLUS",
    });
  });

  it("allow an administrator to activate a factor that the user has set up", async () => {
    const { poolId: UserPoolId } = await createPoolAndClient(tested.server.cognito, {
      PoolName: "factors",
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
    });
    await tested.server.cognito.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId,
        MfaConfiguration: "OPTIONAL",
        SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" } },
      }),
    );
    const user = { UserPoolId, Username: "jane" };
    await tested.server.cognito.send(
      new AdminCreateUserCommand({
        ...user,
        UserAttributes: [{ Name: "phone_number", Value: "+14155552671" }],
        MessageAction: "SUPPRESS",
      }),
    );
    const page = await tested.open(`/user-pools/${UserPoolId}/users/detail/jane`);
    await page.getByRole("heading", { name: /^Devices/ }).waitFor();
    await page.getByRole("button", { name: "Actions" }).click();
    await page.getByRole("menuitem", { name: "Update MFA configuration" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("checkbox", { name: "SMS message" }).check();
    await dialog.getByRole("radio", { name: "SMS message" }).check();
    await save(page);
    await flash(page, "The MFA configuration of “jane” has been updated.").waitFor();
    const { PreferredMfaSetting } = await tested.server.cognito.send(new AdminGetUserCommand(user));
    expect(PreferredMfaSetting).toBe("SMS_MFA");
  });

  it("set and remove the function of a trigger", async () => {
    const page = await tested.open(`/user-pools/${poolId}/extensions`);
    const arn = "arn:aws:lambda:us-east-1:123456789012:function:tokens";
    await edit(page, "Pre token generation");
    const field = page.getByRole("dialog").getByRole("textbox", { name: "Function ARN" });
    await field.fill("tokens");
    await page.getByText("Enter the ARN of a function").first().waitFor();
    await field.fill(arn);
    await save(page);
    await flash(page, "The trigger “Pre token generation” has been updated.").waitFor();
    expect((await described()).LambdaConfig?.PreTokenGenerationConfig).toEqual({
      LambdaVersion: "V1_0",
      LambdaArn: arn,
    });
    await page.getByRole("gridcell", { name: arn }).waitFor();
    await edit(page, "Pre token generation");
    await field.fill("");
    await save(page);
    await page.getByRole("gridcell", { name: arn }).waitFor({ state: "detached" });
    expect((await described()).LambdaConfig).not.toHaveProperty("PreTokenGeneration");

    await edit(page, "Pre sign-up");
    await field.fill(arn);
    await save(page);
    await page.getByRole("button", { name: "Remove trigger: Pre sign-up" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
    await flash(page, "The trigger “Pre sign-up” has been removed.").waitFor();
    await page.getByRole("gridcell", { name: arn }).waitFor({ state: "detached" });
    expect((await described()).LambdaConfig).not.toHaveProperty("PreSignUp");
  });

  it("set the callback URLs of a client's login pages", async () => {
    const { cognito } = tested.server;
    const { UserPoolClient } = await cognito.send(
      new CreateUserPoolClientCommand({ UserPoolId: poolId, ClientName: "web" }),
    );
    const ClientId = UserPoolClient?.ClientId ?? "";
    const page = await tested.open(`/user-pools/${poolId}/app-clients/detail/${ClientId}`);
    await page.getByRole("tab", { name: "Login pages" }).click();
    await page.getByRole("link", { name: "Edit: Login pages" }).click();
    await page.getByRole("button", { name: "Add callback URL" }).click();
    await page.getByRole("textbox", { name: "Callback URL" }).fill("https://app.example.com/back");
    await page.getByRole("checkbox", { name: "Authorization code grant" }).check();
    const scopes = ["openid", "email", "phone"];
    for (const name of scopes) await page.getByRole("checkbox", { name: new RegExp(`^${name}`) }).uncheck();
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("Choose at least one scope for the grant type.").waitFor();
    await page.getByRole("checkbox", { name: /^openid/ }).check();
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "App client “web” has been updated.").waitFor();
    await page.getByRole("tab", { name: "Login pages", selected: true }).waitFor();
    const answer = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId: poolId, ClientId }));
    expect(answer.UserPoolClient).toMatchObject({
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid"],
      CallbackURLs: ["https://app.example.com/back"],
      SupportedIdentityProviders: ["COGNITO"],
    });
  });
});
