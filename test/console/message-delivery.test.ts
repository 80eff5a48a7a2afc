/** The sender of e-mail and SMS messages, and the settings that need one. */
import {
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { GetRoleCommand } from "@aws-sdk/client-iam";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mfaRequest, mfaValuesOf } from "../../console/src/rules/authentication/security-settings.ts";
import { smsRole } from "../../console/src/rules/iam/service-roles.ts";
import {
  emailFaults,
  emailValuesOf,
  smsConfiguration,
  smsFaults,
  smsValuesOf,
} from "../../console/src/rules/messages/message-delivery.ts";
import { iamClient } from "../support/iam.ts";
import { createPoolAndClient } from "../support/server.ts";
import { type ConsoleUnderTest, flash, seriousFindings, startConsole, takeScreenshot } from "./support.ts";

const IDENTITY = "arn:aws:ses:us-east-1:123456789012:identity/example.com";
const ROLE = "arn:aws:iam::123456789012:role/sms";

describe("the delivery of messages in the console", () => {
  let tested: ConsoleUnderTest;
  let poolId: string;
  beforeAll(async () => {
    tested = await startConsole({}, { staysLoaded: true });
    ({ poolId } = await createPoolAndClient(tested.server.cognito, { PoolName: "senders" }));
  });
  afterAll(() => tested.stop());

  const pool = async () =>
    (await tested.server.cognito.send(new DescribeUserPoolCommand({ UserPoolId: poolId }))).UserPool;
  const save = (page: Page) => page.getByRole("dialog").getByRole("button", { name: "Save changes" }).click();

  it("says at the methods why MFA by email and codes by SMS cannot be chosen yet", async () => {
    const { poolId } = await createPoolAndClient(tested.server.cognito, { PoolName: "no senders" });
    const page = await tested.open(`/user-pools/${poolId}/sign-in`);
    const dialog = page.getByRole("dialog");
    await page.getByRole("button", { name: "Edit: Multi-factor authentication" }).click();
    await dialog.getByRole("radio", { name: "Optional MFA" }).check();
    await dialog.getByRole("checkbox", { name: "Email message" }).check();
    await dialog.getByText("MFA by email needs Amazon SES as the email provider.").waitFor();
    await save(page);
    await dialog.locator('input[aria-describedby*="-error"]:focus').waitFor();

    const other = await tested.open(`/user-pools/${poolId}/authentication-methods`);
    await other.getByRole("button", { name: "Edit: Options for choice-based sign-in" }).click();
    await other.getByRole("dialog").getByRole("checkbox", { name: "SMS" }).check();
    await other.getByText("Codes by SMS need an SMS configuration.").waitFor();

    const third = await tested.open(`/user-pools/${poolId}/sign-up`);
    await third.getByRole("button", { name: "Edit: Attribute verification" }).click();
    await third.getByRole("dialog").getByRole("checkbox", { name: "Phone number" }).check();
    await third.getByText("Codes by SMS need an SMS configuration.").waitFor();
  });

  it("sets the sender of e-mail, after which MFA by email can be chosen", async () => {
    const page = await tested.open(`/user-pools/${poolId}/authentication-methods`);
    const dialog = page.getByRole("dialog");
    await page.getByRole("button", { name: "Edit: Email configuration" }).click();
    await dialog.getByRole("radio", { name: "Send email with Amazon SES" }).check();
    await save(page);
    await dialog.getByText("Enter a value.").waitFor();
    await dialog.getByRole("textbox", { name: "FROM address" }).fill("Example <no-reply@example.com> ");
    await dialog.getByText("A FROM address needs the ARN of an SES identity.").waitFor();
    await dialog.getByRole("textbox", { name: "ARN of the SES identity" }).fill(IDENTITY);
    await dialog.getByRole("textbox", { name: "REPLY-TO address" }).fill("support@example.com");
    await dialog.getByRole("textbox", { name: "SES configuration set" }).fill("audit");
    await takeScreenshot(page, "email-delivery");
    expect(await seriousFindings(page)).toEqual([]);
    await save(page);
    await flash(page, "The email configuration has been updated.").waitFor();
    await page.getByText("Example <no-reply@example.com>").waitFor();
    expect((await pool())?.EmailConfiguration).toEqual({
      EmailSendingAccount: "DEVELOPER",
      SourceArn: IDENTITY,
      From: "Example <no-reply@example.com>",
      ReplyToEmailAddress: "support@example.com",
      ConfigurationSet: "audit",
    });

    const other = await tested.open(`/user-pools/${poolId}/sign-in`);
    await other.getByRole("button", { name: "Edit: Multi-factor authentication" }).click();
    await other.getByRole("radio", { name: "Optional MFA" }).check();
    await other.getByRole("checkbox", { name: "Email message" }).check();
    await save(other);
    await flash(other, "Multi-factor authentication has been updated.").waitFor();
    expect(
      await tested.server.cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId: poolId })),
    ).toMatchObject({ MfaConfiguration: "OPTIONAL", EmailMfaConfiguration: {} });
  });

  it("creates the role that sends text messages once, and with the last external ID, if the pool is refused at first", async () => {
    const { cognito } = tested.server;
    const { poolId } = await createPoolAndClient(cognito, { PoolName: "new role" });
    const page = await tested.open(`/user-pools/${poolId}/authentication-methods`);
    const dialog = page.getByRole("dialog");
    await page.getByRole("button", { name: "Edit: SMS configuration" }).click();
    await dialog.getByRole("textbox", { name: "IAM role name" }).fill("texts");
    await dialog.getByRole("textbox", { name: "External ID" }).fill("pool-1");
    await dialog.getByRole("textbox", { name: "Region of the service" }).fill("eu-west-1");
    await takeScreenshot(page, "sms-new-role");
    await save(page);
    await dialog.getByText("Invalid snsRegion.").waitFor();
    await dialog.getByRole("textbox", { name: "Region of the service" }).fill("");
    await dialog.getByRole("textbox", { name: "External ID" }).fill("pool-2");
    await save(page);
    await flash(page, "The SMS configuration has been updated.").waitFor();
    const arn = "arn:aws:iam::123456789012:role/service-role/texts";
    const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId: poolId }));
    expect(UserPool?.SmsConfiguration).toMatchObject({ SnsCallerArn: arn, ExternalId: "pool-2" });
    const iam = iamClient(tested.server);
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: "texts" }));
    expect(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ""))).toMatchObject({
      Statement: [{ Condition: { StringEquals: { "sts:ExternalId": "pool-2" } } }],
    });
    iam.destroy();
  });

  it("can be saved when it is known whether there is a role of the usual name", async () => {
    const { cognito } = tested.server;
    const { poolId } = await createPoolAndClient(cognito, { PoolName: "slow IAM" });
    const page = await tested.open(`/user-pools/${poolId}/authentication-methods`);
    const isKnown = Promise.withResolvers<void>();
    await page.route(`${tested.server.url}/`, async (route, request) => {
      if (request.postData()?.includes("Action=GetRole&")) await isKnown.promise;
      await route.continue();
    });
    await page.getByRole("button", { name: "Edit: SMS configuration" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Save changes", disabled: true }).waitFor();
    isKnown.resolve();
    await dialog.getByRole("textbox", { name: "IAM role name" }).fill("later-known");
    await save(page);
    await dialog.waitFor({ state: "detached" });
    await page.unroute(`${tested.server.url}/`);
    const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId: poolId }));
    expect(UserPool?.SmsConfiguration?.SnsCallerArn).toContain("later-known");
  });

  it("sets how text messages are sent", async () => {
    const page = await tested.open(`/user-pools/${poolId}/authentication-methods`);
    const dialog = page.getByRole("dialog");
    await page.getByRole("button", { name: "Edit: SMS configuration" }).click();
    await dialog.getByRole("radio", { name: "Create a new IAM role", checked: true }).waitFor();
    await dialog.getByRole("radio", { name: "Use an existing IAM role" }).check();
    await dialog.getByRole("textbox", { name: "IAM role ARN" }).fill("sms");
    await dialog.getByText("Enter the ARN of an IAM role").waitFor();
    await dialog.getByRole("textbox", { name: "IAM role ARN" }).fill(ROLE);
    await dialog.getByRole("textbox", { name: "External ID" }).fill("pool-1");
    expect(await seriousFindings(page)).toEqual([]);
    await save(page);
    await flash(page, "The SMS configuration has been updated.").waitFor();
    expect((await pool())?.SmsConfiguration).toEqual({
      SnsCallerArn: ROLE,
      ExternalId: "pool-1",
      SnsRegion: "us-east-1",
    });
    await page.getByText(ROLE).waitFor();
    expect(page.complaints).toEqual([]);
    await takeScreenshot(page, "message-delivery", true);
  });
});

describe("the form of the sender of e-mail", () => {
  const faultsOf = (changes: object) => emailFaults({ ...emailValuesOf(), ...changes }, "ap-northeast-1");

  it.each([
    ["the sender of Cognito", {}],
    ["an identity in the pool's region", { sourceArn: IDENTITY.replace("us-east-1", "ap-northeast-1") }],
    ["an address alone", { sourceArn: IDENTITY, from: "a@example.com" }],
    ["blanks around values", { sourceArn: ` ${IDENTITY} `, replyTo: " a@example.com " }],
  ])("can have %s", (_what, changes) => expect(faultsOf(changes)).toEqual({}));

  it.each([
    ["SES without an identity", { account: "DEVELOPER" }, { sourceArn: "missing" }],
    [
      "an identity in another region",
      { sourceArn: IDENTITY.replace("us-east-1", "sa-east-1") },
      { sourceArn: "malformed" },
    ],
    ["a sender without an identity", { from: "a@example.com" }, { from: "needsArn" }],
    ["a sender that is a name", { sourceArn: IDENTITY, from: "Example" }, { from: "malformed" }],
    ["a reply address without @", { replyTo: "support" }, { replyTo: "malformed" }],
    ["a configuration set with a blank", { configurationSet: "a b" }, { configurationSet: "malformed" }],
  ])("cannot have %s", (_what, changes, faults) => expect(faultsOf(changes)).toEqual(faults));
});

describe("the form of the sender of text messages", () => {
  it("keeps settings of End User Messaging that have no field", () => {
    const before = { EumsSms: { CallerArn: ROLE, InEntityId: "1", Region: "ap-south-1" } };
    expect(smsConfiguration({ ...smsValuesOf(before), origination: "12345" }, before)).toEqual({
      EumsSms: { CallerArn: ROLE, InEntityId: "1", Region: "ap-south-1", OriginationIdentity: "12345" },
    });
  });

  it("keeps End User Messaging if the second factors or passkeys are changed", () => {
    const SmsConfiguration = { EumsSms: { CallerArn: ROLE, Region: "ap-south-1" } };
    const config = {
      MfaConfiguration: "OPTIONAL",
      SmsMfaConfiguration: { SmsConfiguration },
      $metadata: {},
    } as const;
    const request = mfaRequest({ SmsConfiguration }, config, mfaValuesOf(config));
    expect(request.SmsMfaConfiguration).toEqual({ SmsConfiguration });
  });

  it("changes the service", () =>
    expect(
      smsConfiguration({ ...smsValuesOf({ SnsCallerArn: ROLE }), service: "eums" }, { SnsCallerArn: ROLE }),
    ).toEqual({ EumsSms: { CallerArn: ROLE } }));

  it.each([
    ["sns", "sns:publish"],
    ["eums", "sms-voice:SendTextMessage"],
  ] as const)("creates a role for the service %s that may call %s", (service, action) =>
    expect(JSON.parse(smsRole(service, "").policy)).toMatchObject({ Statement: [{ Action: [action] }] }),
  );

  it("needs a region that could be one", () => {
    expect(smsFaults({ ...smsValuesOf(), region: "Tokyo" })).toEqual({ region: true });
    expect(smsFaults({ ...smsValuesOf(), region: "ap-northeast-1" })).toEqual({ region: false });
  });
});
