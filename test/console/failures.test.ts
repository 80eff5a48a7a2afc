/** The console when the server does not answer, or has other files than the loaded page. */
import {
  AdminCreateUserCommand,
  CreateResourceServerCommand,
  DescribeUserPoolClientCommand,
  UpdateUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { CreateAccessKeyCommand, CreateLoginProfileCommand, CreateUserCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { iamClient } from "../support/iam.ts";
import { createPoolAndClient } from "../support/server.ts";
import { type ConsoleUnderTest, flash, startConsole, takeScreenshot, visit } from "./support.ts";

describe("a page that was shown before", () => {
  let tested: ConsoleUnderTest;
  beforeAll(async () => {
    tested = await startConsole({}, { staysLoaded: true });
  });
  afterAll(() => tested.stop());

  it("keeps its content and shows an error while the server does not answer, and Retry loads its list later", async () => {
    const { poolId } = await createPoolAndClient(tested.server.cognito);
    const page = await tested.open(`/user-pools/${poolId}/users`);
    await page.getByText("No users").waitFor();
    // Not by being offline: queries are sent again when the browser is online again, so that Retry may go away before it is clicked.
    await page.route("**/*", (route) => route.abort());
    await page.getByRole("button", { name: "Refresh" }).click();
    // One for the pool, one for the list. Each goes as soon as its answer has come.
    const retry = page.getByRole("button", { name: "Retry" });
    await expect.poll(() => retry.count()).toBe(2);
    await page.getByText("The server doesn't answer").first().waitFor();
    await page.getByRole("heading", { level: 1, name: "Users" }).waitFor();
    await page.unroute("**/*");
    await retry.last().click();
    await expect.poll(() => retry.count()).toBe(1);
    await retry.click();
    await page.getByText("No users").waitFor();
    await page.getByText("The server doesn't answer").waitFor({ state: "detached" });
  });

  it("keeps the rows of a table that cannot be loaded again, with the error beside them until it is loaded", async () => {
    const iam = iamClient(tested.server);
    await iam.send(new CreateUserCommand({ UserName: "kim" }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "kim" }));
    iam.destroy();
    const page = await tested.open("/iam/users/detail/kim");
    const row = page.getByRole("row", { name: AccessKey?.AccessKeyId ?? "" });
    await row.waitFor();
    await page.route(`${tested.server.url}/`, (route, request) =>
      request.postData()?.includes("Action=ListAccessKeys") ? route.abort() : route.continue(),
    );
    await row.getByRole("button", { name: "Deactivate" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Deactivate" }).click();
    const alert = page.getByRole("alert").filter({ hasText: "The server doesn't answer" });
    await alert.waitFor();
    expect(await row.isVisible()).toBe(true);
    await takeScreenshot(page, "failed-reload");
    await page.unroute(`${tested.server.url}/`);
    await alert.getByRole("button", { name: "Retry" }).click();
    await row.getByText("Inactive").waitFor();
    await alert.waitFor({ state: "detached" });
  });

  it("offers no console password of an IAM user while it is unknown whether there is one", async () => {
    const iam = iamClient(tested.server);
    await iam.send(new CreateUserCommand({ UserName: "lee" }));
    await iam.send(new CreateLoginProfileCommand({ UserName: "lee", Password: "Console-pass1" }));
    iam.destroy();
    const page = await tested.open("/iam/users");
    await page.route(`${tested.server.url}/`, (route, request) =>
      request.postData()?.includes("Action=GetLoginProfile") ? route.abort() : route.continue(),
    );
    await page.getByRole("link", { name: "lee" }).click();
    const alert = page.getByRole("alert").filter({ hasText: "The server doesn't answer" });
    await alert.waitFor();
    await page.getByRole("button", { name: "Set console password", disabled: true }).focus();
    await page.getByText("Whether this user has a password could not be loaded.").last().waitFor();
    await takeScreenshot(page, "unknown-password");
    await page.unroute(`${tested.server.url}/`);
    await alert.getByRole("button", { name: "Retry" }).click();
    await page.getByRole("button", { name: "Change console password", disabled: false }).waitFor();
  });

  it("edits login pages without the identity providers or custom scopes, which it says are missing", async () => {
    const { cognito } = tested.server;
    const { poolId, clientId } = await createPoolAndClient(cognito);
    await cognito.send(
      new CreateResourceServerCommand({
        UserPoolId: poolId,
        Identifier: "shop",
        Name: "Shop",
        Scopes: ["read", "write"].map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName })),
      }),
    );
    await cognito.send(
      new UpdateUserPoolClientCommand({
        UserPoolId: poolId,
        ClientId: clientId,
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthFlows: ["code"],
        AllowedOAuthScopes: ["openid", "shop/read"],
        CallbackURLs: ["https://app.example.com/callback"],
        SupportedIdentityProviders: ["COGNITO"],
      }),
    );
    const page = await tested.open(`/user-pools/${poolId}/app-clients/detail/${clientId}?tab=login-pages`);
    const isMissing = /\.(ListIdentityProviders|ListResourceServers)$/;
    await page.route(`${tested.server.url}/`, async (route) =>
      isMissing.test((await route.request().headerValue("x-amz-target")) ?? "")
        ? route.abort()
        : route.continue(),
    );
    await page.getByRole("link", { name: "Edit: Login pages" }).click();
    await page.getByRole("heading", { level: 1, name: "Edit login pages" }).waitFor();
    const retry = page.getByRole("alert").getByRole("button", { name: "Retry" });
    await expect.poll(() => retry.count()).toBe(2);
    await page.getByText("The other choices could not be loaded.").first().waitFor();
    await takeScreenshot(page, "login-pages-missing", true);
    await page.getByRole("textbox", { name: "Callback URL" }).fill("https://other.example.com/callback");
    await page.unroute(`${tested.server.url}/`);
    await retry.last().click();
    await expect.poll(() => retry.count()).toBe(1);
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, /has been updated/).waitFor();
    const now = await cognito.send(
      new DescribeUserPoolClientCommand({ UserPoolId: poolId, ClientId: clientId }),
    );
    expect(now.UserPoolClient).toMatchObject({
      CallbackURLs: ["https://other.example.com/callback"],
      AllowedOAuthScopes: ["openid", "shop/read"],
      SupportedIdentityProviders: ["COGNITO"],
    });
  });

  describe("with one part that the server does not answer", () => {
    let poolId: string;
    beforeAll(async () => {
      const { cognito } = tested.server;
      ({ poolId } = await createPoolAndClient(cognito, {
        UserPoolTier: "PLUS",
        UserPoolAddOns: { AdvancedSecurityMode: "ENFORCED" },
      }));
      await cognito.send(
        new AdminCreateUserCommand({ UserPoolId: poolId, Username: "jane", MessageAction: "SUPPRESS" }),
      );
    });

    it.each([
      ["threat-protection", "ListUserPoolClients"],
      ["extensions", "/functions"],
      ["users/detail/jane", "ListIdentityProviders"],
      ["users/detail/jane", "/pending-attributes"],
      ["domain", "/openid-configuration"],
    ])("says so on the page %s without %s, and Retry loads it", async (path, missing) => {
      const page = await tested.open("/clock");
      await page.route("**/*", (route, request) =>
        `${request.headers()["x-amz-target"]} ${request.url()}`.includes(missing)
          ? route.abort()
          : route.continue(),
      );
      await visit(page, `/console/user-pools/${poolId}/${path}`);
      const alert = page.getByRole("alert").filter({ hasText: "The server doesn't answer" });
      await alert.waitFor();
      await page.unroute("**/*");
      await alert.getByRole("button", { name: "Retry" }).click();
      await alert.waitFor({ state: "detached" });
    });
  });

  it("keeps a message of the inbox open that could not be deleted", async () => {
    const { cognito } = tested.server;
    const { poolId } = await createPoolAndClient(cognito);
    const UserAttributes = [{ Name: "email", Value: "lee@example.com" }];
    await cognito.send(
      new AdminCreateUserCommand({
        UserPoolId: poolId,
        Username: "lee",
        UserAttributes,
        DesiredDeliveryMediums: ["EMAIL"],
      }),
    );
    const page = await tested.open("/inbox");
    await page.getByText("Your temporary password").first().click();
    const dialog = page.getByRole("dialog");
    await page.route("**/console/api/inbox/*", (route) => route.abort());
    await dialog.getByRole("button", { name: "Delete" }).click();
    await dialog.getByText("The server doesn't answer").waitFor();
    await page.unroute("**/console/api/inbox/*");
    await dialog.getByRole("button", { name: "Delete" }).click();
    await dialog.waitFor({ state: "detached" });
  });
});

// The browser's cache has what an earlier test loaded.
describe("a page whose script cannot be loaded", { shuffle: false }, () => {
  let tested: ConsoleUnderTest;
  beforeAll(async () => {
    tested = await startConsole();
  });
  afterAll(() => tested.stop());

  it("shows an error inside the frame while the server does not answer, and Retry loads it later", async () => {
    const page = await tested.open("/user-pools");
    await page.getByRole("heading", { level: 1, name: "User pools" }).waitFor();
    await page.context().setOffline(true);
    await page.getByRole("link", { name: "Token decoder" }).click();
    await page.getByText("This page could not be shown").waitFor();
    await page.getByRole("link", { name: "IAM users" }).waitFor();

    const failed = page.waitForEvent("requestfailed");
    await page.getByRole("button", { name: "Retry" }).click();
    await failed;
    await page.getByText("This page could not be shown").waitFor();
    await page.context().setOffline(false);
    await page.getByRole("button", { name: "Retry" }).click();
    await page.getByRole("heading", { level: 1, name: "Token decoder" }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/console/token-decoder");
  });

  it("reloads the console once if the server has other files", async () => {
    const page = await tested.open("/user-pools");
    await page.getByRole("heading", { level: 1, name: "User pools" }).waitFor();
    let requests = 0;
    let isGone = true;
    await page.route(/token-decoder-.*\.js$/, async (route) => {
      requests++;
      if (isGone) await route.fulfill({ status: 404, body: "" });
      else await route.continue();
    });
    await page.getByRole("link", { name: "Token decoder" }).click();
    // The reload does not help here, and is not repeated.
    await page.getByText("This page could not be shown").waitFor();
    await expect.poll(() => requests).toBe(2);
    await page.getByText("This page could not be shown").waitFor();
    isGone = false;
    await page.getByRole("button", { name: "Retry" }).click();
    await page.getByRole("heading", { level: 1, name: "Token decoder" }).waitFor();
    expect(requests).toBe(3);
  });

  it("shows an error even if the texts cannot be loaded", async () => {
    const page = await tested.open("/user-pools");
    await page.route(/\/assets\/en-.*\.js$/, (route) => route.fulfill({ status: 404, body: "" }));
    await page.reload();
    await page.getByRole("button", { name: "Retry" }).waitFor();
  });
});
