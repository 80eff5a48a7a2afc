/** Forms with unsaved changes ask before they are left, and only then. */
import {
  AdminCreateUserCommand,
  CreateGroupCommand,
  CreateIdentityProviderCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { paths } from "../../console/src/app/paths.ts";
import { createPoolAndClient } from "../support/server.ts";
import { type ConsoleUnderTest, flash, startConsole, visit } from "./support.ts";

let tested: ConsoleUnderTest;
let poolId: string;
let clientId: string;

const open = (address: string) => tested.open(address.replace("/console", ""));

/**
 * Whether a reload would ask. React runs the effects that decide it at once after an input, but a moment after it has shown an answer
 * of the server.
 */
const asks = (page: Page) =>
  page.evaluate<boolean>('!dispatchEvent(new Event("beforeunload", { cancelable: true }))');

beforeAll(async () => {
  tested = await startConsole({}, { staysLoaded: true });
  const { cognito } = tested.server;
  ({ poolId, clientId } = await createPoolAndClient(cognito));
  const UserPoolId = poolId;
  await cognito.send(new AdminCreateUserCommand({ UserPoolId, Username: "jane", MessageAction: "SUPPRESS" }));
  await cognito.send(new CreateGroupCommand({ UserPoolId, GroupName: "admins" }));
  await cognito.send(
    new CreateIdentityProviderCommand({
      UserPoolId,
      ProviderName: "Google",
      ProviderType: "Google",
      ProviderDetails: { client_id: "id", client_secret: "secret", authorize_scopes: "openid" },
    }),
  );
});
afterAll(() => tested.stop());

describe("a page with a form", () => {
  /** The address, and the field that is changed, with a value other than its own. */
  const forms = (): readonly (readonly [address: string, field: string, value?: string])[] => [
    [paths.createUserPool, "Name your application", "shop"],
    [paths.createUser(poolId), "Mark email address as verified"],
    [paths.editUser(poolId, "jane"), "given_name", "Jane"],
    [paths.createGroup(poolId), "Group name", "editors"],
    [paths.editGroup(poolId, "admins"), "Description", "All"],
    [paths.createAppClient(poolId), "App client name", "web"],
    [paths.editAppClient(poolId, clientId), "Enable token revocation"],
    [paths.editLoginPages(poolId, clientId), "aws.cognito.signin.user.admin"],
    [paths.editAttributePermissions(poolId, clientId), "Read email"],
    [paths.editPasswordPolicy(poolId), "Temporary passwords set by administrators expire in", "9"],
    [paths.createIdentityProvider(poolId), "Provider name", "Login"],
    [paths.editIdentityProvider(poolId, "Google"), "Client ID", "other"],
    [paths.createIamUser, "User name", "operator"],
    [paths.createIamRole, "Role name", "support"],
  ];

  it("asks before it is left with a change, and not if the change is taken back", async () => {
    const page = await open(paths.userPools);
    page.on("dialog", (dialog) => void dialog.accept());
    const found: unknown[] = [];
    for (const [address, label, value] of forms()) {
      await visit(page, address);
      const field = page.locator("main").getByLabel(label).first();
      const before = await asks(page);
      const original = value === undefined ? "" : await field.inputValue();
      await (value === undefined ? field.click() : field.fill(value));
      const changed = await asks(page);
      await (value === undefined ? field.click() : field.fill(original));
      found.push([address, before, changed, await asks(page)]);
    }
    page.removeAllListeners("dialog");
    expect(found).toEqual(forms().map(([address]) => [address, false, true, false]));
  });

  it("asks once before a link or Cancel leaves it, and not after a save", async () => {
    const page = await open(paths.groups(poolId));
    await page.getByRole("link", { name: "Create group" }).first().click();
    await page.getByRole("textbox", { name: "Group name" }).fill("writers");
    const questions: string[] = [];
    page.on("dialog", (dialog) => {
      questions.push(dialog.message());
      void dialog.dismiss();
    });
    await page.getByRole("link", { name: "App clients", exact: true }).click();
    await page.getByRole("button", { name: "Cancel" }).click();
    const question = "Changes on this page are not saved. Leave it and lose them?";
    expect(questions).toEqual([question, question]);
    await page.getByRole("button", { name: "Create group" }).click();
    await flash(page, "writers").waitFor();
    await page.getByRole("heading", { level: 1, name: "Groups" }).waitFor();
    expect(questions).toHaveLength(2);
    await expect.poll(() => asks(page)).toBe(false);
    page.removeAllListeners("dialog");
  });

  it("asks after a refused save, and not beside the password of a user that it has created", async () => {
    const page = await open(paths.createUser(poolId));
    await page.getByRole("textbox", { name: "User name" }).fill("jane");
    await page.getByRole("radio", { name: "Generate a password" }).check();
    await page.getByRole("button", { name: "Create user" }).click();
    await page.getByText("User account already exists").waitFor();
    expect(await asks(page)).toBe(true);
    await page.getByRole("textbox", { name: "User name" }).fill("joe");
    await page.getByRole("button", { name: "Create user" }).click();
    await page.getByRole("dialog").waitFor();
    await expect.poll(() => asks(page)).toBe(false);
  });
});

describe("a page with checkboxes", () => {
  it("does not ask if a choice is taken back, whatever the order in which the choices were stored", async () => {
    const { cognito } = tested.server;
    const { poolId: other, clientId: stored } = await createPoolAndClient(
      cognito,
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["WEB_AUTHN", "PASSWORD", "EMAIL_OTP"] } } },
      {
        ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"],
        CallbackURLs: ["https://app.example.com/callback"],
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthFlows: ["implicit", "code"],
        AllowedOAuthScopes: ["profile", "openid"],
      },
    );
    const page = await open(paths.editLoginPages(other, stored));
    const takeBack = async (name: string | RegExp) => {
      const choice = page.getByRole("checkbox", { name }).first();
      await choice.uncheck();
      const isAsked = await asks(page);
      await choice.check();
      return [isAsked, await asks(page)];
    };
    expect(await takeBack("openid")).toEqual([true, false]);
    expect(await takeBack("Implicit grant")).toEqual([true, false]);
    await visit(page, paths.editAppClient(other, stored));
    expect(await takeBack(/SRP/)).toEqual([true, false]);
    await visit(page, paths.authenticationMethods(other));
    await page.getByRole("button", { name: "Edit: Options for choice-based sign-in" }).click();
    expect(await takeBack("Passkey")).toEqual([true, false]);
  });
});

describe("a dialog", () => {
  it("lets the page ask before it is left with a change of settings, and not after Cancel or a save", async () => {
    const page = await open(paths.settings(poolId));
    const dialog = page.getByRole("dialog");
    for (const end of ["Cancel", "Save changes"]) {
      await page.getByRole("button", { name: "Edit: Feature plan" }).click();
      expect(await asks(page)).toBe(false);
      await dialog.getByRole("radio", { name: "Lite" }).check();
      expect(await asks(page)).toBe(true);
      await dialog.getByRole("button", { name: end }).click();
      await dialog.waitFor({ state: "detached" });
      await expect.poll(() => asks(page)).toBe(false);
    }
  });

  it("does not ask about what only confirms a deletion", async () => {
    const page = await open(paths.user(poolId, "jane"));
    await page.getByRole("button", { name: "Actions" }).click();
    await page.getByRole("menuitem", { name: "Delete user" }).click();
    await page.getByRole("dialog").getByRole("checkbox").check();
    await page.getByRole("dialog").getByRole("textbox").fill("jane");
    expect(await asks(page)).toBe(false);
  });
});
