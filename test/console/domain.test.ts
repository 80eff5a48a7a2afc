import {
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  DescribeResourceServerCommand,
  DescribeUserPoolCommand,
  DescribeUserPoolDomainCommand,
  ListResourceServersCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPoolAndClient } from "../support/server.ts";
import { type ConsoleUnderTest, flash, seriousFindings, startConsole, takeScreenshot } from "./support.ts";

describe("the page of a pool's domain in the console", () => {
  let tested: ConsoleUnderTest;
  let poolId: string;

  beforeAll(async () => {
    tested = await startConsole({}, { staysLoaded: true });
    ({ poolId } = await createPoolAndClient(tested.server.cognito, { PoolName: "shop" }));
  });
  afterAll(() => tested.stop());

  it("creates a domain, and deletes it after its name is entered", async () => {
    const page = await tested.open(`/user-pools/${poolId}/domain`);
    await page.getByRole("button", { name: "Create Cognito domain" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Domain prefix" }).fill("-shop");
    await dialog.locator('[aria-invalid="true"]').waitFor();
    await dialog.getByRole("textbox", { name: "Domain prefix" }).fill("shop");
    await dialog.getByRole("button", { name: "Create Cognito domain" }).click();
    await flash(page, "Domain “shop” has been created.").waitFor();
    const { port } = new URL(tested.server.url);
    await page.getByText(`http://shop.localhost:${port}`).waitFor();
    await takeScreenshot(page, "domain-created", true);
    const described = await tested.server.cognito.send(new DescribeUserPoolCommand({ UserPoolId: poolId }));
    expect(described.UserPool?.Domain).toBe("shop");
    await page.getByRole("button", { name: "Delete: Cognito domain" }).click();
    await dialog.getByRole("textbox").fill("shop");
    await dialog.getByRole("button", { name: "Delete", exact: true }).click();
    await flash(page, "Domain “shop” has been deleted.").waitFor();
    await page.getByText("No Cognito domain").waitFor();
  });

  it("creates a custom domain with failover to the Region of a replica", async () => {
    const page = await tested.open(`/user-pools/${poolId}/domain`);
    await page.getByRole("button", { name: "Create custom domain" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Custom domain name" }).fill("auth.example.com");
    const certificate = "arn:aws:acm:us-east-1:123456789012:certificate/id";
    await dialog.getByRole("textbox", { name: "ACM certificate ARN" }).fill(certificate);
    await dialog.getByRole("button", { name: /^Failover Region/ }).click();
    await page.getByRole("option", { name: "eu-west-1" }).click();
    await dialog.getByRole("textbox", { name: "Route 53 health check ID" }).fill("check-1");
    await dialog.getByRole("button", { name: "Create custom domain" }).click();
    await flash(page, "Domain “auth.example.com” has been created.").waitFor();
    await page.getByText("eu-west-1", { exact: true }).waitFor();
    const { DomainDescription } = await tested.server.cognito.send(
      new DescribeUserPoolDomainCommand({ Domain: "auth.example.com" }),
    );
    expect(DomainDescription?.Routing).toEqual({
      Failover: { SecondaryRegion: "eu-west-1", PrimaryRoute53HealthCheckId: "check-1" },
    });
  });

  it("creates a resource server with scopes", async () => {
    const page = await tested.open(`/user-pools/${poolId}/domain`);
    await page.getByRole("button", { name: "Create resource server" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Resource server name" }).fill("orders");
    await dialog.getByRole("textbox", { name: "Resource server identifier" }).fill("orders");
    await dialog.getByRole("button", { name: "Add custom scope" }).click();
    await dialog.getByRole("textbox", { name: "Scope name" }).fill("read");
    await dialog.getByRole("textbox", { name: "Description" }).fill("Read orders");
    expect(await seriousFindings(page)).toEqual([]);
    await takeScreenshot(page, "resource-server-dialog");
    await dialog.getByRole("button", { name: "Create resource server" }).click();
    await page.getByText("orders/read").waitFor();
    const { ResourceServers } = await tested.server.cognito.send(
      new ListResourceServersCommand({ UserPoolId: poolId, MaxResults: 10 }),
    );
    expect(ResourceServers).toMatchObject([
      { Identifier: "orders", Scopes: [{ ScopeName: "read", ScopeDescription: "Read orders" }] },
    ]);
  });

  it("asks for another name where a scope of a resource server is there already", async () => {
    const { cognito } = tested.server;
    const { poolId: UserPoolId } = await createPoolAndClient(cognito);
    const server = { UserPoolId, Identifier: "shop", Name: "Shop" };
    const scope = (ScopeName: string, ScopeDescription: string) => ({ ScopeName, ScopeDescription });
    await cognito.send(new CreateResourceServerCommand({ ...server, Scopes: [scope("read", "Read")] }));
    const page = await tested.open(`/user-pools/${UserPoolId}/domain`);
    await page.getByRole("button", { name: "Edit: Shop" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Add custom scope" }).click();
    const newName = dialog.getByRole("textbox", { name: "Scope name" }).last();
    await newName.fill("read");
    await dialog.getByRole("textbox", { name: "Description" }).last().fill("Write");
    await dialog.getByText("This scope is there already.").waitFor();
    await dialog.getByRole("button", { name: "Save changes" }).click();
    await newName.fill("write");
    await dialog.getByText("This scope is there already.").waitFor({ state: "detached" });
    await dialog.getByRole("button", { name: "Save changes" }).click();
    await dialog.waitFor({ state: "detached" });
    const { ResourceServer } = await cognito.send(new DescribeResourceServerCommand(server));
    expect(ResourceServer?.Scopes).toEqual([scope("read", "Read"), scope("write", "Write")]);
  });

  it("is deleted with its pool, which may be under deletion protection", async () => {
    const { cognito } = tested.server;
    const { UserPool } = await cognito.send(
      new CreateUserPoolCommand({ PoolName: "leaving", DeletionProtection: "ACTIVE" }),
    );
    const UserPoolId = UserPool?.Id ?? "";
    await cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: "leaving" }));
    const page = await tested.open(`/user-pools/${UserPoolId}/settings`);
    await page.getByRole("button", { name: "Delete user pool" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("checkbox", { name: "Deactivate deletion protection" }).check();
    await dialog.getByRole("textbox", { name: /To confirm/ }).fill("leaving");
    await dialog.getByRole("button", { name: "Delete" }).click();
    await flash(page, "User pool “leaving” has been deleted successfully.").waitFor();
    const answer = await cognito.send(new DescribeUserPoolDomainCommand({ Domain: "leaving" }));
    expect(answer.DomainDescription).toEqual({});
  });

  it("builds an authorization request that opens the login page", async () => {
    const { UserPoolClient } = await tested.server.cognito.send(
      new CreateUserPoolClientCommand({
        UserPoolId: poolId,
        ClientName: "web",
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthFlows: ["code", "implicit"],
        AllowedOAuthScopes: ["openid", "email"],
        CallbackURLs: ["https://app.example.com/callback"],
        LogoutURLs: ["https://app.example.com/bye"],
        SupportedIdentityProviders: ["COGNITO"],
      }),
    );
    const page = await tested.open(`/user-pools/${poolId}/app-clients/detail/${UserPoolClient?.ClientId}`);
    await page.getByRole("tab", { name: "OAuth 2.0 requests" }).click();
    await page.getByRole("checkbox", { name: "email" }).uncheck();
    const link = page.getByRole("link", { name: "View login page" });
    const url = new URL((await link.getAttribute("href")) ?? "");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: "code",
      client_id: UserPoolClient?.ClientId,
      redirect_uri: "https://app.example.com/callback",
      scope: "openid",
      state: expect.any(String),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: "S256",
    });
    await page.locator("pre", { hasText: "code_verifier=" }).waitFor();
    await page.locator("pre", { hasText: "/logout?client_id=" }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(page.complaints).toEqual([]);
    await takeScreenshot(page, "oauth-requests", true);
    const answer = await page.goto(url.href);
    expect(answer?.status()).toBe(200);
    expect(new URL(page.url()).pathname).toContain("/login");
  });
});
