import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  AdminResetUserPasswordCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  InitiateAuthCommand,
  ListUserPoolClientsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createConfirmedUser, createPoolAndClient } from "../support/server.ts";
import {
  type ConsolePage,
  type ConsoleUnderTest,
  flash,
  partsThatTouch,
  startConsole,
  takeScreenshot,
  visit,
} from "./support.ts";

describe("console tools that AWS's console lacks", () => {
  let tested: ConsoleUnderTest;
  let poolId: string;

  beforeAll(async () => {
    tested = await startConsole();
    ({ poolId } = await createPoolAndClient(
      tested.server.cognito,
      { PoolName: "trial", Schema: [{ Name: "given_name", Required: true }] },
      { GenerateSecret: true },
    ));
  });
  afterAll(() => tested.stop());

  async function createUser(Username: string, Password: string, Permanent: boolean): Promise<void> {
    const user = { UserPoolId: poolId, Username };
    await tested.server.cognito.send(new AdminCreateUserCommand({ ...user, MessageAction: "SUPPRESS" }));
    await tested.server.cognito.send(new AdminSetUserPasswordCommand({ ...user, Password, Permanent }));
  }
  async function tryIt(flow: string, username: string, password: string): Promise<ConsolePage> {
    const page = await tested.open(`/user-pools/${poolId}/try-it`);
    await page.getByRole("radio", { name: flow, exact: true }).check();
    await page.getByRole("textbox", { name: "User name" }).fill(username);
    await page.getByRole("textbox", { name: "Password" }).fill(password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    return page;
  }

  it("signs a user in step by step, and shows each request, answer and token", async () => {
    await createUser("anna", "Temp0rary!", false);
    const page = await tryIt("ADMIN_USER_PASSWORD_AUTH", "anna", "Temp0rary!");
    await page.getByRole("heading", { name: "Challenge: NEW_PASSWORD_REQUIRED" }).waitFor();
    await page.getByRole("textbox", { name: "New password" }).fill("Perm4nent!");
    await page.getByRole("textbox", { name: "given_name" }).fill("Anna");
    await page.getByRole("button", { name: "Answer", exact: true }).click();
    await page.getByText("The user is signed in.").waitFor();
    await page.getByText("Every check passes").waitFor();
    await page.locator("pre", { hasText: '"cognito:username": "anna"' }).waitFor();

    expect(await page.content()).not.toContain("Perm4nent!");
    await page.getByRole("button", { name: "1. AdminInitiateAuth" }).waitFor();
    await page.getByRole("button", { name: "2. AdminRespondToAuthChallenge" }).waitFor();
    await page.getByRole("checkbox", { name: "Show secrets" }).check();
    await page.locator("pre", { hasText: "Perm4nent!" }).waitFor();

    await page.getByRole("button", { name: "GetUser" }).click();
    await page.getByRole("button", { name: "3. GetUser" }).waitFor();
    await page.getByRole("button", { name: "Global sign-out" }).click();
    await page.getByRole("button", { name: "4. GlobalSignOut" }).waitFor();
    await page.getByRole("button", { name: "GetUser", exact: true }).click();
    await page.getByText("Access Token has been revoked").first().waitFor();
    expect(page.complaints).toEqual([]);
  });

  it("proves the password by SRP in the browser", async () => {
    await createUser("boris", "Perm4nent!", true);
    const page = await tryIt("USER_SRP_AUTH", "boris", "Perm4nent!");
    await page.getByText("The user is signed in.").waitFor();
    await page.getByRole("button", { name: "2. RespondToAuthChallenge" }).waitFor();
    await page.getByRole("button", { name: "Refresh", exact: true }).click();
    await page.getByRole("button", { name: "3. GetTokensFromRefreshToken" }).waitFor();
  });

  it("asks for the code of a reset or forgotten password, and signs in with the new one", async () => {
    await createUser("dora", "Perm4nent!", true);
    const user = { UserPoolId: poolId, Username: "dora" };
    await tested.server.cognito.send(
      new AdminUpdateUserAttributesCommand({
        ...user,
        UserAttributes: [
          { Name: "email", Value: "dora@example.com" },
          { Name: "email_verified", Value: "true" },
        ],
      }),
    );
    const code = async () => {
      const answer = await fetch(`${tested.server.url}/_cognate/inbox?destination=dora@example.com`);
      const { messages } = (await answer.json()) as { messages: { body: string }[] };
      return /\d{6}/.exec(messages[0]?.body ?? "")?.[0] ?? "";
    };
    await tested.server.cognito.send(new AdminResetUserPasswordCommand(user));

    const page = await tryIt("USER_SRP_AUTH", "dora", "Perm4nent!");
    await page.getByRole("heading", { name: "Reset password" }).waitFor();
    await page.getByText("It was sent when the password was reset.").waitFor();
    await page.getByRole("textbox", { name: "Code" }).fill("000000");
    await page.getByRole("textbox", { name: "New password" }).fill("N3xt-one!");
    await page.getByRole("button", { name: "Set password" }).click();
    await page.getByText("CodeMismatchException").first().waitFor();
    await page.getByRole("textbox", { name: "Code" }).fill(await code());
    await page.getByRole("button", { name: "Set password" }).click();
    await page.getByText("The user is signed in.").waitFor();

    await page.getByRole("button", { name: "Start over" }).click();
    await page.getByRole("textbox", { name: "User name" }).fill("dora");
    await page.getByRole("button", { name: "Forgot password?" }).click();
    await page.getByText("It was sent to d***@e***.").waitFor();
    await takeScreenshot(page, "tryIt-code");
    await page.getByRole("textbox", { name: "Code" }).fill(await code());
    await page.getByRole("textbox", { name: "New password" }).fill("Th1rd-one!");
    await page.getByRole("button", { name: "Set password" }).click();
    await page.getByText("The user is signed in.").waitFor();
    expect(await page.content()).not.toContain("Th1rd-one!");
    expect(page.complaints).toEqual([]);
  });

  it("shows Cognito's error text", async () => {
    const page = await tryIt("USER_PASSWORD_AUTH", "nobody", "Perm4nent!");
    await page
      .getByText("NotAuthorizedException")
      .or(page.getByText("UserNotFoundException"))
      .first()
      .waitFor();
    await page.getByRole("button", { name: "Start over" }).click();
    await page.getByText("NotAuthorizedException").waitFor({ state: "detached" });
  });

  it("decodes a token, and shows the reason why it would be rejected", async () => {
    const { poolId: otherPool, clientId: client } = await createPoolAndClient(tested.server.cognito, {
      PoolName: "tokens",
    });
    const user = { UserPoolId: otherPool, Username: "carla" };
    const { cognito } = tested.server;
    await createConfirmedUser(cognito, { ...user, Password: "Perm4nent!" });
    const { AuthenticationResult } = await cognito.send(
      new AdminInitiateAuthCommand({
        UserPoolId: otherPool,
        ClientId: client,
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "carla", PASSWORD: "Perm4nent!" },
      }),
    );
    const token = AuthenticationResult?.AccessToken ?? "";

    const page = await tested.open("/token-decoder");
    const field = page.getByRole("textbox", { name: "Token" });
    await field.fill(`Bearer ${token}`);
    await page.getByText("Every check passes").waitFor();
    await page.locator("pre", { hasText: `"client_id": "${client}"` }).waitFor();
    expect(await partsThatTouch(page)).toEqual([]);

    const [header, payload, signature = ""] = token.split(".");
    await field.fill([header, payload, signature.replace(/^../, "AA")].join("."));
    await page.getByText("A resource server refuses this token: Signature.").waitFor();
    await field.fill("not a token");
    await page.getByText("A token has three parts with dots between them.").waitFor();
    await field.fill(AuthenticationResult?.RefreshToken ?? "");
    await page.getByText("This looks like a refresh token.").waitFor();

    tested.server.clock?.advance(2 * 3600 * 1000);
    await field.fill(token);
    await page.getByText("A resource server refuses this token: Expiry.").waitFor();
    tested.server.clock?.reset();
  });

  it("shows each new call with caller, decision, status and timing, and without secrets", async () => {
    const page = await tested.open("/activity");
    await page.getByText("Live").waitFor();
    await tested.server
      .aws("cognate-power-user", "iam", "create-user", "--user-name", "mallory")
      .catch(() => "The role may not.");
    const row = page.getByRole("row", { name: /CreateUser/ }).filter({ hasText: "Denied" });
    await row.waitFor();
    await row.getByText("403 AccessDenied").waitFor();
    await row.getByText(/assumed-role\/cognate-power-user/).waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByText("Paused").waitFor();
    await page.getByRole("searchbox").fill("CreateUser");
    await row.getByRole("link", { name: "CreateUser" }).click();
    await page.getByRole("dialog").getByText("Request ID").waitFor();
    expect(await page.content()).not.toContain("Perm4nent!");
  });

  it("shows beside the calls whether the audit log is written, and whether records were lost", async () => {
    const page = await tested.open("/activity");
    await page.getByText("This server keeps no audit log. The setting auditLog turns it on.").waitFor();
    const state = { target: { kind: "file", path: "/logs/audit.jsonl" }, delivered: 1200, lost: 3 };
    await page.route("**/console/api/audit-log", (route) =>
      route.fulfill({ json: { ...state, lastError: "ENOSPC: no space left on device" } }),
    );
    await page.reload();
    await page
      .getByText(
        "The audit log is written to /logs/audit.jsonl. Records since the server started: 1,200 delivered, 3 lost. ENOSPC: no space left on device",
      )
      .waitFor();
  });

  it("counts no calls beside a refusal to show them", async () => {
    const page = await tested.open("/clock");
    await page.route("**/console/api/activity", (route) =>
      route.fulfill({ status: 403, json: { message: "Only an administrator sees this." } }),
    );
    await visit(page, "/console/activity");
    await page.getByText("Only an administrator sees this.").waitFor();
    await page.getByRole("heading", { level: 1, name: "Activity", exact: true }).waitFor();
  });

  it("shows request, answer and user of an application's call, without secrets and without the console's own calls", async () => {
    const page = await tested.open("/activity");
    await page.getByText("Live").waitFor();
    await createUser("fred", "Perm4nent!", true);
    const { cognito } = tested.server;
    const clients = await cognito.send(new ListUserPoolClientsCommand({ UserPoolId: poolId }));
    const { ClientId = "" } = clients.UserPoolClients?.[0] ?? {};
    await cognito
      .send(
        new InitiateAuthCommand({
          ClientId,
          AuthFlow: "USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: "fred", PASSWORD: "Perm4nent!" },
        }),
      )
      .catch(() => "A client with a secret asks for its hash.");
    const row = page
      .getByRole("row", { name: /InitiateAuth/ })
      .filter({ hasText: "fred" })
      .first();
    await row.getByRole("link", { name: "InitiateAuth" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(ClientId).first().waitFor();
    const sent = dialog.locator("pre", { hasText: '"USERNAME": "fred"' });
    expect(await sent.textContent()).toContain('"PASSWORD": "••••••••"');
    await dialog.locator("pre", { hasText: "SECRET_HASH was not received" }).waitFor();
    expect(await page.content()).not.toContain("Perm4nent!");
    await dialog.getByRole("button", { name: /close/i }).click();

    const other = await tested.open(`/user-pools/${poolId}/groups`);
    await other.getByRole("heading", { name: "Groups" }).waitFor();
    await other.getByText("No groups").waitFor();
    await page.getByRole("link", { name: "ListGroups" }).waitFor({ state: "detached" });
    await page.getByRole("checkbox", { name: "Show the console's own calls" }).check();
    await page.getByRole("link", { name: "ListGroups" }).first().waitFor();
  });

  it("stops the clock and lets it run again", async () => {
    const page = await tested.open("/clock");
    await page.getByRole("button", { name: "Stop the clock" }).click();
    await page.getByText("Stopped", { exact: true }).waitFor();
    await page.getByRole("link", { name: "Clock stopped" }).waitFor();
    expect(tested.server.clock?.isStopped).toBe(true);
    await takeScreenshot(page, "clock-stopped");
    await page.getByRole("button", { name: "Let the clock run" }).click();
    await page.getByRole("button", { name: "Stop the clock" }).waitFor();
    expect(tested.server.clock?.isStopped).toBe(false);
    tested.server.clock?.reset();
  });

  it("takes a snapshot, restores the state and the clock of that time, and deletes it", async () => {
    const page = await tested.open("/snapshots");
    await page.getByText("No snapshots").waitFor();
    await page.getByRole("button", { name: "Take snapshot" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("with spaces");
    await dialog.getByRole("button", { name: "Take snapshot" }).click();
    await dialog.getByText("Enter a name of letters").waitFor();
    await dialog.getByLabel("Name").fill("base");
    await dialog.getByRole("button", { name: "Take snapshot" }).click();
    await flash(page, "The snapshot base was taken.").waitFor();
    await createUser("after-the-snapshot", "Perm4nent!", true);
    tested.server.clock?.advance(3_600_000);

    await page.getByRole("radio", { name: "Select base" }).click();
    await page.getByRole("button", { name: "Restore" }).click();
    await page.getByRole("dialog").getByText("The server goes back to the state of this snapshot.").waitFor();
    await takeScreenshot(page, "snapshots-restore");
    await page.getByRole("dialog").getByRole("button", { name: "Restore" }).click();
    await flash(page, "The server is as it was in the snapshot base.").waitFor();
    expect(tested.server.clock?.offsetMilliseconds).toBe(0);
    await takeScreenshot(page, "snapshots");
    const after = new AdminGetUserCommand({ UserPoolId: poolId, Username: "after-the-snapshot" });
    await expect(tested.server.cognito.send(after)).rejects.toMatchObject({ name: "UserNotFoundException" });

    await page.getByRole("radio", { name: "Select base" }).check();
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.getByText("No snapshots").waitFor();
  });

  it("moves the clock and resets it", async () => {
    const page = await tested.open("/clock");
    await page.getByText("Not moved").waitFor();
    await page.getByRole("button", { name: "1 day" }).click();
    await page.getByText("1 d", { exact: true }).waitFor();
    expect(tested.server.clock?.offsetMilliseconds).toBe(24 * 3600 * 1000);
    const date = page.getByRole("textbox", { name: "Date" });
    await date.fill("");
    await page.getByRole("button", { name: "Set the time", disabled: true }).waitFor();
    await date.fill("2031/01/31");
    await page.getByRole("textbox", { name: "Time" }).fill("12:00:00");
    await page.getByRole("button", { name: /Choose a date/ }).click();
    const day = page.getByRole("gridcell").filter({ has: page.getByText("28", { exact: true }) });
    await takeScreenshot(page, "clock-set");
    await day.click();
    await page.getByRole("button", { name: "Set the time" }).click();
    await flash(page, "Jan 28, 2031, 12:00:0").first().waitFor();
    await page.getByRole("button", { name: "Back to the system's time" }).click();
    await page.getByText("Not moved").waitFor();
    expect(tested.server.clock?.offsetMilliseconds).toBe(0);
  });
});
