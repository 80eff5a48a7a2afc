import {
  CreateUserCommand,
  DeleteAccountPasswordPolicyCommand,
  GetRoleCommand,
  GetUserPolicyCommand,
  type IAMClient,
  ListAttachedUserPoliciesCommand,
  UpdateAccountPasswordPolicyCommand,
} from "@aws-sdk/client-iam";
import type { Request } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { iamClient } from "../support/iam.ts";
import { type ConsoleUnderTest, flash, startConsole, takeScreenshot, visit } from "./support.ts";

describe("IAM in the console", () => {
  let tested: ConsoleUnderTest;
  let iam: IAMClient;

  beforeAll(async () => {
    tested = await startConsole({}, { staysLoaded: true });
    iam = iamClient(tested.server);
  });
  afterAll(async () => {
    iam.destroy();
    await tested.stop();
  });

  it("creates a user with a password and policies, who can sign in to the console", async () => {
    const page = await tested.open("/iam/users");
    await page.getByRole("link", { name: "Create IAM user" }).click();
    await page.getByRole("textbox", { name: "User name" }).fill("not a name");
    await page.getByText("Enter a name in the format below.").waitFor();
    await page.getByRole("textbox", { name: "User name" }).fill("operator");
    await page.getByRole("checkbox", { name: "Give this user a password" }).check();
    await page.getByRole("textbox", { name: "Password" }).fill("Operator-1");
    await page.getByRole("button", { name: "Permissions policies" }).click();
    await page.getByRole("option", { name: "AmazonCognitoPowerUser" }).click();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Create IAM user" }).click();
    await flash(page, "IAM user “operator” has been created.").waitFor();
    const { AttachedPolicies } = await iam.send(
      new ListAttachedUserPoliciesCommand({ UserName: "operator" }),
    );
    expect(AttachedPolicies?.map(({ PolicyName }) => PolicyName)).toEqual(["AmazonCognitoPowerUser"]);

    await page.getByRole("button", { name: "Account: cognate" }).click();
    await page.getByRole("menuitem", { name: "Sign in as somebody else" }).click();
    await page.getByRole("textbox", { name: "IAM user name" }).fill("operator");
    await page.getByRole("textbox", { name: "Password" }).fill("Operator-1");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("button", { name: "Account: operator" }).waitFor();

    // The policy allows iam:GetRole, but neither iam:ListAttachedRolePolicies nor iam:ListRolePolicies. The refusal of the one is
    // shown also if that of the other comes before it.
    const calls = (name: string) => (request: Request) =>
      request.postData()?.includes(`Action=${name}&`) === true;
    const otherAnswer = page.waitForEvent("requestfinished", calls("ListRolePolicies"));
    await page.route(`${tested.server.url}/`, async (route, request) => {
      if (calls("ListAttachedRolePolicies")(request)) await otherAnswer;
      await route.continue();
    });
    await visit(page, "/console/iam/roles/detail/cognate-power-user");
    await page.getByRole("alert").getByText("iam:ListAttachedRolePolicies").first().waitFor();
    await page.unroute(`${tested.server.url}/`);
    await page.getByRole("button", { name: "Edit: Trust policy" }).waitFor();
    await visit(page, `/console/iam/roles/detail/gone`);
    await page.getByText("NoSuchEntity").waitFor();
    expect(await page.getByRole("alert").count()).toBe(1);
  });

  it("leads to the new user if the account's password policy refuses the password", async () => {
    await iam.send(new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 20 }));
    const page = await tested.open("/iam/users/create");
    await page.getByRole("textbox", { name: "User name" }).fill("short");
    await page.getByRole("checkbox", { name: "Give this user a password" }).check();
    await page.getByRole("textbox", { name: "Password" }).fill("Short-pass1");
    await page.getByRole("button", { name: "Create IAM user" }).click();
    await flash(
      page,
      /^IAM user “short” has been created, but some of its settings were refused.*length/,
    ).waitFor();
    await page.getByRole("button", { name: "Set console password" }).waitFor();
    await iam.send(new DeleteAccountPasswordPolicyCommand({}));
  });

  it("creates an access key, and shows its secret once and the AWS CLI configuration", async () => {
    await iam.send(new CreateUserCommand({ UserName: "robot" }));
    const page = await tested.open("/iam/users/detail/robot");
    await page.getByText(`endpoint_url = ${tested.server.url}`).first().waitFor();
    await page.getByRole("button", { name: "Create access key" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Create access key" }).click();
    await page.getByRole("heading", { name: "Access key created" }).waitFor();
    expect(await page.content()).not.toContain("aws_secret_access_key");
    await page.getByRole("button", { name: "Show lines for the AWS files" }).click();
    const lines = (await page.locator("pre", { hasText: "aws_secret_access_key" }).textContent()) ?? "";
    expect(lines).toMatch(/\[robot\]\naws_access_key_id = AKIA\w+\naws_secret_access_key = \S+/);
    await page.getByRole("dialog").getByRole("button", { name: "Close", exact: true }).click();

    await page.getByRole("button", { name: "Deactivate" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Deactivate" }).click();
    await flash(page, "has been deactivated.").waitFor();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.getByText("No access keys").waitFor();
  });

  it("attaches and detaches policies, and deletes a user with keys, policies and password", async () => {
    await iam.send(new CreateUserCommand({ UserName: "visitor" }));
    const page = await tested.open("/iam/users/detail/visitor");
    await page.getByRole("button", { name: "Attach policies" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Permissions policies" }).click();
    await page.getByRole("option", { name: "AmazonCognitoReadOnly" }).click();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").getByRole("button", { name: "Attach", exact: true }).click();
    await flash(page, "1 policy has been attached to “visitor”.").waitFor();
    await page.getByRole("button", { name: "Set console password" }).click();
    await page.getByRole("dialog").getByRole("textbox", { name: "Password" }).fill("Visitor-pass1");
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await flash(page, "“visitor” can sign in to the console with the new password.").waitFor();
    await page.getByRole("button", { name: "Delete IAM user" }).click();
    await page
      .getByRole("dialog")
      .getByRole("textbox", { name: /To confirm/ })
      .fill("visitor");
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await flash(page, "IAM user “visitor” has been deleted.").waitFor();
  });

  it("creates, changes and deletes an inline policy, and names the line of an error", async () => {
    await iam.send(new CreateUserCommand({ UserName: "author" }));
    const document = async () => {
      const policy = new GetUserPolicyCommand({ UserName: "author", PolicyName: "mine" });
      return JSON.parse(decodeURIComponent((await iam.send(policy)).PolicyDocument ?? ""));
    };
    const page = await tested.open("/iam/users/detail/author");
    await page.getByRole("button", { name: "Create inline policy" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Policy name" }).fill("mine");
    // A click beside the dialog does not close it.
    await page.mouse.click(5, 5);
    const editor = dialog.getByRole("textbox", { name: "Policy document" });
    const written = await editor.inputValue();
    await editor.fill(written.replace('"Allow",', '"Allow"'));
    await dialog.getByText("Line 6: a comma or a closing bracket is expected here.").waitFor();
    await dialog.getByRole("button", { name: "Create inline policy" }).click();
    await dialog.getByText("Line 6: a comma or a closing bracket is expected here.").waitFor();
    await editor.fill(written.replace("Allow", "Permit"));
    await dialog.getByText("Line 5: Effect is Allow or Deny.").waitFor();
    await takeScreenshot(page, "iam-policy-fault");
    await editor.fill(written);
    await dialog.getByRole("button", { name: "Create inline policy" }).click();
    await flash(page, "The policy mine has been saved.").waitFor();
    expect(await document()).toEqual(JSON.parse(written));

    await page.getByRole("button", { name: "Create inline policy" }).click();
    await dialog.getByRole("textbox", { name: "Policy name" }).fill("mine");
    await editor.fill(written.replace("ListUsers", "DeleteUser"));
    await dialog.getByRole("button", { name: "Create inline policy" }).click();
    await dialog.getByText("A policy with this name exists already").waitFor();
    expect(await document()).toEqual(JSON.parse(written));
    await dialog.getByRole("button", { name: "Overwrite" }).click();
    await dialog.waitFor({ state: "detached" });
    expect((await document()).Statement[0].Action).toEqual(["cognito-idp:DeleteUser"]);

    await page.getByRole("button", { name: "Edit: mine" }).click();
    await editor.fill(written.replace("ListUsers", "AdminGetUser"));
    await dialog.getByRole("button", { name: "Save changes" }).click();
    await dialog.waitFor({ state: "detached" });
    expect((await document()).Statement[0].Action).toEqual(["cognito-idp:AdminGetUser"]);
    await page.getByRole("button", { name: "Delete: mine" }).click();
    await dialog.getByRole("button", { name: "Delete", exact: true }).click();
    await flash(page, "The policy mine has been deleted.").waitFor();
    await page.getByText("No policies", { exact: true }).waitFor();
    expect(page.complaints).toEqual([]);
  });

  it("changes the trust policy of a role, and shows the last use of a key", async () => {
    const page = await tested.open("/iam/roles/detail/cognate-power-user");
    await page.getByRole("button", { name: "Edit: Trust policy" }).click();
    const dialog = page.getByRole("dialog");
    const editor = dialog.getByRole("textbox", { name: "Trust policy" });
    const written = JSON.parse(await editor.inputValue());
    written.Statement[0].Sid = "FromTheConsole";
    await editor.fill(JSON.stringify(written, null, 2));
    await dialog.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "The trust policy of “cognate-power-user” has been updated.").waitFor();
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: "cognate-power-user" }));
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")).toContain("FromTheConsole");

    await page.getByRole("link", { name: "IAM users" }).first().click();
    await page.getByRole("searchbox", { name: "Find IAM users by name" }).fill("COGN");
    await page.getByRole("link", { name: "author" }).waitFor({ state: "detached" });
    await page.getByRole("link", { name: "cognate", exact: true }).click();
    const keys = page.getByRole("grid", { name: "Access keys" });
    await keys.getByRole("columnheader", { name: "Last used" }).waitFor();
    await keys.getByText("iam", { exact: true }).waitFor();
    expect(page.complaints).toEqual([]);
  });

  it("creates a role, and shows an AWS CLI profile that assumes it", async () => {
    const page = await tested.open("/iam/roles");
    await page.getByRole("link", { name: "Create IAM role" }).click();
    await page.getByRole("textbox", { name: "Role name" }).fill("support");
    await page.getByRole("textbox", { name: "Trust policy" }).fill("{");
    await page.getByText("Line 1: a name in double quotes is expected here.").waitFor();
    await page
      .getByRole("textbox", { name: "Trust policy" })
      .fill(
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"sts:AssumeRole"}]}',
      );
    await page.getByRole("button", { name: "Create IAM role" }).click();
    await flash(page, "IAM role “support” has been created.").waitFor();
    await page.getByText("role_arn = arn:aws:iam::123456789012:role/support").waitFor();
  });
});
