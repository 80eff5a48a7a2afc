/** Threat protection and log streaming in the console: settings of pool and client, a user's events, destinations. */
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AdminInitiateAuthCommand,
  AdminListUserAuthEventsCommand,
  DescribeRiskConfigurationCommand,
  DescribeUserPoolCommand,
  GetLogDeliveryConfigurationCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createConfirmedUser, createPoolAndClient } from "../support/server.ts";
import {
  type ConsolePage,
  type ConsoleUnderTest,
  choose,
  flash,
  partsThatTouch,
  seriousFindings,
  startConsole,
  takeScreenshot,
  visit,
} from "./support.ts";

const GROUP = "arn:aws:logs:us-east-1:123456789012:log-group:cognito-errors";
const PASSWORD = "Correct-horse-1";
const SENDER = "arn:aws:ses:us-east-1:123456789012:identity/security@example.com";
const logFile = join(tmpdir(), `cognate-console-${process.pid}.jsonl`);

// An app client's settings are a copy of what an earlier test has set for the pool.
describe("threat protection in the console", { shuffle: false }, () => {
  let tested: ConsoleUnderTest;
  let poolId: string;
  let clientId: string;
  beforeAll(async () => {
    tested = await startConsole({ logDestinations: { [GROUP]: { file: logFile } } }, { staysLoaded: true });
    ({ poolId, clientId } = await createPoolAndClient(tested.server.cognito, {
      PoolName: "guarded",
      UserPoolTier: "PLUS",
    }));
    const user = { UserPoolId: poolId, Username: "jane" };
    await createConfirmedUser(tested.server.cognito, { ...user, Password: PASSWORD });
  });
  afterAll(async () => {
    await tested.stop();
    await rm(logFile, { force: true });
  });

  const configuration = async (ClientId?: string) => {
    const command = new DescribeRiskConfigurationCommand({ UserPoolId: poolId, ClientId });
    const {
      UserPoolId: _pool,
      ClientId: _client,
      LastModifiedDate: _at,
      ...parts
    } = (await tested.server.cognito.send(command)).RiskConfiguration ?? {};
    return parts;
  };
  async function edit(page: ConsolePage, what: string) {
    await page.getByRole("button", { name: `Edit: ${what}` }).click();
    return page.getByRole("dialog");
  }
  async function save(page: ConsolePage) {
    await page.getByRole("dialog").getByRole("button", { name: "Save changes" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
  }

  it("shows the settings of the whole pool if its address names an app client that does not exist", async () => {
    const { poolId: UserPoolId } = await createPoolAndClient(tested.server.cognito, {
      UserPoolTier: "PLUS",
      UserPoolAddOns: { AdvancedSecurityMode: "ENFORCED" },
    });
    const page = await tested.open(`/user-pools/${UserPoolId}/threat-protection?client=gone`);
    await page.getByRole("button", { name: /whole user pool/i }).waitFor();
    await page.getByRole("heading", { name: "Compromised passwords" }).waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
    expect(new URL(page.url()).search).toBe("");
  });

  it("asks for a higher feature plan if the pool's plan lacks it", async () => {
    const other = await createPoolAndClient(tested.server.cognito, { PoolName: "small" });
    const page = await tested.open(`/user-pools/${other.poolId}/threat-protection`);
    await page.getByText("Threat protection needs the feature plan Plus.").waitFor();
    await page.getByRole("link", { name: "Change the feature plan" }).click();
    await page.getByRole("heading", { name: "Feature plan" }).waitFor();
    await visit(page, `/console/user-pools/${other.poolId}/log-streaming`);
    await page.getByText("User activity needs the feature plan Plus.").waitFor();
  });

  it("is turned on, and its responses are set separately", async () => {
    const page = await tested.open(`/user-pools/${poolId}/threat-protection`);
    await page.getByText("Threat protection is off").waitFor();
    let dialog = await edit(page, "Mode");
    await dialog.getByRole("radio", { name: "Full function" }).first().check();
    await dialog.getByRole("radio", { name: "Audit only" }).last().check();
    await save(page);
    await flash(page, "The mode of threat protection has been changed.").waitFor();
    await page.getByText("There were no sign-ins in this period.").waitFor();
    const { UserPool } = await tested.server.cognito.send(
      new DescribeUserPoolCommand({ UserPoolId: poolId }),
    );
    expect(UserPool?.UserPoolAddOns).toEqual({
      AdvancedSecurityMode: "ENFORCED",
      AdvancedSecurityAdditionalFlows: { CustomAuthMode: "AUDIT" },
    });

    dialog = await edit(page, "Compromised passwords");
    await dialog.getByRole("radio", { name: "Block" }).check();
    await dialog.getByRole("checkbox", { name: "Sign-up" }).uncheck();
    await save(page);

    dialog = await edit(page, "Risky sign-ins");
    await choose(page, "Response to high risk", "Block");
    await dialog.getByRole("checkbox", { name: "Notify the user of high risk" }).check();
    await choose(page, "Response to medium risk", "Optional MFA");
    await save(page);
    await page.getByText("Nobody is notified: choose a sender").waitFor();

    dialog = await edit(page, "Notifications");
    await dialog.getByRole("textbox", { name: "Sender's ARN" }).fill("security@example.com");
    await dialog.getByText("Enter the ARN of an SES identity").waitFor();
    await dialog.getByRole("textbox", { name: "Sender's ARN" }).fill(SENDER);
    await dialog.getByRole("textbox", { name: "FROM address" }).fill("security@example.com");
    await dialog.getByRole("button", { name: "Email about a blocked sign-in" }).click();
    await dialog.getByRole("textbox", { name: "Subject" }).fill("Blocked");
    await dialog.getByRole("textbox", { name: "HTML" }).fill("<p>{ip-address}</p>");
    await save(page);

    dialog = await edit(page, "Exceptions by IP address");
    await dialog.getByRole("textbox", { name: "Always block" }).fill("198.51.100.0");
    await dialog.getByText("“198.51.100.0” is not a range.").waitFor();
    await dialog.getByRole("textbox", { name: "Always block" }).fill("198.51.100.0/24\n2001:db8::/32");
    await save(page);
    await page.getByText("2001:db8::/32").waitFor();
    const action = (EventAction: string, Notify = false) => ({ EventAction, Notify });
    expect(await configuration()).toEqual({
      CompromisedCredentialsRiskConfiguration: {
        EventFilter: ["SIGN_IN", "PASSWORD_CHANGE"],
        Actions: { EventAction: "BLOCK" },
      },
      AccountTakeoverRiskConfiguration: {
        Actions: {
          LowAction: action("NO_ACTION"),
          MediumAction: action("MFA_IF_CONFIGURED"),
          HighAction: action("BLOCK", true),
        },
        NotifyConfiguration: {
          SourceArn: SENDER,
          From: "security@example.com",
          BlockEmail: { Subject: "Blocked", HtmlBody: "<p>{ip-address}</p>" },
        },
      },
      RiskExceptionConfiguration: {
        BlockedIPRangeList: ["198.51.100.0/24", "2001:db8::/32"],
        SkippedIPRangeList: [],
      },
    });
    expect(await seriousFindings(page)).toEqual([]);
    expect(await partsThatTouch(page)).toEqual([]);
    expect(page.complaints).toEqual([]);
    await takeScreenshot(page, "threat-protection", true);
  });

  it("gives an app client settings of its own with a copy of the pool's, and removes them", async () => {
    const page = await tested.open(`/user-pools/${poolId}/threat-protection`);
    await choose(page, "Settings of", "test");
    await page.getByText("This app client uses the user pool's settings.").waitFor();
    await page.getByText("2001:db8::/32").waitFor();
    const ofPool = await configuration();
    const dialog = await edit(page, "Exceptions by IP address");
    await dialog.getByRole("textbox", { name: "Never assess" }).fill("203.0.113.0/24");
    await save(page);
    await page.getByText("This app client has settings of its own").waitFor();
    expect(await configuration(clientId)).toEqual({
      ...ofPool,
      RiskExceptionConfiguration: {
        BlockedIPRangeList: ["198.51.100.0/24", "2001:db8::/32"],
        SkippedIPRangeList: ["203.0.113.0/24"],
      },
    });
    expect(new URL(page.url()).searchParams.get("client")).toBe(clientId);
    await page.getByRole("button", { name: "Use the user pool's settings" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Use the user pool's settings" }).click();
    await page.getByText("This app client uses the user pool's settings.").waitFor();
    expect(await configuration(clientId)).toEqual({});
  });

  it("shows a user's events with their risk, and stores feedback on them", async () => {
    const signIn = (IpAddress: string, headerValue: string, password = PASSWORD) =>
      tested.server.cognito
        .send(
          new AdminInitiateAuthCommand({
            UserPoolId: poolId,
            ClientId: clientId,
            AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
            AuthParameters: { USERNAME: "jane", PASSWORD: password },
            ContextData: {
              IpAddress,
              ServerName: "app.example.com",
              ServerPath: "/",
              HttpHeaders: [{ headerName: "User-Agent", headerValue }],
            },
          }),
        )
        .catch(() => undefined);
    await signIn("192.0.2.1", "Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36");
    tested.server.clock?.advance(3_600_000);
    await signIn("192.0.2.1", "Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36", "Wrong-horse-1");
    tested.server.clock?.advance(3_600_000);
    await signIn("203.0.113.7", "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0");

    const overview = await tested.open(`/user-pools/${poolId}/threat-protection`);
    const totals = "Passed: 1 · Passed with risk: 1 · Failed: 1 · Blocked: 0";
    await overview.getByText(totals).first().waitFor();
    await overview.getByRole("application", { name: "Sign-ins over time" }).waitFor();
    await overview.getByRole("button", { name: "24 hours" }).click();
    await overview.getByText(totals).first().waitFor();
    expect(await seriousFindings(overview)).toEqual([]);

    const page = await tested.open(`/user-pools/${poolId}/users/detail/jane`);
    const table = page.getByRole("grid", { name: "User event history" });
    await table.getByText("Account takeover (medium)").waitFor();
    await table.getByText("Firefox 130, Linux").waitFor();
    await table.getByText("Failed").waitFor();
    await table
      .getByRole("button", { name: /^Mark as invalid/ })
      .first()
      .click();
    await flash(page, "The feedback has been saved.").waitFor();
    await table.getByText("Invalid (administrator)").waitFor();
    const { AuthEvents } = await tested.server.cognito.send(
      new AdminListUserAuthEventsCommand({ UserPoolId: poolId, Username: "jane" }),
    );
    expect(AuthEvents?.map(({ EventFeedback }) => EventFeedback?.FeedbackValue)).toEqual([
      "Invalid",
      undefined,
      undefined,
    ]);
    await table.scrollIntoViewIfNeeded();
    expect(await seriousFindings(page)).toEqual([]);
    await takeScreenshot(page, "user-events", true);
  });

  it("sets log destinations, and shows what each ARN stands for", async () => {
    const page = await tested.open(`/user-pools/${poolId}/log-streaming`);
    let dialog = await edit(page, "Message delivery errors");
    await dialog.getByRole("checkbox", { name: "Send this log" }).check();
    await dialog.getByRole("textbox", { name: "ARN" }).fill("cognito-errors");
    await dialog
      .getByText("Enter an ARN of this form: arn:aws:logs:us-east-1:123456789012:log-group:cognito")
      .waitFor();
    await dialog.getByRole("textbox", { name: "ARN" }).fill(GROUP);
    await dialog.getByText(logFile).waitFor();
    await save(page);
    await flash(page, "Log streaming has been updated.").first().waitFor();

    dialog = await edit(page, "User activity");
    await dialog.getByRole("checkbox", { name: "Send this log" }).check();
    await dialog.getByRole("radio", { name: "S3 bucket" }).check();
    await dialog.getByRole("textbox", { name: "ARN" }).fill("arn:aws:s3:::cognito-events");
    await save(page);
    await page.getByText("Nothing: logDestinations doesn't name this ARN, and records are lost").waitFor();
    await page.getByText(logFile).waitFor();
    await page.getByText("0 delivered, 0 lost").first().waitFor();
    const command = new GetLogDeliveryConfigurationCommand({ UserPoolId: poolId });
    const configurations = async () =>
      (await tested.server.cognito.send(command)).LogDeliveryConfiguration?.LogConfigurations;
    expect(await configurations()).toEqual([
      {
        EventSource: "userNotification",
        LogLevel: "ERROR",
        CloudWatchLogsConfiguration: { LogGroupArn: GROUP },
      },
      {
        EventSource: "userAuthEvents",
        LogLevel: "INFO",
        S3Configuration: { BucketArn: "arn:aws:s3:::cognito-events" },
      },
    ]);
    expect(await seriousFindings(page)).toEqual([]);
    expect(await partsThatTouch(page)).toEqual([]);
    await takeScreenshot(page, "log-streaming");

    dialog = await edit(page, "Message delivery errors");
    await dialog.getByRole("checkbox", { name: "Send this log" }).uncheck();
    await save(page);
    await page.getByText("Inactive").waitFor();
    expect(await configurations()).toHaveLength(1);
  });

  it.each([
    ["wide-dark", 1400, "en", "dark"],
    ["narrow-light", 390, "en", "light"],
    ["narrow-ja", 390, "ja", "dark"],
    ["wide-ja", 1400, "ja", "light"],
  ] as const)("is not wider than the window: %s", async (name, width, language, colorScheme) => {
    const page = await tested.open(`/user-pools/${poolId}/threat-protection`, {
      viewport: { width, height: 900 },
      language,
      colorScheme,
    });
    for (const [file, path] of [
      ["threat-protection", "threat-protection"],
      ["log-streaming", "log-streaming"],
      ["user-events", "users/detail/jane"],
    ] as const) {
      await visit(page, `/console/user-pools/${poolId}/${path}`);
      const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
      expect(overflow).toBeLessThanOrEqual(0);
      await takeScreenshot(page, `${file}-${name}`, true);
    }
  });
});
