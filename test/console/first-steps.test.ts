/** The way of a newcomer: a user pool with login pages, and a sign-in with an authenticator app. */
import {
  AdminGetUserCommand,
  DescribeUserPoolClientCommand,
  SetUserPoolMfaConfigCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newestMessage } from "../support/inbox.ts";
import { createConfirmedUser, createPoolAndClient } from "../support/server.ts";
import {
  type ConsolePage,
  type ConsoleUnderTest,
  flash,
  isRefused,
  seriousFindings,
  startConsole,
  takeScreenshot,
} from "./support.ts";

const PASSWORD = "Perm4nent!";

describe("the first steps in the console", () => {
  let tested: ConsoleUnderTest;
  beforeAll(async () => {
    tested = await startConsole();
  });
  afterAll(() => tested.stop());

  const hasFocus = (page: ConsolePage, name: string) =>
    page.getByRole("textbox", { name }).and(page.locator(":focus")).waitFor();

  async function signIn(page: ConsolePage): Promise<void> {
    await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
    await page.getByRole("textbox", { name: "Password" }).press("Enter");
  }

  it("lead from a return URL to the login page of the first app client", async () => {
    const page = await tested.open("/user-pools/create");
    await page.getByRole("textbox", { name: "Name your application" }).fill("Web shop");
    const url = page.getByRole("textbox", { name: "Return URL" });
    await url.fill("http://shop.example.com/callback");
    await isRefused(url);
    await url.fill("http://localhost:3000/callback");
    await takeScreenshot(page, "createPool-return-url");
    await page.getByRole("button", { name: "Create user directory" }).click();
    await flash(page, "User pool “Web shop” has been created successfully.").waitFor();
    await page.getByRole("heading", { level: 1, name: "Set up your application" }).waitFor();
    await page.getByText('const redirectUri = "http://localhost:3000/callback";').waitFor();
    await page.getByRole("link", { name: "View login page, opens in a new tab" }).waitFor();
    await takeScreenshot(page, "set-up-web");
    await page.getByRole("link", { name: "Go to overview" }).click();
    await page.getByRole("link", { name: "Set up your app: Web shop" }).click();
    await page.getByRole("tab", { name: "Login pages" }).click();
    const [, UserPoolId = "", ClientId = ""] =
      /user-pools\/([^/]+)\/app-clients\/detail\/([^/?]+)\?tab=login-pages$/.exec(page.url()) ?? [];
    const { UserPoolClient } = await tested.server.cognito.send(
      new DescribeUserPoolClientCommand({ UserPoolId, ClientId }),
    );
    expect(UserPoolClient).toMatchObject({
      CallbackURLs: ["http://localhost:3000/callback"],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid", "email", "phone"],
      SupportedIdentityProviders: ["COGNITO"],
    });
    const login = page.getByRole("link", { name: "View login page, opens in a new tab" });
    await page.goto((await login.getAttribute("href")) ?? "");
    await page.getByRole("button", { name: "Sign in", exact: true }).waitFor();
  });

  it("lead from a user to a sign-in that registers an authenticator app, and to one that asks for its code", async () => {
    const { cognito } = tested.server;
    const { poolId: UserPoolId } = await createPoolAndClient(cognito, { UsernameAttributes: ["email"] });
    const jane = { UserPoolId, Username: "jane@example.com" };
    await createConfirmedUser(cognito, { ...jane, Password: PASSWORD });
    const SoftwareTokenMfaConfiguration = { Enabled: true };
    await cognito.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId,
        MfaConfiguration: "OPTIONAL",
        SoftwareTokenMfaConfiguration,
      }),
    );
    const page = await tested.open(`/user-pools/${UserPoolId}/users/detail/jane@example.com`);
    const removal = page.getByRole("button", { name: "Remove authenticator app" });
    expect(await removal.getAttribute("aria-disabled")).toBe("true");
    await page.getByRole("main").getByRole("link", { name: "Try it" }).click();
    const username = page.getByRole("textbox", { name: "User name" });
    await username.and(page.locator('[value="jane@example.com"]')).waitFor();
    await signIn(page);
    await page.getByRole("button", { name: "Set up an authenticator app" }).click();
    await hasFocus(page, "Code from the authenticator app");
    const secret = (await page.getByText(/^[A-Z2-7]{32,}$/).textContent()) ?? "";
    const app = new TOTP({ secret: Secret.fromBase32(secret) });
    await page.keyboard.type(app.generate());
    expect(await seriousFindings(page)).toEqual([]);
    await takeScreenshot(page, "tryIt-authenticator", true);
    await page.keyboard.press("Enter");
    await page.getByText("The authenticator app is set up.").waitFor();
    const user = await cognito.send(new AdminGetUserCommand(jane));
    expect(user.UserMFASettingList).toEqual(["SOFTWARE_TOKEN_MFA"]);

    // Each code works once.
    tested.server.clock?.advance(60_000);
    await page.getByRole("button", { name: "Start over" }).click();
    await signIn(page);
    await hasFocus(page, "Code from the authenticator app");
    await page.keyboard.type(app.generate({ timestamp: tested.server.clock?.now() ?? 0 }));
    await page.keyboard.press("Enter");
    await page.getByText("The user is signed in.").waitFor();
    tested.server.clock?.reset();
    expect(page.complaints).toEqual([]);
  });

  it("show the sign-in page in the branding editor beside the settings", async () => {
    const { poolId } = await createPoolAndClient(tested.server.cognito, { UsernameAttributes: ["email"] });
    const page = await tested.open(`/user-pools/${poolId}/managed-login`);
    const frame = page.frameLocator('[class~="login-preview"]').first();
    await frame.getByText("Email address").waitFor();
    const tops = await page
      .locator(".branding-editor > *")
      .evaluateAll((parts) => parts.map((part) => Math.round(part.getBoundingClientRect().top)));
    expect(tops[1]).toBe(tops[0]);
    await page.getByRole("button", { name: "Info about this page" }).first().click();
    await page.getByText("Each app client can have a style of its own.").waitFor();
  });

  it("lead back from the inbox to the user pool", async () => {
    const { poolId } = await createPoolAndClient(tested.server.cognito, { PoolName: "way back" });
    const page = await tested.open(`/user-pools/${poolId}/users`);
    await page
      .getByRole("navigation", { name: "Side navigation" })
      .getByRole("link", { name: "way back" })
      .waitFor();
    await page.getByRole("link", { name: "Inbox" }).click();
    await page.getByRole("heading", { level: 1, name: "Inbox" }).waitFor();
    await page.getByRole("navigation").getByRole("link", { name: "way back" }).click();
    await page.getByRole("heading", { level: 1, name: "way back" }).waitFor();
    await page.getByRole("link", { name: "User pools" }).first().click();
    await page.getByRole("link", { name: "Inbox" }).click();
    await page.getByRole("heading", { level: 1, name: "Inbox" }).waitFor();
    expect(await page.getByRole("link", { name: "way back" }).count()).toBe(0);
  });

  it("lead back from the inbox to a user pool whose name was not loaded yet", async () => {
    const { poolId } = await createPoolAndClient(tested.server.cognito, { PoolName: "slow" });
    const page = await tested.open("/user-pools");
    await page.getByRole("link", { name: "slow" }).waitFor();
    await page.route("**/*", (route) =>
      route.request().headers()["x-amz-target"]?.endsWith(".DescribeUserPool") ? undefined : route.fallback(),
    );
    await page.getByRole("link", { name: "slow" }).click();
    await page.getByRole("link", { name: "Inbox" }).click();
    await page.getByRole("heading", { level: 1, name: "Inbox" }).waitFor();
    await page.getByRole("navigation").getByRole("link", { name: poolId }).waitFor();
  });

  it("keep a forgotten password's form open while the code is read in another tab", async () => {
    const { cognito } = tested.server;
    const { poolId: UserPoolId } = await createPoolAndClient(cognito, { UsernameAttributes: ["email"] });
    const Username = "lee@example.com";
    const UserAttributes = [
      { Name: "email", Value: Username },
      { Name: "email_verified", Value: "true" },
    ];
    await createConfirmedUser(cognito, { UserPoolId, Username, UserAttributes, Password: PASSWORD });
    const page = await tested.open(`/user-pools/${UserPoolId}/try-it?username=${Username}`);
    await page.getByRole("button", { name: "Forgot password?" }).click();
    await hasFocus(page, "Code");
    expect(await page.getByRole("link", { name: "Open the inbox" }).getAttribute("target")).toBe("_blank");
    const { body } = await newestMessage(tested.server, Username);
    await page.keyboard.type(/\d{6}/.exec(body)?.[0] ?? "");
    await page.getByRole("textbox", { name: "New password" }).fill("An0ther-one");
    await page.getByRole("button", { name: "Set password" }).click();
    await page.getByText("The user is signed in.").waitFor();
    await page.getByText("The access token expires after 60 minutes.").waitFor();
  });
});
