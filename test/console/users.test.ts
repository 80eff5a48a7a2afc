import { readFile } from "node:fs/promises";
import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  AdminListGroupsForUserCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  CreateGroupCommand,
  ListUsersInGroupCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPoolAndClient } from "../support/server.ts";
import { actOn, type ConsolePage, type ConsoleUnderTest, flash, startConsole, visit } from "./support.ts";

const USERS = 45;

describe("users and groups in the console", () => {
  let tested: ConsoleUnderTest;
  let poolId: string;
  let clientId: string;
  /** A pool whose users are created and deleted by these tests, so that the other pool keeps its number of users. */
  let changing: { readonly poolId: string; readonly clientId: string };

  beforeAll(async () => {
    tested = await startConsole({}, { staysLoaded: true });
    ({ poolId, clientId } = await createPoolAndClient(tested.server.cognito, {
      PoolName: "people",
      AutoVerifiedAttributes: ["email"],
      Schema: [{ Name: "plan", AttributeDataType: "String", Mutable: true }],
    }));
    changing = await createPoolAndClient(tested.server.cognito, { PoolName: "changing" });
    await Promise.all(
      Array.from({ length: USERS }, (_, index) =>
        create(`user-${String(index + 1).padStart(2, "0")}`, `user${index + 1}@example.com`),
      ),
    );
    await tested.server.cognito.send(
      new CreateGroupCommand({ UserPoolId: poolId, GroupName: "editors", Precedence: 5 }),
    );
  });
  afterAll(() => tested.stop());

  async function create(Username: string, email: string, UserPoolId = poolId): Promise<void> {
    await tested.server.cognito.send(
      new AdminCreateUserCommand({
        UserPoolId,
        Username,
        UserAttributes: [{ Name: "email", Value: email }],
        MessageAction: "SUPPRESS",
      }),
    );
  }
  const setPassword = (Username: string) =>
    tested.server.cognito.send(
      new AdminSetUserPasswordCommand({
        UserPoolId: poolId,
        Username,
        Password: "Perm4nent!",
        Permanent: true,
      }),
    );
  async function signIn(username: string): Promise<void> {
    const { cognito } = tested.server;
    await setPassword(username);
    await cognito.send(
      new AdminInitiateAuthCommand({
        UserPoolId: poolId,
        ClientId: clientId,
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: username, PASSWORD: "Perm4nent!" },
      }),
    );
  }
  const described = (Username: string, UserPoolId = poolId) =>
    tested.server.cognito.send(new AdminGetUserCommand({ UserPoolId, Username }));
  const openUser = (username: string) => tested.open(`/user-pools/${poolId}/users/detail/${username}`);

  /** Waits until the list has this number of users: it is empty for a moment while another page loads. */
  async function shows(page: ConsolePage, names: RegExp, count: number): Promise<void> {
    await expect.poll(() => page.getByRole("link", { name: names }).count(), { timeout: 45_000 }).toBe(count);
  }

  it("are listed in the server's pages, and the next page is loaded only on request", async () => {
    const page = await tested.open(`/user-pools/${poolId}/users`);
    await page.getByRole("heading", { name: `Users (${USERS})` }).waitFor();
    await shows(page, /^user-/, 20);
    const first = await page
      .getByRole("link", { name: /^user-/ })
      .first()
      .textContent();
    await page.getByRole("button", { name: "Next page" }).click();
    await page
      .getByRole("button", { name: "Page 2 of all pages" })
      .and(page.locator('[aria-current="true"]'))
      .waitFor();
    await page.getByRole("link", { name: first ?? "" }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Next page" }).click();
    await page
      .getByRole("button", { name: "Page 3 of all pages" })
      .and(page.locator('[aria-current="true"]'))
      .waitFor();
    await shows(page, /^user-/, 5);
    await page.getByRole("button", { name: "Next page", disabled: true }).waitFor();
  });

  it("are found by the prefix of one attribute, with a filter of ListUsers", async () => {
    const page = await tested.open(`/user-pools/${poolId}/users`);
    await page.getByRole("searchbox", { name: "Search users by user name" }).fill("user-4");
    await page.getByRole("link", { name: "user-01" }).waitFor({ state: "detached" });
    await shows(page, /^user-4/, 6);
    await page.getByRole("button", { name: "Attribute to search by" }).click();
    await page.getByRole("option", { name: "Email address" }).click();
    await page.getByRole("searchbox", { name: "Search users by email address" }).fill("USER12@");
    await page.getByRole("link", { name: "user-12" }).waitFor();
    await page.getByRole("searchbox", { name: "Search users by email address" }).fill('no"body');
    await page.getByText("No matches").waitFor();
  });

  it("keep the page and the search after Back and after a reload", async () => {
    const page = await tested.open(`/user-pools/${poolId}/users`);
    await page.getByRole("button", { name: "Next page" }).click();
    const second = page.getByRole("button", { name: "Page 2 of all pages" });
    await second.and(page.locator('[aria-current="true"]')).waitFor();
    await shows(page, /^user-/, 20);
    const first = page.getByRole("link", { name: /^user-/ }).first();
    const name = (await first.textContent()) ?? "";
    await first.click();
    await page.getByRole("heading", { level: 1, name }).waitFor();
    await page.goBack();
    await page.getByRole("link", { name, exact: true }).waitFor();
    await page.reload();
    await page.getByRole("link", { name, exact: true }).waitFor();
    await second.and(page.locator('[aria-current="true"]')).waitFor();

    await page.getByRole("searchbox", { name: "Search users by user name" }).fill("user-4");
    await shows(page, /^user-4/, 6);
    await page.getByRole("link", { name: "user-41" }).click();
    await page.getByRole("heading", { level: 1, name: "user-41" }).waitFor();
    await page.goBack();
    await shows(page, /^user-4/, 6);
    expect(await page.getByRole("searchbox").inputValue()).toBe("user-4");
  });

  it("have attributes that can be edited, verified and removed", async () => {
    const page = await openUser("user-01");
    await page.getByRole("link", { name: "Edit" }).click();
    await page.getByRole("textbox", { name: "email", exact: true }).fill("no address");
    await page.getByText("Enter an email address").waitFor();
    await page.getByRole("textbox", { name: "email", exact: true }).fill("first@example.com");
    await page.getByRole("textbox", { name: "birthdate" }).fill("1 May");
    await page.getByText("The user pool allows 10 characters.").waitFor();
    await page.getByRole("textbox", { name: "birthdate" }).fill("");
    await page.getByRole("checkbox", { name: "Mark email address as verified" }).check();
    await page.getByRole("textbox", { name: "nickname" }).fill("One");
    await page.getByRole("textbox", { name: "custom:plan" }).fill("gold");
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "The attributes of “user-01” have been updated.").waitFor();
    const attributes = async () =>
      Object.fromEntries(
        (await described("user-01")).UserAttributes?.map(({ Name, Value }) => [Name, Value]) ?? [],
      );
    expect(await attributes()).toMatchObject({
      email: "first@example.com",
      email_verified: "true",
      nickname: "One",
      "custom:plan": "gold",
    });

    await page.getByRole("link", { name: "Edit" }).click();
    await page.getByRole("textbox", { name: "nickname" }).fill("");
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "The attributes of “user-01” have been updated.").first().waitFor();
    await page.getByRole("heading", { name: /User attributes/ }).waitFor();
    expect(await attributes()).not.toHaveProperty("nickname");
  });

  it("get a password that meets the pool's policy, are disabled, enabled and signed out everywhere", async () => {
    await signIn("user-02");
    const page = await openUser("user-02");
    await page.getByRole("heading", { name: "Sessions (1)" }).waitFor();

    await actOn(page, "Disable user access", "Disable");
    await flash(page, "Access has been disabled for “user-02”.").waitFor();
    expect((await described("user-02")).Enabled).toBe(false);
    await actOn(page, "Enable user access", "Enable");
    await flash(page, "Access has been enabled for “user-02”.").waitFor();
    expect((await described("user-02")).Enabled).toBe(true);

    await page.getByRole("button", { name: "Actions" }).click();
    await page.getByRole("menuitem", { name: "Set password", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "New password" }).fill("short");
    await dialog.getByRole("button", { name: "Set password" }).click();
    await dialog.getByText("The password doesn't meet all requirements yet.").waitFor();
    await dialog.getByRole("textbox", { name: "New password" }).fill("An0ther-one!");
    await dialog.getByRole("button", { name: "Set password" }).click();
    await flash(page, "A new password has been set for “user-02”.").waitFor();

    await actOn(page, "Sign out from all devices", "Sign out");
    await flash(page, "“user-02” has been signed out from all devices.").waitFor();
  });

  it("have a password reset: the old one is rejected, and a code goes to the verified address", async () => {
    const user = { UserPoolId: poolId, Username: "user-08" };
    const page = await openUser("user-08");
    await page.getByRole("heading", { name: "User information" }).waitFor();
    await page.getByRole("button", { name: "Actions" }).click();
    await page.getByRole("menuitem", { name: "Reset password", disabled: true }).waitFor();
    await setPassword("user-08");
    await page.reload();
    await actOn(page, "Reset password", "Reset password");
    await page.getByText("there is no registered/verified email or phone_number").waitFor();
    await tested.server.cognito.send(
      new AdminUpdateUserAttributesCommand({
        ...user,
        UserAttributes: [
          { Name: "email", Value: "user-08@example.com" },
          { Name: "email_verified", Value: "true" },
        ],
      }),
    );
    await page.getByRole("dialog").getByRole("button", { name: "Reset password", exact: true }).click();
    await flash(page, "The password of “user-08” has been reset, and a code has been sent.").waitFor();
    await page.getByText("Reset required").waitFor();
    expect((await described("user-08")).UserStatus).toBe("RESET_REQUIRED");
  });

  it("have sessions that are listed and can be ended one by one", async () => {
    await signIn("user-03");
    await signIn("user-03");
    const page = await openUser("user-03");
    await page.getByRole("heading", { name: "Sessions (2)" }).waitFor();
    await page.getByRole("button", { name: "End session" }).first().click();
    await page.getByRole("dialog").getByRole("button", { name: "End session" }).click();
    await page.getByRole("heading", { name: "Sessions (1)" }).waitFor();
  });

  it("are added to groups and removed from them", async () => {
    const groups = async () => {
      const answer = await tested.server.cognito.send(
        new AdminListGroupsForUserCommand({ UserPoolId: poolId, Username: "user-04" }),
      );
      return answer.Groups?.map(({ GroupName }) => GroupName);
    };
    const page = await openUser("user-04");
    await page.getByRole("button", { name: "Add user to group" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Groups" }).click();
    await page.getByRole("option", { name: "editors" }).click();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").getByRole("button", { name: "Add", exact: true }).click();
    await flash(page, "“user-04” has been added to one group.").waitFor();
    expect(await groups()).toEqual(["editors"]);
    await page.getByRole("button", { name: "Add user to group" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Groups" }).click();
    await page.getByRole("option", { name: "editors Already a member", disabled: true }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();

    await page.getByRole("radio", { name: "Select editors" }).check();
    await page.getByRole("button", { name: "Remove user from group" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
    await flash(page, "“user-04” has been removed from the group “editors”.").waitFor();
    expect(await groups()).toEqual([]);
  });

  it("are deleted only after access is disabled and the name is entered", async () => {
    await create("old", "old@example.com", changing.poolId);
    const page = await tested.open(`/user-pools/${changing.poolId}/users`);
    const heading = page.getByRole("heading", { level: 1 });
    await heading.getByText(/\(\d+\)/).waitFor();
    const before = Number(/\((\d+)\)/.exec((await heading.textContent()) ?? "")?.[1]);
    await page.getByRole("checkbox", { name: "Select old" }).check();
    await page.getByRole("button", { name: "Actions" }).click();
    await page.getByRole("menuitem", { name: "Delete users" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: /To confirm/ }).fill("old");
    await dialog.getByRole("button", { name: "Delete user" }).click();
    await dialog.getByText("Only a user whose access is disabled can be deleted.").waitFor();
    await dialog.getByRole("checkbox", { name: "Disable user access" }).check();
    await dialog.getByRole("button", { name: "Delete user" }).click();
    await flash(page, "User “old” has been deleted successfully.").waitFor();
    await page.getByRole("heading", { name: `Users (${before - 1})` }).waitFor();
    await expect(described("old", changing.poolId)).rejects.toThrow("User does not exist.");
  });

  it("are disabled and deleted several at a time", async () => {
    for (const name of ["bulk-1", "bulk-2"]) await create(name, `${name}@example.com`, changing.poolId);
    const page = await tested.open(`/user-pools/${changing.poolId}/users?search=bulk-`);
    for (const name of ["bulk-1", "bulk-2"])
      await page.getByRole("checkbox", { name: `Select ${name}` }).check();
    await actOn(page, "Disable user access", "Disable user access");
    await flash(page, "Access has been disabled for 2 users.").waitFor();
    expect((await described("bulk-1", changing.poolId)).Enabled).toBe(false);
    expect((await described("bulk-2", changing.poolId)).Enabled).toBe(false);
    await page.getByText("Disabled").nth(1).waitFor();
    for (const name of ["bulk-1", "bulk-2"])
      await page.getByRole("checkbox", { name: `Select ${name}` }).check();
    await page.getByRole("button", { name: "Actions" }).click();
    await page.getByRole("menuitem", { name: "Delete users" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Delete users" }).click();
    await dialog.getByText("Enter “delete”, exactly as it is written here.").waitFor();
    await dialog.getByRole("textbox", { name: /To confirm/ }).fill("delete");
    await dialog.getByRole("button", { name: "Delete users" }).click();
    await flash(page, "Deleted: 2 users.").waitFor();
    await expect(described("bulk-1", changing.poolId)).rejects.toThrow("User does not exist.");
  });

  it("are exported as CSV with all results of a search", async () => {
    const page = await tested.open(`/user-pools/${poolId}/users?search=user-4`);
    await shows(page, /^user-4/, 6);
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Export CSV" }).click(),
    ]);
    expect(file.suggestedFilename()).toBe("people-users.csv");
    const lines = (await readFile(await file.path(), "utf8")).trim().split("\r\n");
    expect(lines).toHaveLength(7);
    expect(lines[0]).toContain('"cognito:username","status","enabled"');
    expect(lines.filter((line) => line.includes("user40@example.com"))).toHaveLength(1);
  });

  it("get a generated password that is shown once and signs them in", async () => {
    const page = await tested.open(`/user-pools/${changing.poolId}/users/create`);
    await page.getByRole("textbox", { name: "User name" }).fill("once");
    await page.getByRole("button", { name: "Create user" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("heading", { name: "Temporary password of “once”" }).waitFor();
    await dialog.getByRole("button", { name: "Show temporary password" }).click();
    const password = (await dialog.getByText(/^[^ ]{12}$/).textContent()) ?? "";
    await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
    await page.getByRole("heading", { name: /^Users/ }).waitFor();
    expect(await page.content()).not.toContain(password);
    const answer = await tested.server.cognito.send(
      new AdminInitiateAuthCommand({
        UserPoolId: changing.poolId,
        ClientId: changing.clientId,
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "once", PASSWORD: password },
      }),
    );
    expect(answer.ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
    expect(page.complaints).toEqual([]);
  });

  it("get an invitation in the inbox, which is sent again on request", async () => {
    const page = await tested.open(`/user-pools/${changing.poolId}/users/create`);
    await page.getByRole("radio", { name: "Send an email invitation" }).check();
    await page.getByRole("textbox", { name: "User name" }).fill("guest");
    await page.getByRole("button", { name: "Create user" }).click();
    await page.getByText("An email invitation needs an email address.").waitFor();
    await page.getByRole("textbox", { name: "Email address" }).fill("guest@example.com");
    await page.getByRole("button", { name: "Create user" }).click();
    await flash(page, "User “guest” has been created successfully.").waitFor();

    await visit(page, "/console/inbox");
    await page.getByRole("link", { name: "Your temporary password" }).click();
    await page.getByText(/Your username is guest and temporary password is/).waitFor();
    await page.getByRole("dialog").getByRole("link", { name: "guest" }).click();
    await actOn(page, "Resend invitation", "Resend");
    await flash(page, "A new invitation has been sent to “guest”.").waitFor();
    await visit(page, "/console/inbox");
    await page.getByRole("link", { name: "Your temporary password" }).nth(1).waitFor();
    await page.getByRole("button", { name: "Delete all" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete all" }).click();
    await page.getByText("No messages").waitFor();
  });

  it("are members of groups that are created, edited and deleted", async () => {
    const page = await tested.open(`/user-pools/${poolId}/groups`);
    await page.getByRole("link", { name: "Create group" }).click();
    await page.getByRole("textbox", { name: "Group name" }).fill("two words");
    await page.getByText("Enter a group name of 1–128 characters without spaces.").waitFor();
    await page.getByRole("textbox", { name: "Group name" }).fill("admins");
    await page.getByRole("textbox", { name: "Precedence" }).fill("1");
    await page.getByRole("button", { name: "Create group" }).click();
    await flash(page, "Group “admins” has been created successfully.").waitFor();

    await page.getByRole("link", { name: "admins" }).click();
    await page.getByRole("button", { name: "Add user to group" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await dialog.getByText("Select an item in the list first.").waitFor();
    await dialog.getByRole("row", { name: /user-/ }).first().locator("input:focus").waitFor();
    await dialog.getByRole("searchbox").fill("user-07");
    await dialog.getByRole("radio", { name: "Select user-06" }).waitFor({ state: "detached" });
    await dialog.getByRole("radio", { name: "Select user-07" }).check();
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await flash(page, "“user-07” has been added to the group “admins”.").waitFor();
    const members = await tested.server.cognito.send(
      new ListUsersInGroupCommand({ UserPoolId: poolId, GroupName: "admins" }),
    );
    expect(members.Users?.map(({ Username }) => Username)).toEqual(["user-07"]);

    await page.getByRole("link", { name: "Edit" }).click();
    await page.getByRole("textbox", { name: "Description" }).fill("Who may do everything");
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "Group “admins” has been updated.").waitFor();
    await page.getByText("Who may do everything").waitFor();
    await page.getByRole("link", { name: "Edit" }).click();
    await page.getByRole("textbox", { name: "Description" }).fill("");
    await page.getByText("A group keeps this once it is set.").waitFor();
    page.once("dialog", (question) => void question.accept());
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await flash(page, "Group “admins” has been deleted.").waitFor();
  });
});
