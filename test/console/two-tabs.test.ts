/** Two people, or a person and a program, who change the same thing: nobody's change is written back. */
import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  CreateGroupCommand,
  CreateUserPoolCommand,
  DeleteGroupCommand,
  DeleteUserPoolCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
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
import { type ConsoleUnderTest, flash, startConsole } from "./support.ts";

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
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] } },
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
        PasswordPolicy: { MinimumLength: 12 },
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
