/** A user's page: unverified addresses, factors, devices and sessions, with an administrator's actions on them. */
import {
  AdminGetUserCommand,
  AdminListDevicesCommand,
  AdminListUserSessionsCommand,
  AssociateSoftwareTokenCommand,
  ConfirmDeviceCommand,
  InitiateAuthCommand,
  SetUserMFAPreferenceCommand,
  SetUserPoolMfaConfigCommand,
  SetUserPoolSessionConfigurationCommand,
  UpdateUserAttributesCommand,
  VerifySoftwareTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { paths } from "../../console/src/app/paths.ts";
import { createConfirmedUser, createPoolAndClient } from "../support/server.ts";
import {
  actOn,
  type ConsoleUnderTest,
  flash,
  seriousFindings,
  startConsole,
  takeScreenshot,
} from "./support.ts";

const PASSWORD = "Perm4nent!";

describe("the page of a user", () => {
  let tested: ConsoleUnderTest;
  let poolId: string;
  let clientId: string;
  let jane: { UserPoolId: string; Username: string };
  beforeAll(async () => {
    tested = await startConsole({}, { staysLoaded: true });
    const { cognito } = tested.server;
    ({ poolId, clientId } = await createPoolAndClient(cognito, {
      PoolName: "people",
      AutoVerifiedAttributes: ["email"],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
      DeviceConfiguration: { DeviceOnlyRememberedOnUserPrompt: true, ChallengeRequiredOnNewDevice: true },
    }));
    const target = { UserPoolId: poolId };
    await cognito.send(
      new SetUserPoolMfaConfigCommand({
        ...target,
        MfaConfiguration: "OPTIONAL",
        SoftwareTokenMfaConfiguration: { Enabled: true },
      }),
    );
    await cognito.send(
      new SetUserPoolSessionConfigurationCommand({
        ...target,
        UserSessionTracking: "ENABLED",
        TokenSession: { MaxPerUser: 10 },
      }),
    );
    jane = { ...target, Username: "jane" };
    const UserAttributes = [
      { Name: "email", Value: "jane@example.com" },
      { Name: "email_verified", Value: "true" },
    ];
    await createConfirmedUser(cognito, { ...jane, UserAttributes, Password: PASSWORD });
  });
  afterAll(() => tested.stop());

  async function signIn() {
    const { AuthenticationResult } = await tested.server.cognito.send(
      new InitiateAuthCommand({
        ClientId: clientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "jane", PASSWORD },
      }),
    );
    return {
      AccessToken: AuthenticationResult?.AccessToken ?? "",
      DeviceKey: AuthenticationResult?.NewDeviceMetadata?.DeviceKey ?? "",
    };
  }
  const open = () => tested.open(`/user-pools/${poolId}/users/detail/jane`);

  it("shows an unverified new address beside the current one", async () => {
    const { AccessToken } = await signIn();
    const page = await open();
    await page.getByRole("heading", { name: "Authentication factors" }).waitFor();
    expect(await page.getByText("Addresses that are not verified yet").count()).toBe(0);
    await tested.server.cognito.send(
      new UpdateUserAttributesCommand({
        AccessToken,
        UserAttributes: [{ Name: "email", Value: "new@example.com" }],
      }),
    );
    await page.reload();
    await page.getByText("Addresses that are not verified yet").waitFor();
    await page.getByText("email: new@example.com").waitFor();
    await page.getByRole("gridcell", { name: "jane@example.com" }).waitFor();
  });

  it("shows the user's authenticator app, which an administrator can remove", async () => {
    const { AccessToken } = await signIn();
    const { cognito } = tested.server;
    const { SecretCode = "" } = await cognito.send(new AssociateSoftwareTokenCommand({ AccessToken }));
    const UserCode = new TOTP({ secret: Secret.fromBase32(SecretCode) }).generate();
    await cognito.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode }));
    await cognito.send(
      new SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings: { Enabled: true } }),
    );
    const page = await open();
    await page.getByText("Authenticator app", { exact: true }).first().waitFor();
    await takeScreenshot(page, "user-factors", true);
    await page.getByRole("button", { name: "Remove authenticator app" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
    await flash(page, "The authenticator app of “jane” has been removed.").waitFor();
    await page.getByText("Authenticator app", { exact: true }).first().waitFor({ state: "detached" });
    expect((await cognito.send(new AdminGetUserCommand(jane))).UserMFASettingList).toBeUndefined();
    expect(page.complaints).toEqual([]);
  });

  it("says which second factor a user cannot have", async () => {
    const page = await open();
    const dialog = page.getByRole("dialog");
    await page.getByRole("button", { name: "Update MFA configuration" }).click();
    await dialog.getByRole("checkbox", { name: "SMS message" }).check();
    await dialog.getByText("The user pool does not have this method.").waitFor();
    await dialog.getByRole("button", { name: "Save changes" }).click();
    await dialog.locator('input[aria-describedby*="-error"]:focus').waitFor();
    await dialog.getByRole("checkbox", { name: "SMS message" }).uncheck();
    await dialog.getByText("The user pool does not have this method.").waitFor({ state: "detached" });
  });

  it("offers to create a group if the pool has none", async () => {
    const page = await tested.open(paths.user(poolId, "jane").replace("/console", ""));
    await page.getByRole("button", { name: "Add user to group" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("This user pool has no groups yet.").waitFor();
    expect(await dialog.getByRole("button", { name: "Add", exact: true }).count()).toBe(0);
    await dialog.getByRole("link", { name: "Create group" }).click();
    await page.getByRole("textbox", { name: "Group name" }).waitFor();
  });

  it("lists devices, which an administrator can remember and forget", async () => {
    const { AccessToken, DeviceKey } = await signIn();
    const { cognito } = tested.server;
    const DeviceSecretVerifierConfig = { PasswordVerifier: "AQID", Salt: "BAUG" };
    await cognito.send(
      new ConfirmDeviceCommand({ AccessToken, DeviceKey, DeviceName: "laptop", DeviceSecretVerifierConfig }),
    );
    const page = await open();
    const row = page.getByRole("grid", { name: "Devices" }).getByRole("row", { name: /laptop/ });
    await row.getByText("No", { exact: true }).waitFor();
    // The table is a region only where it has to scroll.
    expect(await page.getByRole("region", { name: "Devices" }).count()).toBe(0);
    await row.getByRole("button", { name: `Remember: ${DeviceKey}` }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remember", exact: true }).click();
    await row.getByText("Yes", { exact: true }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    const { Devices = [] } = await cognito.send(new AdminListDevicesCommand(jane));
    expect(Devices[0]?.DeviceAttributes).toContainEqual({
      Name: "dev:device_remembered_status",
      Value: "remembered",
    });
    await row.getByRole("button", { name: "Forget device" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Forget device" }).click();
    await page.getByText("No devices").waitFor();
  });

  it("lists the sessions of a pool that tracks them, and ends one by AdminRevokeUserSession", async () => {
    await signIn();
    const sessions = async () =>
      (await tested.server.cognito.send(new AdminListUserSessionsCommand(jane))).Sessions?.length ?? 0;
    const before = await sessions();
    const page = await open();
    const table = page.getByRole("grid", { name: "Sessions" });
    await table.getByRole("columnheader", { name: "Last active" }).waitFor();
    await table.getByText("127.0.0.1").first().waitFor();
    // The app client by its name.
    await table.getByRole("link", { name: "test", exact: true }).first().waitFor();
    await table.getByRole("button", { name: "End session" }).first().click();
    await page.getByRole("dialog").getByRole("button", { name: "End session" }).click();
    await flash(page, "The session has been ended.").waitFor();
    // In sight of somebody who is far down the page.
    expect((await flash(page, "The session has been ended.").boundingBox())?.y).toBeGreaterThan(0);
    expect(await sessions()).toBe(before - 1);
    expect(page.complaints).toEqual([]);
  });

  it("shows the e-mail address as the name in a pool whose usernames are addresses", async () => {
    const { poolId: addresses } = await createPoolAndClient(tested.server.cognito, {
      PoolName: "addresses",
      UsernameAttributes: ["email"],
    });
    const page = await tested.open(`/user-pools/${addresses}/users/create`);
    await page.getByRole("textbox", { name: "Email address" }).fill("jane@example.com");
    await page.getByRole("button", { name: "Create user" }).click();
    await flash(page, "User “jane@example.com” has been created successfully.").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Close", exact: true }).last().click();
    await page.getByRole("searchbox", { name: "Search users by email address" }).fill("jane");
    await page.getByRole("link", { name: "jane@example.com" }).click();
    await page.getByRole("heading", { level: 1, name: "jane@example.com" }).waitFor();
    await page
      .getByRole("navigation", { name: "Where you are" })
      .getByText("jane@example.com")
      .first()
      .waitFor();
    await actOn(page, "Disable user access", "Disable");
    await flash(page, "Access has been disabled for “jane@example.com”.").waitFor();
    await page.getByRole("button", { name: "Actions" }).click();
    await page.getByRole("menuitem", { name: "Delete user" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: /To confirm/ }).fill("jane@example.com");
    await dialog.getByRole("button", { name: "Delete user" }).click();
    await flash(page, "User “jane@example.com” has been deleted successfully.").waitFor();
  });
});
