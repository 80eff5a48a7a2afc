import {
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  type UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPoolAndClient } from "../support/server.ts";
import { type ConsoleUnderTest, flash, seriousFindings, startConsole, takeScreenshot } from "./support.ts";

describe("user pools in the console", () => {
  let tested: ConsoleUnderTest;
  let poolId: string;

  beforeAll(async () => {
    tested = await startConsole({}, { staysLoaded: true });
    ({ poolId } = await createPoolAndClient(tested.server.cognito, { PoolName: "staff" }));
    await createPoolAndClient(tested.server.cognito, { PoolName: "archive" });
  });
  afterAll(() => tested.stop());

  async function described(id = poolId): Promise<UserPoolType> {
    const answer = await tested.server.cognito.send(new DescribeUserPoolCommand({ UserPoolId: id }));
    return answer.UserPool ?? {};
  }

  it("are created on one page with AWS's choices, and a first app client", async () => {
    const page = await tested.open("/user-pools");
    await page.getByRole("link", { name: "Create user pool" }).click();
    await page.getByRole("radio", { name: "Single-page application (SPA)" }).check();
    await page.getByRole("textbox", { name: "Name your application" }).fill("shop");
    await page.getByRole("checkbox", { name: "Phone number" }).check();
    await page.getByRole("button", { name: "Required attributes for sign-up" }).click();
    await page.getByRole("option", { name: "given_name" }).click();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "More options" }).click();
    await page.getByRole("textbox", { name: "User pool name" }).fill("customers");
    await page.getByRole("button", { name: "Password policy" }).click();
    await page.getByRole("radio", { name: "Custom" }).check();
    await page.getByRole("textbox", { name: "Password minimum length" }).fill("12");
    await page.getByRole("checkbox", { name: "Contains at least 1 special character" }).uncheck();
    await page.getByRole("button", { name: "Custom attributes" }).click();
    await page.getByRole("button", { name: "Add custom attribute" }).click();
    await page.getByRole("textbox", { name: "Name", exact: true }).fill("plan");
    await page.getByRole("button", { name: "Create user directory" }).click();

    await flash(page, "User pool “customers” has been created successfully.").waitFor();
    await page.getByRole("heading", { level: 1, name: "Set up your application" }).waitFor();
    const [, id = "", clientId = ""] =
      /user-pools\/([^/]+)\/app-clients\/detail\/([^/]+)\/set-up\?type=spa$/.exec(page.url()) ?? [];
    expect(await page.locator("pre", { hasText: "react-oidc-context" }).last().textContent()).toContain(
      clientId,
    );
    await page
      .getByText("which this app client doesn't have yet. The code below has http://localhost:5173/")
      .waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await takeScreenshot(page, "set-up-spa", true);
    await page.getByRole("link", { name: "Go to overview" }).click();
    await page.getByRole("heading", { level: 1, name: "customers" }).waitFor();
    const pool = await described(id);
    expect(pool).toMatchObject({
      Name: "customers",
      UsernameAttributes: ["email", "phone_number"],
      UsernameConfiguration: { CaseSensitive: false },
      DeletionProtection: "ACTIVE",
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
      Policies: { PasswordPolicy: { MinimumLength: 12, RequireSymbols: false, RequireNumbers: true } },
    });
    expect(pool.SchemaAttributes?.find(({ Name }) => Name === "given_name")?.Required).toBe(true);
    expect(pool.SchemaAttributes?.some(({ Name }) => Name === "custom:plan")).toBe(true);
    await page.locator("pre", { hasText: "admin-initiate-auth" }).waitFor();
  });

  it("are created with a client for machines, which has a scope of its own", async () => {
    const page = await tested.open("/user-pools/create");
    await page.getByRole("radio", { name: "Machine-to-machine application" }).check();
    await page.getByRole("textbox", { name: "Return URL" }).waitFor({ state: "detached" });
    await page.getByRole("textbox", { name: "Name your application" }).fill("batch");
    await takeScreenshot(page, "create-pool-machine", true);
    await page.getByRole("button", { name: "Create user directory" }).click();
    await page.getByRole("heading", { level: 1, name: "Set up your application" }).waitFor();
    const [, id = "", ClientId = ""] =
      /user-pools\/([^/]+)\/app-clients\/detail\/([^/]+)\/set-up/.exec(page.url()) ?? [];
    const { UserPoolClient } = await tested.server.cognito.send(
      new DescribeUserPoolClientCommand({ UserPoolId: id, ClientId }),
    );
    expect(UserPoolClient).toMatchObject({
      ClientName: "batch",
      AllowedOAuthFlows: ["client_credentials"],
      AllowedOAuthScopes: [expect.stringMatching(/^default-m2m-resource-server-\w{6}\/read$/)],
    });
    expect(UserPoolClient?.ClientSecret).toBeDefined();
    for (const [language, line] of [
      ["cURL", "--data grant_type=client_credentials"],
      ["Node.js", "new URLSearchParams"],
      ["Python", "urlopen(request)"],
    ] as const) {
      await page.getByRole("tab", { name: language }).click();
      const code = await page.locator("pre", { hasText: line }).textContent();
      expect(code).toContain(UserPoolClient?.AllowedOAuthScopes?.[0]);
    }
    await takeScreenshot(page, "set-up-machine", true);
  });

  it("are not created twice if their first app client is refused", async () => {
    const page = await tested.open("/user-pools/create");
    await page.route(`${tested.server.url}/`, (route, request) =>
      request.headers()["x-amz-target"]?.endsWith("CreateUserPoolClient") ? route.abort() : route.continue(),
    );
    await page.getByRole("textbox", { name: "Name your application" }).fill("half");
    await page.getByRole("button", { name: "Create user directory" }).click();
    await flash(page, /^User pool “half” has been created, but its first app client was refused/).waitFor();
    await page.getByRole("heading", { level: 1, name: "half" }).waitFor();
    await page.unroute(`${tested.server.url}/`);
  });

  it("are not created from an invalid form, which marks its errors", async () => {
    const page = await tested.open("/user-pools/create");
    await page.getByRole("checkbox", { name: "Email" }).uncheck();
    await page.getByText("Choose at least one sign-in identifier.").waitFor();
    await page.getByRole("button", { name: "Custom attributes" }).click();
    await page.getByRole("button", { name: "Add custom attribute" }).click();
    await page.getByRole("button", { name: "Custom attributes", exact: true }).click();
    await page.getByRole("button", { name: "Create user directory" }).click();
    await page.getByText("Enter an app client name in the format below.").waitFor();
    await page.getByText("Enter a name of 1–20 characters without spaces.").first().waitFor();
    await page.getByRole("button", { name: "Add custom attribute" }).click();
    const names = page.getByRole("textbox", { name: "Name", exact: true });
    for (const name of await names.all()) await name.fill("plan");
    await page.getByText("This user pool already has a custom attribute of this name.").first().waitFor();
  });

  it("keep every other setting if they are renamed", async () => {
    const before = await described();
    const page = await tested.open(`/user-pools/${poolId}/overview`);
    await page.getByRole("button", { name: "Rename" }).click();
    await page.getByRole("dialog").getByRole("textbox", { name: "User pool name" }).fill("colleagues");
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await flash(page, "The user pool is now called “colleagues”.").waitFor();
    await page.getByRole("heading", { level: 1, name: "colleagues" }).waitFor();
    const { LastModifiedDate: _after, ...after } = await described();
    const { LastModifiedDate: _before, ...unchanged } = before;
    expect(after).toEqual({ ...unchanged, Name: "colleagues" });
  });

  it("keep their name if the dialog is closed by Escape, which returns the focus", async () => {
    const page = await tested.open(`/user-pools/${poolId}/overview`);
    await page.getByRole("button", { name: "Rename" }).click();
    await page.getByRole("dialog").locator("input:focus").waitFor();
    await page.keyboard.type("another name");
    await page.keyboard.press("Escape");
    await page.locator("button:focus", { hasText: "Rename" }).waitFor();
    expect(await page.getByText("another name").count()).toBe(0);
  });

  it("show their id, ARN, issuer and JWKS address to copy", async () => {
    const page = await tested.open(`/user-pools/${poolId}/overview`);
    for (const text of [
      poolId,
      `arn:aws:cognito-idp:us-east-1:123456789012:userpool/${poolId}`,
      `${tested.server.url}/${poolId}`,
      `${tested.server.url}/${poolId}/.well-known/jwks.json`,
    ])
      await page.getByText(text, { exact: true }).first().waitFor();
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Copy Issuer" }).click();
    await expect
      .poll(() => page.evaluate("navigator.clipboard.readText()"))
      .toBe(`${tested.server.url}/${poolId}`);
  });

  it("update their password policy and custom attributes", async () => {
    const page = await tested.open(`/user-pools/${poolId}/authentication-methods`);
    await page.getByRole("link", { name: "Edit" }).click();
    await page.getByRole("radio", { name: "Custom" }).check();
    await page.getByRole("textbox", { name: "Password minimum length" }).fill("5");
    await page.getByText("A whole number from 6 to 99.").first().waitFor();
    await page.getByRole("textbox", { name: "Password minimum length" }).fill("10");
    await page.getByRole("textbox", { name: "Temporary passwords set" }).fill("2");
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "The password policy has been updated.").waitFor();

    await page.getByRole("link", { name: "Sign-up" }).click();
    await page.getByRole("button", { name: "Add custom attribute" }).click();
    await page.getByRole("textbox", { name: "Name", exact: true }).fill("floor");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await flash(page, "Custom attribute “custom:floor” has been added.").waitFor();

    expect(await described()).toMatchObject({
      Policies: { PasswordPolicy: { MinimumLength: 10, TemporaryPasswordValidityDays: 2 } },
    });
  });

  it("update the verification message and the invitation", async () => {
    const page = await tested.open(`/user-pools/${poolId}/message-templates`);
    await page.getByRole("button", { name: "Edit verification message" }).click();
    await page.getByRole("textbox", { name: "Email subject" }).fill("");
    await page.getByText("Enter 1–140 letters, numbers, symbols and spaces.").first().waitFor();
    await page.getByRole("textbox", { name: "Email subject" }).fill("Staff code");
    await page.getByRole("textbox", { name: "Email message" }).fill("Your code");
    await page.getByText("Keep {####} in a message of 6–20,000 characters.").first().waitFor();
    await page.getByRole("textbox", { name: "Email message" }).fill("<b>{####}</b> is your code");
    await page.getByRole("textbox", { name: "SMS message" }).fill("Your code:\n{####}");
    await page.getByText("Keep {####} in a message of 6–140 characters on one line.").first().waitFor();
    await page.getByRole("textbox", { name: "SMS message" }).fill("Code: {####}");
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "The verification message has been updated.").waitFor();
    const verification = {
      EmailSubject: "Staff code",
      EmailMessage: "<b>{####}</b> is your code",
      SmsMessage: "Code: {####}",
      DefaultEmailOption: "CONFIRM_WITH_CODE",
    };
    expect((await described()).VerificationMessageTemplate).toEqual(verification);

    await page.getByText("Staff code").waitFor();
    await page.getByRole("button", { name: "Edit invitation message" }).click();
    await page.getByRole("textbox", { name: "Email message" }).fill("Hello {username}");
    await page.getByText("Keep both {username} and {####}").waitFor();
    await page.getByRole("textbox", { name: "Email message" }).fill("Hello {username}: {####}");
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "The invitation message has been updated.").waitFor();
    expect(await described()).toMatchObject({
      VerificationMessageTemplate: verification,
      AdminCreateUserConfig: { InviteMessageTemplate: { EmailMessage: "Hello {username}: {####}" } },
    });
    await page.getByText("Hello {username}: {####}").waitFor();

    await page.getByRole("button", { name: "Edit verification message" }).click();
    await page.getByRole("button", { name: "Reset to default" }).click();
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByText("Your password reset code is {####}", { exact: true }).waitFor();
    expect((await described()).VerificationMessageTemplate).toEqual({
      DefaultEmailOption: "CONFIRM_WITH_CODE",
    });
  });

  it("have tags and deletion protection, and are deleted after their name is entered", async () => {
    const { poolId: id } = await createPoolAndClient(tested.server.cognito, { PoolName: "leavers" });
    const page = await tested.open(`/user-pools/${id}/settings`);
    await page.getByRole("button", { name: "Manage tags" }).click();
    await page.getByRole("button", { name: "Add new tag" }).click();
    await page.getByRole("textbox", { name: "Key" }).fill("stage");
    await page.getByRole("textbox", { name: "Value" }).fill("test");
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "Tags have been updated.").waitFor();
    expect((await described(id)).UserPoolTags).toEqual({ stage: "test" });

    await page.getByRole("button", { name: "Activate", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Activate" }).click();
    await flash(page, "Deletion protection has been activated.").waitFor();

    await page.getByRole("button", { name: "Delete user pool" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: /To confirm/ }).fill("leavers");
    await dialog.getByRole("button", { name: "Delete" }).click();
    await dialog.getByText("A user pool under deletion protection cannot be deleted.").waitFor();
    await dialog.getByRole("checkbox", { name: "Deactivate deletion protection" }).check();
    await dialog.getByRole("button", { name: "Delete" }).click();
    await flash(page, "User pool “leavers” has been deleted successfully.").waitFor();
    await expect(described(id)).rejects.toThrow(`User pool ${id} does not exist.`);
  });

  it("are found by name in the selected region", async () => {
    const page = await tested.open("/user-pools");
    await page.getByRole("link", { name: "archive" }).waitFor();
    await page.getByRole("searchbox").fill("nobody");
    await page.getByText("No matches").waitFor();
    await page.getByRole("button", { name: "Clear search" }).click();
    await page.getByRole("button", { name: "Region: us-east-1" }).click();
    await page.getByRole("menuitem", { name: "ap-northeast-1" }).filter({ hasText: "Tokyo" }).click();
    await page.getByText("There are no user pools in ap-northeast-1 yet.").waitFor();
  });

  it("are deleted by keyboard, with the focus first in the dialog's field and then on the button", async () => {
    await createPoolAndClient(tested.server.cognito, { PoolName: "short-lived" });
    const page = await tested.open("/user-pools");
    await page.getByRole("checkbox", { name: "Select short-lived" }).check();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByRole("dialog").locator("input:focus").waitFor();
    // The pool is loaded then; before, Enter does nothing.
    await page.getByRole("dialog").getByText("is deleted for good").waitFor();
    await page.keyboard.type("short-lived");
    await page.keyboard.press("Enter");
    await flash(page, "User pool “short-lived” has been deleted successfully.").waitFor();
    await page.locator("button:focus", { hasText: "Delete" }).waitFor();
  });

  it("show a heading and an error if they do not exist", async () => {
    const page = await tested.open("/user-pools/us-east-1_NotThere1/overview");
    await page.getByRole("heading", { name: "us-east-1_NotThere1", level: 1 }).waitFor();
    await page.getByText("User pool us-east-1_NotThere1 does not exist.").waitFor();
  });
});
