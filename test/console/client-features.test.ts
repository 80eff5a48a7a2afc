import {
  CreateIdentityProviderCommand,
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
  CreateUserPoolCommand,
  DeleteIdentityProviderCommand,
  DeleteResourceServerCommand,
  DescribeUserPoolClientCommand,
  GetUserPoolClientSessionConfigurationCommand,
  ListUserPoolClientsCommand,
  SetUserPoolSessionConfigurationCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createConfirmedUser, createPoolAndClient } from "../support/server.ts";
import { type ConsoleUnderTest, flash, seriousFindings, startConsole, takeScreenshot } from "./support.ts";

const CALLBACK = "https://app.example.com/back";

describe("login pages, sessions and tokens of an app client in the console", () => {
  let tested: ConsoleUnderTest;
  let UserPoolId: string;

  beforeAll(async () => {
    tested = await startConsole({}, { staysLoaded: true });
    const { cognito } = tested.server;
    ({ poolId: UserPoolId } = await createPoolAndClient(cognito, { PoolName: "shop" }));
    const user = { UserPoolId, Username: "jane" };
    await createConfirmedUser(cognito, { ...user, Password: "Perm4nent!" });
    await cognito.send(
      new CreateResourceServerCommand({
        UserPoolId,
        Identifier: "orders",
        Name: "Orders",
        Scopes: [{ ScopeName: "read", ScopeDescription: "Read orders" }],
      }),
    );
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

  async function newClient(settings: Partial<CreateUserPoolClientCommandInput> = {}): Promise<string> {
    const { UserPoolClient } = await tested.server.cognito.send(
      new CreateUserPoolClientCommand({ UserPoolId, ClientName: "web", ...settings }),
    );
    return UserPoolClient?.ClientId ?? "";
  }
  const web = {
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ["code" as const],
    AllowedOAuthScopes: ["openid", "email"],
    CallbackURLs: [CALLBACK],
    SupportedIdentityProviders: ["COGNITO"],
  };
  const described = async (ClientId: string) => {
    const answer = await tested.server.cognito.send(
      new DescribeUserPoolClientCommand({ UserPoolId, ClientId }),
    );
    return answer.UserPoolClient ?? {};
  };
  const openTab = async (clientId: string, name: string) => {
    const page = await tested.open(`/user-pools/${UserPoolId}/app-clients/detail/${clientId}`);
    await page.getByRole("tab", { name, exact: true }).click();
    return page;
  };
  const signIn = async (page: Page) => {
    await page.getByRole("textbox", { name: "Username" }).fill("jane");
    const password = page.locator('input[type="password"]');
    if (!(await password.isVisible())) await page.getByRole("button", { name: "Next" }).click();
    await password.fill("Perm4nent!");
    await page.locator('form button[type="submit"], form input[type="submit"]').first().click();
  };

  it("choose URLs, identity providers and custom scopes", async () => {
    const clientId = await newClient({ GenerateSecret: true });
    const page = await openTab(clientId, "Login pages");
    await page
      .getByRole("button", { name: /^View login page/ })
      .and(page.locator("[aria-disabled]"))
      .waitFor();
    await page.getByRole("link", { name: "Edit: Login pages" }).click();
    await page.getByRole("button", { name: "Add callback URL" }).click();
    const callback = page.getByRole("textbox", { name: "Callback URL" });
    await callback.fill("http://app.example.com/");
    await page.getByText("Enter an https:// address").waitFor();
    await callback.fill(CALLBACK);
    await page.getByRole("button", { name: "Add sign-out URL" }).click();
    await page.getByRole("textbox", { name: "Sign-out URL" }).fill("myapp://bye");
    await page.getByRole("button", { name: /^Default redirect URL/ }).click();
    await page.getByRole("option", { name: CALLBACK }).click();
    await page.getByRole("button", { name: /^Identity providers/ }).click();
    await page.getByRole("option", { name: "Google" }).click();
    await page.keyboard.press("Escape");
    await page.getByRole("checkbox", { name: "Authorization code grant" }).check();
    await page.getByRole("checkbox", { name: "Client credentials" }).check();
    for (const scope of [/^email/, /^phone/]) await page.getByRole("checkbox", { name: scope }).uncheck();
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("Client credentials can't be combined").waitFor();
    await page.getByRole("checkbox", { name: "Client credentials" }).uncheck();
    await page.getByRole("button", { name: /^Custom scopes/ }).click();
    await page.getByRole("option", { name: "orders/read" }).click();
    await page.keyboard.press("Escape");
    expect(await seriousFindings(page)).toEqual([]);
    await takeScreenshot(page, "login-pages-form", true);
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "App client “web” has been updated.").waitFor();
    expect(await described(clientId)).toMatchObject({
      CallbackURLs: [CALLBACK],
      LogoutURLs: ["myapp://bye"],
      DefaultRedirectURI: CALLBACK,
      SupportedIdentityProviders: ["COGNITO", "Google"],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid", "orders/read"],
    });

    await page.getByRole("tab", { name: "Login pages" }).click();
    const link = page.getByRole("link", { name: /^View login page/ });
    const answer = await page.goto((await link.getAttribute("href")) ?? "");
    expect(answer?.status()).toBe(200);
    await page.getByText("Google").first().waitFor();
  });

  it("are created for an application without users, by the scopes that it may request", async () => {
    const { cognito } = tested.server;
    const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: "machines" }));
    const UserPoolId = UserPool?.Id ?? "";
    const page = await tested.open(`/user-pools/${UserPoolId}/app-clients/create`);
    await page.getByRole("radio", { name: "Machine-to-machine application" }).check();
    await page.getByLabel("App client name").fill("nightly");
    await page.getByRole("button", { name: "Create app client" }).click();
    await page.getByText("This user pool has no custom scopes.").waitFor();
    await page.getByRole("link", { name: "Go to resource servers" }).waitFor();
    await cognito.send(
      new CreateResourceServerCommand({
        UserPoolId,
        Identifier: "reports",
        Name: "reports",
        Scopes: [{ ScopeName: "write", ScopeDescription: "Write reports" }],
      }),
    );
    await page.reload();
    await page.getByRole("radio", { name: "Machine-to-machine application" }).check();
    await page.getByLabel("App client name").fill("nightly");
    await page.getByRole("button", { name: "Create app client" }).click();
    await page.getByText("Choose at least one scope for the grant type.").waitFor();
    await page.getByRole("button", { name: /^Custom scopes/ }).click();
    await page.getByRole("option", { name: "reports/write" }).click();
    await page.keyboard.press("Escape");
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Create app client" }).click();
    await flash(page, "App client “nightly” has been created successfully.").waitFor();
    const { UserPoolClients } = await cognito.send(new ListUserPoolClientsCommand({ UserPoolId }));
    const { UserPoolClient } = await cognito.send(
      new DescribeUserPoolClientCommand({ UserPoolId, ClientId: UserPoolClients?.[0]?.ClientId }),
    );
    expect(UserPoolClient).toMatchObject({
      AllowedOAuthFlows: ["client_credentials"],
      AllowedOAuthScopes: ["reports/write"],
      ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
      ClientSecret: expect.any(String),
    });
    expect(page.complaints).toEqual([]);
  });

  it("complete the code flow with PKCE at the console's own callback URL", async () => {
    const clientId = await newClient({ ...web, GenerateSecret: true });
    const page = await openTab(clientId, "OAuth 2.0 requests");
    await page.getByRole("button", { name: "Add this console's callback URL" }).click();
    await flash(page, "The callback URL of this console has been added.").waitFor();
    await page.getByText("With it, the login page comes back").waitFor({ state: "detached" });
    const opened = page.waitForEvent("popup");
    await page.getByRole("link", { name: /^View login page/ }).click();
    const login = await opened;
    await signIn(login);
    await login.getByRole("heading", { level: 1, name: "Sign-in result" }).waitFor();
    await login.getByRole("tab", { name: "ID token" }).waitFor();
    await login.getByText('"cognito:username": "jane"').waitFor();
    expect(new URL(login.url()).search).toBe("");
    expect(await seriousFindings(login)).toEqual([]);
    await takeScreenshot(login, "oauth-callback", true);
    await login.reload();
    await login.getByText("This console did not begin this sign-in").waitFor();
  });

  it("exchange the code of a pasted address only if it has the state that was sent", async () => {
    const clientId = await newClient(web);
    const page = await openTab(clientId, "OAuth 2.0 requests");
    const opened = page.waitForEvent("popup");
    await page.getByRole("link", { name: /^View login page/ }).click();
    const login = await opened;
    // The app's own page does not exist here.
    const called = login.waitForRequest((request) => request.url().startsWith(CALLBACK));
    await signIn(login);
    const address = (await called).url();
    const field = page.getByRole("textbox", { name: "Address that the browser came back to" });
    await field.fill(address.replace(/state=[^&]*/, "state=other"));
    await page.getByRole("button", { name: "Exchange the code" }).click();
    await page.getByText("The state in this address is not the one that was sent.").waitFor();
    await field.fill(address);
    await page.getByRole("button", { name: "Exchange the code" }).click();
    await page.getByText('"cognito:username": "jane"').waitFor();
    await takeScreenshot(page, "code-exchange", true);
    await page.getByRole("button", { name: "Exchange the code" }).click();
    await page.getByText("invalid_grant").first().waitFor();
  });

  it("request tokens of the client itself by GetClientToken and by the token endpoint", async () => {
    const clientId = await newClient({
      ClientName: "machine",
      GenerateSecret: true,
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["client_credentials"],
      AllowedOAuthScopes: ["orders/read"],
    });
    const page = await tested.open(`/user-pools/${UserPoolId}/app-clients/detail/${clientId}/edit`);
    await page.getByRole("checkbox", { name: "Get tokens of the app client itself" }).check();
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "App client “machine” has been updated.").waitFor();
    expect((await described(clientId)).ExplicitAuthFlows).toEqual(["ALLOW_CLIENT_TOKEN_AUTH"]);
    await page.getByRole("tab", { name: "Tokens of the app client itself" }).click();
    for (const way of ["With GetClientToken", "With the token endpoint"]) {
      await page.getByRole("button", { name: `Get token: ${way}` }).click();
      await page.getByText('"scope": "orders/read"').waitFor();
    }
    expect(await seriousFindings(page)).toEqual([]);
    await takeScreenshot(page, "client-token", true);
  });

  it("say at the fields which providers and scopes do not exist any more, and can be saved without them", async () => {
    const { cognito } = tested.server;
    const details = { client_id: "id", client_secret: "secret", authorize_scopes: "openid" };
    const provider = { UserPoolId, ProviderName: "LoginWithAmazon" };
    await cognito.send(
      new CreateIdentityProviderCommand({
        ...provider,
        ProviderType: "LoginWithAmazon",
        ProviderDetails: details,
      }),
    );
    const server = { UserPoolId, Identifier: "old" };
    const Scopes = [{ ScopeName: "read", ScopeDescription: "Read" }];
    await cognito.send(new CreateResourceServerCommand({ ...server, Name: "Old", Scopes }));
    const clientId = await newClient({
      ...web,
      AllowedOAuthScopes: ["openid", "old/read"],
      SupportedIdentityProviders: ["COGNITO", "LoginWithAmazon"],
    });
    await cognito.send(new DeleteIdentityProviderCommand(provider));
    await cognito.send(new DeleteResourceServerCommand(server));

    const page = await tested.open(`/user-pools/${UserPoolId}/app-clients/detail/${clientId}/login-pages`);
    await page.getByText("must be removed: LoginWithAmazon").waitFor();
    await page.getByText("must be removed: old/read").waitFor();
    await page.getByRole("button", { name: "Remove LoginWithAmazon" }).click();
    await page.getByRole("button", { name: "Remove old/read" }).click();
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "App client “web” has been updated.").waitFor();
    expect(await described(clientId)).toMatchObject({
      AllowedOAuthScopes: ["openid"],
      SupportedIdentityProviders: ["COGNITO"],
    });
  });

  it("accept context data with a secret, and rotate refresh tokens without the flow that excludes it", async () => {
    const clientId = await newClient({ ...web, GenerateSecret: true });
    const page = await tested.open(`/user-pools/${UserPoolId}/app-clients/detail/${clientId}/edit`);
    await page.getByRole("checkbox", { name: "Accept additional user context data" }).check();
    await page.getByRole("checkbox", { name: "Refresh token rotation" }).check();
    await page.getByText("Rotation excludes the flow ALLOW_REFRESH_TOKEN_AUTH.").waitFor();
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.locator('input[aria-describedby*="-error"]:focus').waitFor();
    const refresh = page.getByRole("checkbox", { name: "Get new user tokens from existing" });
    const others = page.getByRole("checkbox", { name: /^Sign in with/ });
    for (const flow of [refresh, ...(await others.all())]) await flow.uncheck();
    await page.getByText("Choose at least one. Without any, Cognito allows its default flows.").waitFor();
    await page.getByRole("checkbox", { name: "Sign in with secure remote password" }).check();
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "App client “web” has been updated.").waitFor();
    expect(await described(clientId)).toMatchObject({
      ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"],
      EnablePropagateAdditionalUserContextData: true,
      RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 0 },
    });
  });

  it("set the validity of sessions for the client, if the pool tracks sessions", async () => {
    const clientId = await newClient(web);
    const page = await openTab(clientId, "Sessions");
    await page.getByText("The user pool doesn't track sessions").waitFor();
    await tested.server.cognito.send(
      new SetUserPoolSessionConfigurationCommand({
        UserPoolId,
        UserSessionTracking: "ENABLED",
        TokenSession: { MaxPerUser: 5 },
      }),
    );
    await page.getByRole("button", { name: "Edit: Sessions" }).click();
    const field = page.getByRole("dialog").getByRole("textbox", { name: "Session duration" });
    await field.fill("129601");
    await page.locator('[aria-invalid="true"]').waitFor();
    await field.fill("480");
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "The session settings of the app client have been updated.").waitFor();
    await page.getByText("480 minutes").waitFor();
    await takeScreenshot(page, "client-sessions", true);
    const answer = await tested.server.cognito.send(
      new GetUserPoolClientSessionConfigurationCommand({ UserPoolId, ClientId: clientId }),
    );
    expect(answer.SSOSession).toEqual({ MaxValidityMinutes: 480 });
  });
});
