/** Messages in the console: their preview before they are saved, and the inbox. */
import {
  AdminCreateUserCommand,
  DescribeUserPoolCommand,
  ForgotPasswordCommand,
  SetUserPoolMfaConfigCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPoolAndClient } from "../support/server.ts";
import {
  type ConsoleUnderTest,
  isRefused,
  seriousFindings,
  startConsole,
  takeScreenshot,
} from "./support.ts";

describe("messages in the console", () => {
  let tested: ConsoleUnderTest;
  let poolId: string;
  let clientId: string;
  beforeAll(async () => {
    tested = await startConsole({ fixedCode: "314159" }, { staysLoaded: true });
    ({ poolId, clientId } = await createPoolAndClient(tested.server.cognito, {
      PoolName: "mail",
      AutoVerifiedAttributes: ["email"],
    }));
  });
  afterAll(() => tested.stop());

  it("are previewed in HTML and without scripts while they are edited", async () => {
    const page = await tested.open(`/user-pools/${poolId}/message-templates`);
    await page.getByRole("button", { name: "Edit invitation message" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Email subject" }).fill("Welcome {username}");
    await dialog
      .getByRole("textbox", { name: "Email message" })
      .fill('<h2 style="color: red">Hello {username}</h2><script>parent.hacked = 1</script><b>{####}</b>');
    // The server leaves a subject as it is.
    await dialog.getByText("Welcome {username}").waitFor();
    const mail = page.frameLocator('iframe[title="Email"]');
    await mail.getByRole("heading", { name: "Hello jane" }).waitFor();
    const color = await mail
      .getByRole("heading")
      .evaluate((heading) => heading.ownerDocument.defaultView?.getComputedStyle(heading).color);
    expect(color).toBe("rgb(255, 0, 0)");
    await mail.locator("b", { hasText: "123456" }).waitFor();
    expect(await page.evaluate("window.hacked")).toBeUndefined();
    await dialog.getByText("Your username is jane and temporary password is 123456.").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await takeScreenshot(page, "message-preview");
    expect(page.complaints).toEqual([]);
  });

  it("are shown as a whole on request if they are long", async () => {
    const { poolId: UserPoolId } = await createPoolAndClient(tested.server.cognito, {
      PoolName: "long",
      EmailVerificationMessage: `{####}${"<p>Hello</p>".repeat(1000)}the end`,
    });
    const page = await tested.open(`/user-pools/${UserPoolId}/message-templates`);
    const whole = page.getByRole("button", { name: "Show all 12,013 characters" });
    await whole.waitFor();
    expect(await page.getByText("the end").count()).toBe(0);
    await whole.click();
    await page.getByText("the end").waitFor();
    await page.getByRole("button", { name: "Show less" }).click();
    await page.getByText("the end").waitFor({ state: "detached" });
  });

  it("have their own texts for the code of a sign-in", async () => {
    const { cognito } = tested.server;
    await cognito.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId: poolId,
        MfaConfiguration: "OPTIONAL",
        SoftwareTokenMfaConfiguration: { Enabled: true },
      }),
    );
    const page = await tested.open(`/user-pools/${poolId}/message-templates`);
    await page.getByRole("button", { name: "Edit: MFA message" }).click();
    const dialog = page.getByRole("dialog");
    const sms = dialog.getByRole("textbox", { name: "SMS message" });
    await sms.fill("No code");
    await isRefused(sms);
    await sms.fill("Sign in with {####}");
    await dialog.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("The MFA message has been updated.").waitFor();
    const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId: poolId }));
    expect(UserPool).toMatchObject({
      SmsAuthenticationMessage: "Sign in with {####}",
      MfaConfiguration: "OPTIONAL",
    });
    expect(await seriousFindings(page)).toEqual([]);
  });

  it("of a sign-up can contain a link in place of a code", async () => {
    const { cognito } = tested.server;
    const page = await tested.open(`/user-pools/${poolId}/message-templates`);
    await page.getByRole("button", { name: "Edit: Sign-up verification type" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("radio", { name: "Link" }).check();
    const mail = dialog.getByRole("textbox", { name: "Email message" });
    await mail.fill("No place for a link");
    await isRefused(mail);
    await mail.fill("Open {##this##}");
    await dialog.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("The verification type has been updated.").waitFor();
    const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId: poolId }));
    expect(UserPool?.VerificationMessageTemplate).toEqual({
      DefaultEmailOption: "CONFIRM_WITH_LINK",
      EmailMessageByLink: "Open {##this##}",
    });
    expect(await seriousFindings(page)).toEqual([]);
    await takeScreenshot(page, "verification-link", true);
    expect(page.complaints).toEqual([]);
  });

  it("are listed in the inbox, and their code can be copied from the list and from the message", async () => {
    const { cognito } = tested.server;
    for (const name of ["jane", "taro"]) {
      await cognito.send(
        new AdminCreateUserCommand({
          UserPoolId: poolId,
          Username: name,
          UserAttributes: [
            { Name: "email", Value: `${name}@example.com` },
            { Name: "email_verified", Value: "true" },
          ],
          DesiredDeliveryMediums: ["EMAIL"],
        }),
      );
    }
    await tested.server.aws(
      "cognate",
      "cognito-idp",
      ...["admin-set-user-password", "--user-pool-id", poolId, "--username", "jane"],
      ...["--password", "Perm4nent!", "--permanent"],
    );
    await cognito.send(new ForgotPasswordCommand({ ClientId: clientId, Username: "jane" }));

    const page = await tested.open("/inbox");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const copied = () => page.evaluate("navigator.clipboard.readText()");
    const row = page.getByRole("row", { name: /ForgotPassword/ });
    await row.getByRole("button", { name: "Copy Code" }).click();
    await expect.poll(copied).toBe("314159");
    await page.evaluate('navigator.clipboard.writeText("")');
    await row.getByRole("link", { name: "Your verification code" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Copy Code" }).click();
    await expect.poll(copied).toBe("314159");
    await page.getByRole("dialog").getByRole("button", { name: "Close", exact: true }).click();

    await page.getByRole("searchbox", { name: /Find messages/ }).fill("TARO@");
    await row.waitFor({ state: "detached" });
    await page.getByRole("row", { name: /taro@example.com/ }).waitFor();
    await takeScreenshot(page, "inbox-search");
    await page.getByRole("searchbox", { name: /Find messages/ }).fill("nobody");
    await page.getByText("No matches").waitFor();
    expect(page.complaints).toEqual([]);
  });

  it("are shown in the inbox as their readers see them: an email as HTML, a text message as text", async () => {
    const { cognito } = tested.server;
    const { poolId: UserPoolId } = await createPoolAndClient(cognito, {
      PoolName: "HTML",
      AutoVerifiedAttributes: ["email"],
      SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" },
      AdminCreateUserConfig: {
        InviteMessageTemplate: {
          EmailSubject: "Welcome ".repeat(17).trim(),
          EmailMessage: [
            "<p>Hello {username}, {####}</p>",
            `<meta http-equiv="refresh" content="0;url=${tested.server.url}/console/preview?refreshed">`,
            `<a href="${tested.server.url}/_cognate/health" rel="opener">Start</a>`,
            `<a href="${tested.server.url}/_cognate/health" target="_top">Top</a>`,
          ].join(""),
          SMSMessage: "Hello {username}, {####}",
        },
      },
    });
    await cognito.send(
      new AdminCreateUserCommand({
        UserPoolId,
        Username: "<i>amir</i>",
        UserAttributes: [
          { Name: "email", Value: "amir@example.com" },
          { Name: "phone_number", Value: "+819012345678" },
        ],
        DesiredDeliveryMediums: ["EMAIL", "SMS"],
      }),
    );
    const page = await tested.open("/inbox");
    const email = page.getByRole("row", { name: /amir@example.com/ });
    // A long subject leaves the other columns in view.
    const sentBy = await page.getByRole("columnheader", { name: "Sent by", exact: true }).boundingBox();
    expect((sentBy?.x ?? Infinity) + (sentBy?.width ?? 0)).toBeLessThan(1400);
    await email.getByRole("link", { name: /Welcome/ }).click();
    const dialog = page.getByRole("dialog");
    const shown = dialog.frameLocator('[class~="message-frame"]');
    await shown.getByText("Hello <i>amir</i>, ").waitFor();
    await takeScreenshot(page, "inbox-email");
    // A link opens a window, and neither a link nor the email itself leads the console or the frame elsewhere.
    const opened = page.waitForEvent("popup");
    await shown.getByRole("link", { name: "Start" }).click();
    const popup = await opened;
    await popup.waitForURL("**/_cognate/health");
    expect(await popup.evaluate("opener")).toBeNull();
    await popup.close();
    const refused = page.waitForEvent("console", (message) =>
      message.text().includes("'allow-top-navigation'"),
    );
    await shown.getByRole("link", { name: "Top" }).click();
    await refused;
    expect(page.frames().map((frame) => new URL(frame.url()).pathname + new URL(frame.url()).search)).toEqual(
      ["/console/inbox", "/console/preview"],
    );
    await dialog.getByRole("button", { name: "Close", exact: true }).click();

    await page.getByRole("link", { name: /Hello <i>amir/ }).click();
    await dialog.getByText("Hello <i>amir</i>, ").waitFor();
    expect(await dialog.locator("iframe").count()).toBe(0);
    expect(page.complaints.filter((complaint) => !complaint.includes("sandboxed"))).toEqual([]);
  });
});
