/** Dialogs that save several settings at once, while somebody else changes others of them: both changes are kept. */
import {
  AddCustomAttributesCommand,
  type CognitoIdentityProviderClient as Cognito,
  CreateGroupCommand,
  CreateIdentityProviderCommand,
  CreateResourceServerCommand,
  CreateTermsCommand,
  CreateUserPoolDomainCommand,
  DescribeIdentityProviderCommand,
  DescribeResourceServerCommand,
  DescribeRiskConfigurationCommand,
  DescribeTermsCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  DescribeUserPoolDomainCommand,
  GetGroupCommand,
  GetLogDeliveryConfigurationCommand,
  GetUserPoolMfaConfigCommand,
  GetUserPoolSessionConfigurationCommand,
  SetLogDeliveryConfigurationCommand,
  SetRiskConfigurationCommand,
  SetUserPoolMfaConfigCommand,
  SetUserPoolSessionConfigurationCommand,
  TagResourceCommand,
  UpdateGroupCommand,
  UpdateIdentityProviderCommand,
  UpdateResourceServerCommand,
  UpdateTermsCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
  type UpdateUserPoolCommandInput,
  UpdateUserPoolDomainCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { CreateUserCommand, GetUserPolicyCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { iamClient } from "../support/iam.ts";
import { createPoolAndClient } from "../support/server.ts";
import { type ConsoleUnderTest, flash, seriousFindings, startConsole, visit } from "./support.ts";

let tested: ConsoleUnderTest;
let cognito: Cognito;
let page: Page;

beforeAll(async () => {
  tested = await startConsole({}, { staysLoaded: true });
  ({ cognito } = tested.server);
});
afterAll(() => tested.stop());

/** Opens a dialog of a pool's page, changes what `edit` does, lets `meanwhile` happen, and presses the button that saves. */
async function trySaving(
  address: string,
  button: string | RegExp,
  edit: (dialog: Locator) => Promise<void>,
  meanwhile: () => Promise<unknown>,
): Promise<Locator> {
  page = await tested.open(address);
  await page.getByRole("button", { name: button }).first().click();
  const dialog = page.getByRole("dialog");
  await edit(dialog);
  await meanwhile();
  await dialog.getByRole("button", { name: "Save changes" }).click();
  return dialog;
}

async function saveBoth(...[address, button, edit, meanwhile]: Parameters<typeof trySaving>): Promise<void> {
  const dialog = await trySaving(address, button, edit, meanwhile);
  await dialog.waitFor({ state: "detached" });
}

const CONFLICT = "Somebody else has changed this meanwhile";

const ROLE = "arn:aws:iam::123456789012:role/sms";
const sender = (name: string) => `arn:aws:ses:us-east-1:123456789012:identity/${name}@example.com`;

interface Case {
  readonly what: string;
  readonly place: string;
  readonly button: string;
  readonly pool?: Partial<UpdateUserPoolCommandInput>;
  readonly edit: (dialog: Locator) => Promise<void>;
  readonly meanwhile: Partial<UpdateUserPoolCommandInput>;
  readonly after: object;
}

const cases: readonly Case[] = [
  {
    what: "the FROM address of emails, and the REPLY-TO address",
    place: "authentication-methods",
    button: "Edit: Email",
    pool: { EmailConfiguration: { EmailSendingAccount: "DEVELOPER", SourceArn: sender("first") } },
    edit: (dialog) => dialog.getByRole("textbox", { name: "FROM" }).fill("Shop <shop@example.com>"),
    meanwhile: {
      EmailConfiguration: {
        EmailSendingAccount: "DEVELOPER",
        SourceArn: sender("first"),
        ReplyToEmailAddress: "help@example.com",
      },
    },
    after: {
      EmailConfiguration: { From: "Shop <shop@example.com>", ReplyToEmailAddress: "help@example.com" },
    },
  },
  {
    what: "the external ID of SMS, and the role",
    place: "authentication-methods",
    button: "Edit: SMS",
    pool: { SmsConfiguration: { SnsCallerArn: ROLE } },
    edit: (dialog) => dialog.getByRole("textbox", { name: "External ID" }).fill("mine"),
    meanwhile: { SmsConfiguration: { SnsCallerArn: `${ROLE}-2`, SnsRegion: "us-east-1" } },
    after: { SmsConfiguration: { ExternalId: "mine", SnsCallerArn: `${ROLE}-2`, SnsRegion: "us-east-1" } },
  },
  {
    what: "which devices are remembered, and whether they take the place of MFA",
    place: "sign-in",
    button: "Edit: Device tracking",
    pool: {
      DeviceConfiguration: { DeviceOnlyRememberedOnUserPrompt: true, ChallengeRequiredOnNewDevice: true },
    },
    edit: (dialog) => dialog.getByRole("radio", { name: "Always remember" }).check(),
    meanwhile: {
      DeviceConfiguration: { DeviceOnlyRememberedOnUserPrompt: true, ChallengeRequiredOnNewDevice: false },
    },
    after: {
      DeviceConfiguration: { DeviceOnlyRememberedOnUserPrompt: false, ChallengeRequiredOnNewDevice: false },
    },
  },
  {
    what: "the verification of phone numbers, and of email addresses",
    place: "sign-up",
    button: "Edit: Attribute verification",
    pool: { SmsConfiguration: { SnsCallerArn: ROLE } },
    edit: (dialog) => dialog.getByRole("checkbox", { name: "Phone number" }).check(),
    meanwhile: { SmsConfiguration: { SnsCallerArn: ROLE }, AutoVerifiedAttributes: ["email"] },
    after: { AutoVerifiedAttributes: ["email", "phone_number"] },
  },
  {
    what: "one first factor, and another",
    place: "authentication-methods",
    button: "Edit: Options for choice-based sign-in",
    edit: (dialog) => dialog.getByRole("checkbox", { name: "Passkey" }).check(),
    meanwhile: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] } } },
    after: {
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"] } },
    },
  },
  {
    what: "the mode of one kind of sign-in, and of the other",
    place: "threat-protection",
    button: "Edit: Mode",
    pool: { UserPoolTier: "PLUS", UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" } },
    edit: (dialog) => dialog.getByRole("radio", { name: "Full function" }).first().check(),
    meanwhile: {
      UserPoolAddOns: {
        AdvancedSecurityMode: "AUDIT",
        AdvancedSecurityAdditionalFlows: { CustomAuthMode: "AUDIT" },
      },
    },
    after: {
      UserPoolAddOns: {
        AdvancedSecurityMode: "ENFORCED",
        AdvancedSecurityAdditionalFlows: { CustomAuthMode: "AUDIT" },
      },
    },
  },
  {
    what: "the function of one trigger's dialog, and its event version",
    place: "extensions",
    button: "Edit: Pre token generation",
    pool: {
      LambdaConfig: {
        PreTokenGenerationConfig: {
          LambdaArn: "arn:aws:lambda:us-east-1:123456789012:function:first",
          LambdaVersion: "V1_0",
        },
      },
    },
    edit: (dialog) =>
      dialog.getByRole("textbox").fill("arn:aws:lambda:us-east-1:123456789012:function:second"),
    meanwhile: {
      LambdaConfig: {
        PreTokenGenerationConfig: {
          LambdaArn: "arn:aws:lambda:us-east-1:123456789012:function:first",
          LambdaVersion: "V2_0",
        },
      },
    },
    after: {
      LambdaConfig: {
        PreTokenGenerationConfig: {
          LambdaArn: "arn:aws:lambda:us-east-1:123456789012:function:second",
          LambdaVersion: "V2_0",
        },
      },
    },
  },
];

describe("a dialog that saves settings while somebody else changes others of them", () => {
  it.each(cases)("keeps $what", async ({ place, button, pool = {}, edit, meanwhile, after }) => {
    const { poolId: UserPoolId } = await createPoolAndClient(cognito);
    await cognito.send(new UpdateUserPoolCommand({ UserPoolId, ...pool }));
    await saveBoth(`/user-pools/${UserPoolId}/${place}`, button, edit, () =>
      cognito.send(new UpdateUserPoolCommand({ UserPoolId, ...pool, ...meanwhile })),
    );
    const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
    expect(UserPool).toMatchObject(after);
  });

  it("keeps one second factor and another", async () => {
    const { poolId: UserPoolId } = await createPoolAndClient(cognito, {
      EmailConfiguration: { EmailSendingAccount: "DEVELOPER", SourceArn: sender("first") },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "admin_only", Priority: 1 }] },
    });
    const app = { SoftwareTokenMfaConfiguration: { Enabled: true }, MfaConfiguration: "OPTIONAL" as const };
    await cognito.send(new SetUserPoolMfaConfigCommand({ UserPoolId, ...app }));
    await saveBoth(
      `/user-pools/${UserPoolId}/sign-in`,
      "Edit: Multi-factor authentication",
      (dialog) => dialog.getByRole("radio", { name: "Require MFA" }).check(),
      () => cognito.send(new SetUserPoolMfaConfigCommand({ UserPoolId, ...app, EmailMfaConfiguration: {} })),
    );
    const now = await cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId }));
    expect(now).toMatchObject({ ...app, MfaConfiguration: "ON", EmailMfaConfiguration: {} });
  });

  it("keeps how many sessions a user has, and that they are tracked", async () => {
    const { poolId: UserPoolId } = await createPoolAndClient(cognito);
    const settings = { UserPoolId, TokenSession: { MaxPerUser: 20 } };
    await saveBoth(
      `/user-pools/${UserPoolId}/sign-in`,
      "Edit: Session tracking",
      (dialog) => dialog.getByRole("textbox").fill("5"),
      () =>
        cognito.send(
          new SetUserPoolSessionConfigurationCommand({ ...settings, UserSessionTracking: "ENABLED" }),
        ),
    );
    const now = await cognito.send(new GetUserPoolSessionConfigurationCommand({ UserPoolId }));
    expect(now).toMatchObject({ UserSessionTracking: "ENABLED", TokenSession: { MaxPerUser: 5 } });
  });

  it("keeps the certificate of a custom domain, and its branding version", async () => {
    const { poolId: UserPoolId } = await createPoolAndClient(cognito);
    const certificate = (id: string) => `arn:aws:acm:us-east-1:123456789012:certificate/${id}`;
    const ids = { UserPoolId, Domain: "both.example.com" };
    const CustomDomainConfig = { CertificateArn: certificate("first") };
    await cognito.send(
      new CreateUserPoolDomainCommand({ ...ids, CustomDomainConfig, ManagedLoginVersion: 1 }),
    );
    await saveBoth(
      `/user-pools/${UserPoolId}/domain`,
      "Edit: Custom domain",
      (dialog) => dialog.getByRole("textbox", { name: "ACM certificate ARN" }).fill(certificate("second")),
      () =>
        cognito.send(new UpdateUserPoolDomainCommand({ ...ids, CustomDomainConfig, ManagedLoginVersion: 2 })),
    );
    const { DomainDescription } = await cognito.send(new DescribeUserPoolDomainCommand(ids));
    expect(DomainDescription).toMatchObject({
      CustomDomainConfig: { CertificateArn: certificate("second") },
      ManagedLoginVersion: 2,
    });
  });

  it("keeps a changed and a removed link of a terms document, and one that was added", async () => {
    const { poolId: UserPoolId, clientId: ClientId } = await createPoolAndClient(cognito);
    const kind = { TermsName: "terms-of-use", TermsSource: "LINK", Enforcement: "NONE" } as const;
    const at = (name: string) => `https://example.com/${name}`;
    const Links = { "cognito:default": at("terms"), "cognito:german": at("de") };
    const { Terms } = await cognito.send(new CreateTermsCommand({ UserPoolId, ClientId, ...kind, Links }));
    const ids = { UserPoolId, TermsId: Terms?.TermsId };
    await saveBoth(
      `/user-pools/${UserPoolId}/managed-login?tab=terms`,
      /^Edit: Terms of use/,
      async (dialog) => {
        await dialog.getByRole("textbox", { name: "URL" }).first().fill(at("new"));
        await dialog.getByRole("button", { name: /^Remove: Deutsch/ }).click();
      },
      () =>
        cognito.send(
          new UpdateTermsCommand({ ...ids, ...kind, Links: { ...Links, "cognito:french": at("fr") } }),
        ),
    );
    const now = await cognito.send(new DescribeTermsCommand(ids));
    expect(now.Terms?.Links).toEqual({ "cognito:default": at("new"), "cognito:french": at("fr") });
  });

  it("keeps a tag that was changed, and one that was added", async () => {
    const { poolId: UserPoolId } = await createPoolAndClient(cognito, { UserPoolTags: { team: "shop" } });
    const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
    await saveBoth(
      `/user-pools/${UserPoolId}/settings`,
      "Manage tags",
      (dialog) => dialog.getByRole("textbox", { name: "Value" }).fill("store"),
      () => cognito.send(new TagResourceCommand({ ResourceArn: UserPool?.Arn, Tags: { stage: "test" } })),
    );
    const now = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
    expect(now.UserPool?.UserPoolTags).toEqual({ team: "store", stage: "test" });
  });

  it("keeps a scope of a resource server that was changed, and one that was added", async () => {
    const { poolId: UserPoolId } = await createPoolAndClient(cognito);
    const server = { UserPoolId, Identifier: "shop", Name: "Shop" };
    const scope = (ScopeName: string, ScopeDescription: string) => ({ ScopeName, ScopeDescription });
    const Scopes = [scope("read", "Read")];
    await cognito.send(new CreateResourceServerCommand({ ...server, Scopes }));
    await saveBoth(
      `/user-pools/${UserPoolId}/domain`,
      "Edit: Shop",
      (dialog) => dialog.getByRole("textbox", { name: "Description" }).fill("Read all"),
      () =>
        cognito.send(
          new UpdateResourceServerCommand({ ...server, Scopes: [...Scopes, scope("write", "Write")] }),
        ),
    );
    const { ResourceServer } = await cognito.send(new DescribeResourceServerCommand(server));
    expect(ResourceServer?.Scopes).toEqual([scope("read", "Read all"), scope("write", "Write")]);
  });

  it("keeps the response to one level of risk and to another, one range of addresses and another", async () => {
    const { poolId: UserPoolId } = await createPoolAndClient(cognito, {
      UserPoolTier: "PLUS",
      UserPoolAddOns: { AdvancedSecurityMode: "ENFORCED" },
    });
    const Actions = { LowAction: { EventAction: "NO_ACTION" as const, Notify: false } };
    const ranges = (...BlockedIPRangeList: string[]) => ({
      RiskExceptionConfiguration: { BlockedIPRangeList },
    });
    await cognito.send(
      new SetRiskConfigurationCommand({
        UserPoolId,
        AccountTakeoverRiskConfiguration: { Actions },
        ...ranges("192.0.2.0/24"),
      }),
    );
    const address = `/user-pools/${UserPoolId}/threat-protection`;
    await saveBoth(
      address,
      "Edit: Risky sign-ins",
      (dialog) => dialog.getByRole("checkbox", { name: "Notify the user of low risk" }).check(),
      () =>
        cognito.send(
          new SetRiskConfigurationCommand({
            UserPoolId,
            AccountTakeoverRiskConfiguration: {
              Actions: { ...Actions, HighAction: { EventAction: "BLOCK", Notify: false } },
            },
            ...ranges("192.0.2.0/24"),
          }),
        ),
    );
    const now = async () => {
      const command = new DescribeRiskConfigurationCommand({ UserPoolId });
      return (await cognito.send(command)).RiskConfiguration;
    };
    const kept = (await now())?.AccountTakeoverRiskConfiguration;
    expect(kept?.Actions).toMatchObject({
      LowAction: { EventAction: "NO_ACTION", Notify: true },
      HighAction: { EventAction: "BLOCK" },
    });
    await saveBoth(
      address,
      "Edit: Exceptions by IP address",
      (dialog) => dialog.getByRole("textbox").first().fill("192.0.2.0/24\n198.51.100.0/24"),
      () =>
        cognito.send(
          new SetRiskConfigurationCommand({
            UserPoolId,
            AccountTakeoverRiskConfiguration: kept,
            ...ranges("203.0.113.0/24"),
          }),
        ),
    );
    expect((await now())?.RiskExceptionConfiguration?.BlockedIPRangeList).toEqual([
      "203.0.113.0/24",
      "198.51.100.0/24",
    ]);
  });

  it("writes nothing back of a dialog in which nothing was changed", async () => {
    const { poolId: UserPoolId } = await createPoolAndClient(cognito);
    await saveBoth(
      `/user-pools/${UserPoolId}/settings`,
      "Edit: Feature plan",
      async () => {},
      () => cognito.send(new UpdateUserPoolCommand({ UserPoolId, UserPoolTier: "PLUS" })),
    );
    const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
    expect(UserPool?.UserPoolTier).toBe("PLUS");
  });
});

describe("a form that is saved while somebody else changes the same thing", () => {
  it("keeps one detail of an identity provider and another, one mapping and another", async () => {
    const { poolId: UserPoolId } = await createPoolAndClient(cognito);
    const ProviderName = "Google";
    const names = { UserPoolId, ProviderName };
    const details = { client_id: "first", client_secret: "secret", authorize_scopes: "openid" };
    await cognito.send(
      new CreateIdentityProviderCommand({
        ...names,
        ProviderType: ProviderName,
        ProviderDetails: details,
        AttributeMapping: { email: "email" },
      }),
    );
    page = await tested.open(`/user-pools/${UserPoolId}/identity-providers/detail/${ProviderName}/edit`);
    await page.getByLabel("Client ID").fill("second");
    await page
      .getByRole("textbox", { name: /attribute/i })
      .first()
      .fill("mail");
    await cognito.send(
      new UpdateIdentityProviderCommand({
        ...names,
        ProviderDetails: { ...details, authorize_scopes: "openid email" },
        AttributeMapping: { email: "email", name: "name" },
      }),
    );
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await flash(page, /Google/).waitFor();
    const now = await cognito.send(new DescribeIdentityProviderCommand(names));
    expect(now.IdentityProvider).toMatchObject({
      ProviderDetails: { client_id: "second", authorize_scopes: "openid email" },
      AttributeMapping: { email: "mail", name: "name" },
    });
  });

  it("keeps an attribute readable that was added while the permissions of a client were edited", async () => {
    const { poolId: UserPoolId, clientId: ClientId } = await createPoolAndClient(cognito);
    page = await tested.open(
      `/user-pools/${UserPoolId}/app-clients/detail/${ClientId}/attribute-permissions`,
    );
    await page.getByRole("checkbox", { name: "Read address", exact: true }).uncheck();
    await cognito.send(
      new AddCustomAttributesCommand({
        UserPoolId,
        CustomAttributes: [{ Name: "shoe_size", AttributeDataType: "String" }],
      }),
    );
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, /has been updated/).waitFor();
    const { UserPoolClient } = await cognito.send(
      new DescribeUserPoolClientCommand({ UserPoolId, ClientId }),
    );
    expect(UserPoolClient?.ReadAttributes).toContain("custom:shoe_size");
    expect(UserPoolClient?.ReadAttributes).not.toContain("address");
    expect(UserPoolClient?.WriteAttributes).toContain("custom:shoe_size");
    await visit(page, "/console/user-pools");
  });
});

describe("a form whose save would replace what somebody else has saved", () => {
  it("shows the lines of a policy that have changed, and writes it only when told to", async () => {
    const iam = iamClient(tested.server);
    const names = { UserName: "kim", PolicyName: "pools" };
    const policy = (Resource: string) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "cognito-idp:*", Resource }],
      });
    const stored = async () => {
      const { PolicyDocument = "" } = await iam.send(new GetUserPolicyCommand(names));
      return decodeURIComponent(PolicyDocument);
    };
    await iam.send(new CreateUserCommand({ UserName: names.UserName }));
    await iam.send(new PutUserPolicyCommand({ ...names, PolicyDocument: policy("*") }));
    const dialog = await trySaving(
      "/iam/users/detail/kim",
      "Edit: pools",
      (form) =>
        form
          .getByRole("textbox")
          .last()
          .fill(policy("arn:aws:cognito-idp:us-east-1:123456789012:userpool/mine")),
      () =>
        iam.send(
          new PutUserPolicyCommand({
            ...names,
            PolicyDocument: policy("arn:aws:cognito-idp:us-east-1:123456789012:userpool/theirs"),
          }),
        ),
    );
    const alert = dialog.getByRole("alert").filter({ hasText: CONFLICT });
    await alert
      .getByText('+       "Resource": "arn:aws:cognito-idp:us-east-1:123456789012:userpool/theirs"')
      .waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(await stored()).toContain("arn:aws:cognito-idp:us-east-1:123456789012:userpool/theirs");
    // A person who has seen one change has not seen the next.
    await iam.send(
      new PutUserPolicyCommand({
        ...names,
        PolicyDocument: policy("arn:aws:cognito-idp:us-east-1:123456789012:userpool/again"),
      }),
    );
    await alert.getByRole("button", { name: "Overwrite" }).click();
    await alert
      .getByText('+       "Resource": "arn:aws:cognito-idp:us-east-1:123456789012:userpool/again"')
      .waitFor();
    await alert.getByRole("button", { name: "Overwrite" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(await stored()).toContain("arn:aws:cognito-idp:us-east-1:123456789012:userpool/mine");
    iam.destroy();
  });

  it("takes the events of compromised passwords that are saved, so that none left does not become all", async () => {
    const { poolId: UserPoolId } = await createPoolAndClient(cognito, {
      UserPoolTier: "PLUS",
      UserPoolAddOns: { AdvancedSecurityMode: "ENFORCED" },
    });
    const checks = (...EventFilter: ("SIGN_IN" | "SIGN_UP")[]) =>
      cognito.send(
        new SetRiskConfigurationCommand({
          UserPoolId,
          CompromisedCredentialsRiskConfiguration: { EventFilter, Actions: { EventAction: "BLOCK" } },
        }),
      );
    await checks("SIGN_IN", "SIGN_UP");
    const dialog = await trySaving(
      `/user-pools/${UserPoolId}/threat-protection`,
      "Edit: Compromised passwords",
      (form) => form.getByRole("checkbox", { name: "Sign-in" }).uncheck(),
      () => checks("SIGN_IN"),
    );
    const alert = dialog.getByRole("alert").filter({ hasText: CONFLICT });
    await alert.getByRole("button", { name: "Take saved values" }).click();
    await alert.waitFor({ state: "detached" });
    expect(await dialog.getByRole("checkbox", { name: "Sign-in" }).isChecked()).toBe(true);
    expect(await dialog.getByRole("checkbox", { name: "Sign-up" }).isChecked()).toBe(false);
    await dialog.getByRole("button", { name: "Save changes" }).click();
    await dialog.waitFor({ state: "detached" });
    const command = new DescribeRiskConfigurationCommand({ UserPoolId });
    const { RiskConfiguration } = await cognito.send(command);
    expect(RiskConfiguration?.CompromisedCredentialsRiskConfiguration?.EventFilter).toEqual(["SIGN_IN"]);
  });

  it("names the kind of a log's destination that was switched while its ARN was changed", async () => {
    const { poolId: UserPoolId } = await createPoolAndClient(cognito, {
      UserPoolTier: "PLUS",
      UserPoolAddOns: { AdvancedSecurityMode: "ENFORCED" },
    });
    const group = (name: string) => `arn:aws:logs:us-east-1:123456789012:log-group:${name}`;
    const log = { LogLevel: "INFO", EventSource: "userAuthEvents" } as const;
    const first = { ...log, CloudWatchLogsConfiguration: { LogGroupArn: group("first") } };
    const bucket = { ...log, S3Configuration: { BucketArn: "arn:aws:s3:::logs" } };
    await cognito.send(new SetLogDeliveryConfigurationCommand({ UserPoolId, LogConfigurations: [first] }));
    const dialog = await trySaving(
      `/user-pools/${UserPoolId}/log-streaming`,
      "Edit: User activity",
      (form) => form.getByRole("textbox").fill(group("second")),
      () => cognito.send(new SetLogDeliveryConfigurationCommand({ UserPoolId, LogConfigurations: [bucket] })),
    );
    const alert = dialog.getByRole("alert").filter({ hasText: CONFLICT });
    await alert.getByText("Saved now: arn:aws:s3:::logs").waitFor();
    await alert.getByRole("button", { name: "Overwrite" }).click();
    await dialog.waitFor({ state: "detached" });
    const now = await cognito.send(new GetLogDeliveryConfigurationCommand({ UserPoolId }));
    expect(now.LogDeliveryConfiguration?.LogConfigurations).toEqual([
      { ...log, CloudWatchLogsConfiguration: { LogGroupArn: group("second") } },
    ]);
  });

  it("shows values as the form does: a lifetime with its unit, a mode by its name", async () => {
    const { poolId: UserPoolId, clientId: ClientId } = await createPoolAndClient(cognito);
    page = await tested.open(`/user-pools/${UserPoolId}/app-clients/detail/${ClientId}/edit`);
    await page.getByRole("textbox", { name: "Refresh token expiration" }).fill("7");
    await cognito.send(
      new UpdateUserPoolClientCommand({
        UserPoolId,
        ClientId,
        RefreshTokenValidity: 3,
        TokenValidityUnits: { RefreshToken: "hours" },
      }),
    );
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByRole("alert").getByText("Saved now: 3 hours").waitFor();
    await page.getByText("In this form: 7 days").waitFor();
    await page.getByRole("button", { name: "Take saved values" }).click();
    await visit(page, "/console/user-pools");

    const dialog = await trySaving(
      `/user-pools/${UserPoolId}/sign-in`,
      "Edit: Multi-factor authentication",
      async (form) => {
        await form.getByRole("radio", { name: "Optional MFA" }).check();
        await form.getByRole("checkbox", { name: "Authenticator apps" }).check();
      },
      () =>
        cognito.send(
          new SetUserPoolMfaConfigCommand({
            UserPoolId,
            MfaConfiguration: "ON",
            SoftwareTokenMfaConfiguration: { Enabled: true },
          }),
        ),
    );
    await dialog.getByText("Saved now: Require MFA").waitFor();
    await dialog.getByText("In this form: Optional MFA").waitFor();
    await dialog.getByRole("button", { name: "Overwrite" }).click();
    await dialog.waitFor({ state: "detached" });
    const { MfaConfiguration } = await cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId }));
    expect(MfaConfiguration).toBe("OPTIONAL");
  });

  it("keeps the description of a group that somebody else has changed, on the page of a form", async () => {
    const { poolId: UserPoolId } = await createPoolAndClient(cognito);
    const group = { UserPoolId, GroupName: "editors" };
    await cognito.send(new CreateGroupCommand({ ...group, Description: "first", Precedence: 1 }));
    page = await tested.open(`/user-pools/${UserPoolId}/groups/detail/editors/edit`);
    await page.getByRole("textbox", { name: "Description" }).fill("mine");
    await page.getByRole("textbox", { name: "Precedence" }).fill("2");
    await cognito.send(new UpdateGroupCommand({ ...group, Description: "theirs" }));
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByRole("alert").getByText("Saved now: theirs").waitFor();
    // Text that is typed beside the question is kept.
    await page.getByRole("textbox", { name: "Precedence" }).fill("3");
    await page.getByRole("button", { name: "Take saved values" }).click();
    // The taken value is no change of this person: what is saved later stays.
    await cognito.send(new UpdateGroupCommand({ ...group, Description: "first" }));
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, /editors/).waitFor();
    const { Group } = await cognito.send(new GetGroupCommand(group));
    expect(Group).toMatchObject({ Description: "first", Precedence: 3 });
  });
});
