/** Two people, or a person and a program, who change the same thing: nobody's change is written back. */
import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  CreateGroupCommand,
  CreateIdentityProviderCommand,
  CreateManagedLoginBrandingCommand,
  CreateResourceServerCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  DeleteGroupCommand,
  DeleteUserPoolCommand,
  DescribeIdentityProviderCommand,
  DescribeManagedLoginBrandingByClientCommand,
  DescribeResourceServerCommand,
  DescribeRiskConfigurationCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  GetGroupCommand,
  GetLogDeliveryConfigurationCommand,
  GetUICustomizationCommand,
  GetUserPoolMfaConfigCommand,
  SetLogDeliveryConfigurationCommand,
  SetRiskConfigurationCommand,
  SetUICustomizationCommand,
  SetUserPoolMfaConfigCommand,
  UpdateGroupCommand,
  UpdateIdentityProviderCommand,
  UpdateManagedLoginBrandingCommand,
  UpdateResourceServerCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  GetUserCommand,
} from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { iamClient } from "../support/iam.ts";
import { createPoolAndClient } from "../support/server.ts";
import { type ConsoleUnderTest, dismissMessages, flash, startConsole, visit } from "./support.ts";

let tested: ConsoleUnderTest;

beforeAll(async () => {
  tested = await startConsole({}, { staysLoaded: true });
});
afterAll(() => tested.stop());

describe("a page that was loaded before somebody else's change", () => {
  it("changes one setting of a user pool and keeps the others as they are now", async () => {
    const { cognito } = tested.server;
    const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: "before" }));
    const UserPoolId = UserPool?.Id ?? "";
    const page = await tested.open(`/user-pools/${UserPoolId}/authentication-methods/password-policy`);
    await page.getByRole("radio", { name: "Custom" }).check();
    await page.getByLabel("Password minimum length").fill("12");
    await cognito.send(
      new UpdateUserPoolCommand({
        UserPoolId,
        PoolName: "after",
        DeletionProtection: "ACTIVE",
        UserPoolTags: { team: "shop" },
        Policies: {
          PasswordPolicy: { MinimumLength: 8, TemporaryPasswordValidityDays: 3, PasswordHistorySize: 4 },
          SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] },
        },
      }),
    );
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, /has been updated/).waitFor();
    const now = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
    expect(now.UserPool).toMatchObject({
      Name: "after",
      DeletionProtection: "ACTIVE",
      UserPoolTags: { team: "shop" },
      Policies: {
        PasswordPolicy: { MinimumLength: 12, TemporaryPasswordValidityDays: 3, PasswordHistorySize: 4 },
        SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] },
      },
    });
  });

  it("changes one setting of an app client and keeps the others as they are now", async () => {
    const { cognito } = tested.server;
    const { poolId: UserPoolId, clientId: ClientId } = await createPoolAndClient(cognito);
    const page = await tested.open(`/user-pools/${UserPoolId}/app-clients/detail/${ClientId}/edit`);
    await page.getByLabel("App client name").fill("renamed");
    const CallbackURLs = ["https://app.example.com/callback"];
    await cognito.send(
      new UpdateUserPoolClientCommand({
        UserPoolId,
        ClientId,
        ClientName: "test",
        CallbackURLs,
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthFlows: ["code"],
        AllowedOAuthScopes: ["openid"],
      }),
    );
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "App client “renamed” has been updated.").waitFor();
    const now = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
    expect(now.UserPoolClient).toMatchObject({
      ClientName: "renamed",
      CallbackURLs,
      AllowedOAuthFlows: ["code"],
    });
  });

  it("changes one field of a form and keeps the others as they are now", async () => {
    const { cognito } = tested.server;
    const { poolId: UserPoolId, clientId: ClientId } = await createPoolAndClient(cognito);
    const page = await tested.open(`/user-pools/${UserPoolId}/app-clients/detail/${ClientId}/edit`);
    await page.getByLabel("App client name").fill("renamed");
    await cognito.send(
      new UpdateUserPoolClientCommand({ UserPoolId, ClientId, AuthSessionValidity: 7, ClientName: "test" }),
    );
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "App client “renamed” has been updated.").waitFor();
    const now = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
    expect(now.UserPoolClient).toMatchObject({ ClientName: "renamed", AuthSessionValidity: 7 });

    const GroupName = "editors";
    await cognito.send(new CreateGroupCommand({ UserPoolId, GroupName, Precedence: 1 }));
    await visit(page, `/console/user-pools/${UserPoolId}/groups/detail/${GroupName}/edit`);
    await page.getByLabel("Description").fill("They write");
    await cognito.send(new UpdateGroupCommand({ UserPoolId, GroupName, Precedence: 2 }));
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "Group “editors” has been updated.").waitFor();
    const { Group } = await cognito.send(new GetGroupCommand({ UserPoolId, GroupName }));
    expect(Group).toMatchObject({ Description: "They write", Precedence: 2 });
  });

  it("overwrites a lifetime with its own unit, and keeps the units of lifetimes that somebody else changed", async () => {
    const { cognito } = tested.server;
    const { poolId: UserPoolId, clientId: ClientId } = await createPoolAndClient(cognito, undefined, {
      AccessTokenValidity: 60,
      RefreshTokenValidity: 5,
      TokenValidityUnits: { AccessToken: "minutes", RefreshToken: "days" },
    });
    const page = await tested.open(`/user-pools/${UserPoolId}/app-clients/detail/${ClientId}/edit`);
    await page.getByRole("textbox", { name: "Access token expiration" }).fill("90");
    await cognito.send(
      new UpdateUserPoolClientCommand({
        UserPoolId,
        ClientId,
        AccessTokenValidity: 2,
        RefreshTokenValidity: 12,
        TokenValidityUnits: { AccessToken: "hours", RefreshToken: "hours" },
      }),
    );
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByRole("button", { name: "Overwrite", exact: true }).click();
    await flash(page, /has been updated/).waitFor();
    const now = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
    expect(now.UserPoolClient).toMatchObject({
      AccessTokenValidity: 90,
      RefreshTokenValidity: 12,
      TokenValidityUnits: { AccessToken: "minutes", RefreshToken: "hours" },
    });
  });

  it("changes the permission for one attribute and keeps those for the others as they are now", async () => {
    const { cognito } = tested.server;
    const { poolId: UserPoolId, clientId: ClientId } = await createPoolAndClient(cognito, undefined, {
      ReadAttributes: ["email", "name"],
    });
    const page = await tested.open(
      `/user-pools/${UserPoolId}/app-clients/detail/${ClientId}/attribute-permissions`,
    );
    await page.getByRole("checkbox", { name: "Read email", exact: true }).uncheck();
    await cognito.send(
      new UpdateUserPoolClientCommand({ UserPoolId, ClientId, ReadAttributes: ["email", "locale"] }),
    );
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, /has been updated/).waitFor();
    const now = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
    expect(now.UserPoolClient?.ReadAttributes).toEqual(["locale"]);
  });

  it("changes the details of an identity provider and keeps its mapping as it is now", async () => {
    const { cognito } = tested.server;
    const { poolId: UserPoolId } = await createPoolAndClient(cognito);
    const ProviderName = "Google";
    const names = { UserPoolId, ProviderName };
    const details = { client_secret: "secret", authorize_scopes: "openid" };
    await cognito.send(
      new CreateIdentityProviderCommand({
        ...names,
        ProviderType: ProviderName,
        ProviderDetails: { ...details, client_id: "first" },
        AttributeMapping: { email: "email" },
      }),
    );
    const page = await tested.open(
      `/user-pools/${UserPoolId}/identity-providers/detail/${ProviderName}/edit`,
    );
    await page.getByLabel("Client ID").fill("second");
    const AttributeMapping = { email: "email", name: "name" };
    await cognito.send(new UpdateIdentityProviderCommand({ ...names, AttributeMapping }));
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await flash(page, /Google/).waitFor();
    const now = await cognito.send(new DescribeIdentityProviderCommand(names));
    expect(now.IdentityProvider).toMatchObject({
      ProviderDetails: { client_id: "second" },
      AttributeMapping,
    });
  });

  it("renames a resource server and keeps its scopes as they are now", async () => {
    const { cognito } = tested.server;
    const { poolId: UserPoolId } = await createPoolAndClient(cognito);
    const names = { UserPoolId, Identifier: "shop" };
    await cognito.send(new CreateResourceServerCommand({ ...names, Name: "Shop" }));
    const page = await tested.open(`/user-pools/${UserPoolId}/domain`);
    await page.getByRole("button", { name: "Edit: Shop" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox").first().fill("Store");
    const Scopes = [{ ScopeName: "read", ScopeDescription: "Read" }];
    await cognito.send(new UpdateResourceServerCommand({ ...names, Name: "Shop", Scopes }));
    await dialog.getByRole("button", { name: "Save changes" }).click();
    await dialog.waitFor({ state: "detached" });
    const now = await cognito.send(new DescribeResourceServerCommand(names));
    expect(now.ResourceServer).toMatchObject({ Name: "Store", Scopes });
  });

  it("changes the subject of a message and keeps its other texts as they are now", async () => {
    const { cognito } = tested.server;
    const { poolId: UserPoolId } = await createPoolAndClient(cognito);
    const page = await tested.open(`/user-pools/${UserPoolId}/message-templates`);
    await page.getByRole("button", { name: "Edit verification message" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox").first().fill("Your code");
    const SmsMessage = "Their code is {####}";
    const VerificationMessageTemplate = { SmsMessage };
    await cognito.send(new UpdateUserPoolCommand({ UserPoolId, VerificationMessageTemplate }));
    await dialog.getByRole("button", { name: "Save changes" }).click();
    await dialog.waitFor({ state: "detached" });
    const now = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
    expect(now.UserPool?.VerificationMessageTemplate).toMatchObject({
      EmailSubject: "Your code",
      SmsMessage,
    });
  });

  it("changes one part of what is saved as a whole and keeps the others as they are now", async () => {
    const { cognito } = tested.server;
    const { poolId: UserPoolId } = await createPoolAndClient(cognito, {
      UserPoolTier: "PLUS",
      UserPoolAddOns: { AdvancedSecurityMode: "ENFORCED" },
    });
    const page = await tested.open(`/user-pools/${UserPoolId}/sign-in`);
    const dialog = page.getByRole("dialog");
    await page.getByRole("button", { name: "Edit: Multi-factor authentication" }).click();
    await dialog.getByRole("radio", { name: "Optional MFA" }).check();
    await dialog.getByRole("checkbox", { name: "Authenticator apps" }).check();
    const WebAuthnConfiguration = { RelyingPartyId: "example.com", UserVerification: "required" as const };
    await cognito.send(new SetUserPoolMfaConfigCommand({ UserPoolId, WebAuthnConfiguration }));
    await dialog.getByRole("button", { name: "Save changes" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(await cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId }))).toMatchObject({
      MfaConfiguration: "OPTIONAL",
      WebAuthnConfiguration,
    });

    await visit(page, `/console/user-pools/${UserPoolId}/threat-protection`);
    await page.getByRole("button", { name: "Edit: Exceptions by IP address" }).click();
    await dialog.getByRole("textbox").first().fill("192.0.2.0/24");
    const EventAction = "BLOCK" as const;
    await cognito.send(
      new SetRiskConfigurationCommand({
        UserPoolId,
        CompromisedCredentialsRiskConfiguration: { Actions: { EventAction } },
      }),
    );
    await dialog.getByRole("button", { name: "Save changes" }).click();
    await dialog.waitFor({ state: "detached" });
    const { RiskConfiguration } = await cognito.send(new DescribeRiskConfigurationCommand({ UserPoolId }));
    expect(RiskConfiguration).toMatchObject({
      CompromisedCredentialsRiskConfiguration: { Actions: { EventAction } },
      RiskExceptionConfiguration: { BlockedIPRangeList: ["192.0.2.0/24"] },
    });

    const arn = (name: string) => `arn:aws:logs:us-east-1:123456789012:log-group:${name}`;
    await visit(page, `/console/user-pools/${UserPoolId}/log-streaming`);
    await page
      .getByRole("button", { name: /^Edit:/ })
      .first()
      .click();
    await dialog.getByRole("checkbox").check();
    await dialog.getByRole("textbox").fill(arn("first"));
    const CloudWatchLogsConfiguration = { LogGroupArn: arn("second") };
    await cognito.send(
      new SetLogDeliveryConfigurationCommand({
        UserPoolId,
        LogConfigurations: [{ LogLevel: "INFO", EventSource: "userAuthEvents", CloudWatchLogsConfiguration }],
      }),
    );
    await dialog.getByRole("button", { name: "Save changes" }).click();
    await dialog.waitFor({ state: "detached" });
    const { LogDeliveryConfiguration } = await cognito.send(
      new GetLogDeliveryConfigurationCommand({ UserPoolId }),
    );
    const groups = LogDeliveryConfiguration?.LogConfigurations?.map(
      (log) => log.CloudWatchLogsConfiguration?.LogGroupArn,
    );
    expect(groups?.sort()).toEqual([arn("first"), arn("second")]);
  });

  it("asks before it replaces a style that somebody else has saved, and not again after that", async () => {
    const { cognito } = tested.server;
    const { poolId: UserPoolId, clientId: ClientId } = await createPoolAndClient(cognito);
    await cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: "two-people" }));
    await cognito.send(
      new CreateManagedLoginBrandingCommand({ UserPoolId, ClientId, UseCognitoProvidedValues: true }),
    );
    const styles = new DescribeManagedLoginBrandingByClientCommand({ UserPoolId, ClientId });
    const style = async () => (await cognito.send(styles)).ManagedLoginBranding;
    const css = async () => {
      const command = new GetUICustomizationCommand({ UserPoolId, ClientId });
      return (await cognito.send(command)).UICustomization?.CSS;
    };
    const ManagedLoginBrandingId = (await style())?.ManagedLoginBrandingId;
    const page = await tested.open(`/user-pools/${UserPoolId}/managed-login`);
    const questions: string[] = [];
    page.on("dialog", (dialog) => {
      questions.push(dialog.message());
      void (questions.length % 2 === 1 ? dialog.dismiss() : dialog.accept());
    });
    const save = () => page.getByRole("button", { name: "Save changes" }).click();
    const main = page.getByLabel("Main button, light", { exact: true });
    await page.getByRole("radio", { name: "A style of your own" }).click();
    await main.fill("#7a1fa2");
    const Settings = { categories: { global: { colorSchemeMode: "DARK" } } };
    await cognito.send(
      new UpdateManagedLoginBrandingCommand({ UserPoolId, ManagedLoginBrandingId, Settings }),
    );
    await save();
    await expect.poll(() => questions.length).toBe(1);
    expect(questions[0]).toMatch(/^Somebody else saved this style at .*Replace it with yours\?$/);
    expect(JSON.stringify(await style())).toContain("DARK");
    await save();
    await flash(page, "The style has been saved.").waitFor();
    expect(JSON.stringify(await style())).toContain("7a1fa2");
    await dismissMessages(page);
    await main.fill("#1b5e20");
    await save();
    await flash(page, "The style has been saved.").waitFor();
    expect(questions).toHaveLength(2);

    await dismissMessages(page);
    await page.getByRole("tab", { name: "Classic pages" }).click();
    const sheet = page.getByRole("textbox", { name: "Style sheet" });
    await sheet.fill(".logo-customizable { max-width: 60%; }");
    await cognito.send(
      new SetUICustomizationCommand({
        UserPoolId,
        ClientId,
        CSS: ".idpDescription-customizable { color: red; }",
      }),
    );
    await save();
    await expect.poll(() => questions.length).toBe(3);
    expect(await css()).toContain("color: red");
    await save();
    await flash(page, "The style has been saved.").waitFor();
    expect(await css()).toContain("60%");
    await dismissMessages(page);
    await sheet.fill(".logo-customizable { max-width: 50%; }");
    await save();
    await flash(page, "The style has been saved.").waitFor();
    expect(questions).toHaveLength(4);
    page.removeAllListeners("dialog");
  });

  it("asks before a client with a classic look of its own replaces the look of all clients", async () => {
    const { cognito } = tested.server;
    const { poolId: UserPoolId, clientId: ClientId } = await createPoolAndClient(cognito);
    await cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: "own-and-all" }));
    const sheet = (width: string) => `.logo-customizable { max-width: ${width}; }`;
    await cognito.send(new SetUICustomizationCommand({ UserPoolId, ClientId, CSS: sheet("60%") }));
    await cognito.send(new SetUICustomizationCommand({ UserPoolId, CSS: sheet("40%") }));
    const ofAll = async () =>
      (await cognito.send(new GetUICustomizationCommand({ UserPoolId }))).UICustomization?.CSS;
    const page = await tested.open(`/user-pools/${UserPoolId}/managed-login?tab=classic`);
    const questions: string[] = [];
    page.on("dialog", (dialog) => {
      questions.push(dialog.message());
      void (questions.length === 1 ? dialog.dismiss() : dialog.accept());
    });
    const save = () => page.getByRole("button", { name: "Save changes" }).click();
    await page.getByRole("checkbox", { name: /^For all app clients/ }).check();
    await save();
    await expect.poll(() => questions.length).toBe(1);
    expect(await ofAll()).toContain("40%");
    await save();
    await flash(page, /^The style of all app clients without .* has been saved\./).waitFor();
    expect(await ofAll()).toContain("60%");
    page.removeAllListeners("dialog");
  });

  it("says that a group was already deleted, and goes back to the list", async () => {
    const { cognito } = tested.server;
    const { poolId: UserPoolId } = await createPoolAndClient(cognito);
    await cognito.send(new CreateGroupCommand({ UserPoolId, GroupName: "editors" }));
    const page = await tested.open(`/user-pools/${UserPoolId}/groups/detail/editors`);
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await cognito.send(new DeleteGroupCommand({ UserPoolId, GroupName: "editors" }));
    await page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).click();
    await flash(page, "This was already deleted.").waitFor();
    await page.getByRole("heading", { level: 1, name: "Groups" }).waitFor();
  });

  it("says that a user was already deleted, and goes back to the list", async () => {
    const { cognito } = tested.server;
    const { poolId: UserPoolId } = await createPoolAndClient(cognito);
    await cognito.send(
      new AdminCreateUserCommand({ UserPoolId, Username: "jane", MessageAction: "SUPPRESS" }),
    );
    const page = await tested.open(`/user-pools/${UserPoolId}/users/detail/jane`);
    await page.getByRole("button", { name: "Actions" }).click();
    await page.getByRole("menuitem", { name: "Delete user" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("checkbox").check();
    await dialog.getByRole("textbox").fill("jane");
    await cognito.send(new AdminDeleteUserCommand({ UserPoolId, Username: "jane" }));
    await dialog.getByRole("button", { name: "Delete user" }).click();
    await page.getByRole("heading", { level: 1, name: "Users" }).waitFor();
    await flash(page, "This was already deleted.").waitFor();
  });

  it("deletes the other selected user pools when one was already deleted", async () => {
    const { cognito } = tested.server;
    const { poolId: UserPoolId } = await createPoolAndClient(cognito, { PoolName: "already-gone" });
    await createPoolAndClient(cognito, { PoolName: "still-there" });
    const page = await tested.open("/user-pools");
    for (const name of ["already-gone", "still-there"])
      await page.getByRole("checkbox", { name: `Select ${name}` }).check();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByRole("dialog").getByRole("textbox").fill("delete");
    await cognito.send(new DeleteUserPoolCommand({ UserPoolId }));
    await page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).click();
    await flash(page, "Deleted: 2 user pools.").waitFor();
  });

  it("deletes an IAM user whose access key somebody else deletes at the same time", async () => {
    const iam = iamClient(tested.server);
    const UserName = "kim";
    await iam.send(new CreateUserCommand({ UserName }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    const page = await tested.open(`/iam/users/detail/${UserName}`);
    await page.route(`${tested.server.url}/`, async (route, request) => {
      if (request.postData()?.includes("Action=DeleteAccessKey"))
        await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: AccessKey?.AccessKeyId }));
      await route.continue();
    });
    await page.getByRole("button", { name: "Delete IAM user" }).click();
    await page.getByRole("dialog").getByRole("textbox").fill(UserName);
    await page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "IAM users" }).waitFor();
    await expect(iam.send(new GetUserCommand({ UserName }))).rejects.toMatchObject({
      name: "NoSuchEntityException",
    });
    iam.destroy();
  });
});
