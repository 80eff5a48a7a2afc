/** Providers as an administrator sets them up: added, enabled for an app client, signed in through, and deleted. */
import {
  CreateIdentityProviderCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  DescribeIdentityProviderCommand,
  ListIdentityProvidersCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { identityProviderMetadata, testKey } from "../../src/federation/saml/fixtures/identity-provider.ts";
import { type OpenIdProvider, startOpenIdProvider } from "../support/openid-provider.ts";
import { type ConsoleUnderTest, flash, seriousFindings, startConsole, takeScreenshot } from "./support.ts";

const PREFIX = "provider-visit";
const CUSTOM = "auth.visit.example";

let tested: ConsoleUnderTest;
let poolId: string;
let provider: OpenIdProvider;

beforeAll(async () => {
  tested = await startConsole({}, { staysLoaded: true });
  const { cognito } = tested.server;
  const { UserPool } = await cognito.send(
    new CreateUserPoolCommand({ PoolName: "shop", UsernameAttributes: ["email"] }),
  );
  poolId = UserPool?.Id ?? "";
  await cognito.send(new CreateUserPoolDomainCommand({ UserPoolId: poolId, Domain: PREFIX }));
  await cognito.send(
    new CreateUserPoolDomainCommand({
      UserPoolId: poolId,
      Domain: CUSTOM,
      CustomDomainConfig: { CertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/id" },
    }),
  );
  provider = await startOpenIdProvider([`${tested.server.url}/${poolId}/oauth2/idpresponse`]);
  provider.accounts.set("jane", { email: "jane@corp.example", email_verified: true, name: "Jane" });
});
afterAll(async () => {
  provider.stop();
  await tested.stop();
});

/** Below the ID, at the prefix and at the custom domain, as the page of the domain shows them. */
function addresses(): string[] {
  const { port } = new URL(tested.server.url);
  return [`http://${CUSTOM}:${port}`, `http://${PREFIX}.localhost:${port}`, `${tested.server.url}/${poolId}`];
}

async function addMapping(page: Page, attribute: string, claim: string): Promise<void> {
  await page.getByRole("button", { name: "Add mapping" }).click();
  await page.getByRole("button", { name: "User pool attribute Choose an attribute" }).click();
  await page.getByRole("option", { name: attribute, exact: true }).click();
  await page.getByLabel("Provider attribute").last().fill(claim);
}

// The tests are one provider's way, from the form that adds it to its deletion.
describe("an OpenID Connect provider", { shuffle: false }, () => {
  it("asks for the missing half of a mapping, and offers each attribute once", async () => {
    const page = await tested.open(`/user-pools/${poolId}/identity-providers/create`);
    await page.getByLabel("Provider name").fill("Visit");
    await page.getByLabel("Client ID").fill(provider.clientId);
    await page.getByLabel("Client secret").fill(provider.clientSecret);
    await page.getByLabel("Issuer URL").fill(provider.issuer);
    await page.getByRole("button", { name: "Add mapping" }).click();
    await page.getByLabel("Provider attribute").last().fill("name");
    await page.getByRole("button", { name: "Add identity provider" }).click();
    await page.getByText("Choose the attribute to copy to, or remove the mapping.").waitFor();
    await page.getByRole("button", { name: "User pool attribute Choose an attribute" }).click();
    await page.getByRole("option", { name: "name", exact: true }).waitFor();
    expect(await page.getByRole("option", { name: "email", exact: true }).count()).toBe(0);
    await page.getByRole("option", { name: "name", exact: true }).click();
    await page.getByLabel("Provider attribute").last().fill("");
    await page.getByText("Enter the provider's name of the attribute, or remove the mapping.").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByLabel("Provider attribute").last().fill("name");
    await page.getByRole("button", { name: "Add identity provider" }).click();
    await flash(page, "Identity provider “Visit” has been added. Select it in the app clients").waitFor();
    const { IdentityProvider } = await tested.server.cognito.send(
      new DescribeIdentityProviderCommand({ UserPoolId: poolId, ProviderName: "Visit" }),
    );
    expect(IdentityProvider?.AttributeMapping).toEqual({ email: "email", name: "name", username: "sub" });
  });

  it("has a redirect URI for each address of the pool", async () => {
    const page = await tested.open(`/user-pools/${poolId}/identity-providers/detail/Visit`);
    for (const address of addresses())
      await page.getByText(`${address}/oauth2/idpresponse`, { exact: true }).waitFor();
  });

  it("signs a user in from “View login page” of an app client that has selected it", async () => {
    const { UserPoolClient } = await tested.server.cognito.send(
      new CreateUserPoolClientCommand({
        UserPoolId: poolId,
        ClientName: "web",
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthFlows: ["code"],
        AllowedOAuthScopes: ["openid", "email"],
        CallbackURLs: ["https://app.example.com/callback"],
        SupportedIdentityProviders: ["COGNITO"],
      }),
    );
    const client = `/user-pools/${poolId}/app-clients/detail/${UserPoolClient?.ClientId}`;
    const page = await tested.open(`${client}/login-pages`);
    await page.getByRole("button", { name: "Identity providers" }).click();
    await page.getByRole("option", { name: "Visit" }).click();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByRole("listitem").filter({ hasText: "Cognito user pool" }).waitFor();
    await page.getByRole("listitem").filter({ hasText: "Visit" }).waitFor();
    await takeScreenshot(page, "client-with-provider");

    const popup = page.waitForEvent("popup");
    await page.getByRole("link", { name: "View login page" }).click();
    const login = await popup;
    const returned = login.waitForRequest((request) =>
      request.url().startsWith("https://app.example.com/callback?code="),
    );
    await login
      .getByRole("button", { name: /Visit/ })
      .or(login.getByRole("link", { name: /Visit/ }))
      .click();
    await login.locator("input[name=login]").fill("jane");
    await login.locator("input[name=password]").fill("any");
    await login.getByRole("button", { name: "Sign-in" }).click();
    await login.getByRole("button", { name: "Continue" }).click();
    await returned;
    await login.close();

    await page.getByRole("navigation").getByRole("link", { name: "Users", exact: true }).click();
    await page.getByRole("link", { name: "jane@corp.example" }).click();
    await page.getByText("External provider", { exact: true }).waitFor();
    await page.getByText("Visit", { exact: true }).first().waitFor();
    expect(page.complaints).toEqual([]);
  });

  it("is deleted on its page", async () => {
    const page = await tested.open(`/user-pools/${poolId}/identity-providers/detail/Visit`);
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await flash(page, "Identity provider “Visit” has been deleted.").waitFor();
    await page.getByRole("heading", { level: 1, name: "Social and external providers" }).waitFor();
    const { Providers } = await tested.server.cognito.send(
      new ListIdentityProvidersCommand({ UserPoolId: poolId }),
    );
    expect(Providers?.map(({ ProviderName }) => ProviderName)).not.toContain("Visit");
  });
});

describe("a SAML provider", () => {
  beforeAll(async () => {
    const { certificate } = await testKey(Date.now());
    await tested.server.cognito.send(
      new CreateIdentityProviderCommand({
        UserPoolId: poolId,
        ProviderName: "Portal",
        ProviderType: "SAML",
        ProviderDetails: { MetadataFile: identityProviderMetadata([certificate]) },
      }),
    );
  });

  it("has an ACS URL and metadata for each address of the pool", async () => {
    const page = await tested.open(`/user-pools/${poolId}/identity-providers/detail/Portal`);
    for (const address of addresses())
      await page.getByText(`${address}/saml2/idpresponse`, { exact: true }).waitFor();
    const metadata = page.getByRole("link", { name: /^Metadata at 127/ });
    const answer = await page.request.get((await metadata.getAttribute("href")) ?? "");
    expect(await answer.text()).toContain(`${tested.server.url}/${poolId}/saml2/idpresponse`);
    expect(await seriousFindings(page)).toEqual([]);
    expect(page.complaints).toEqual([]);
  });

  it("maps attributes if it is edited", async () => {
    const page = await tested.open(`/user-pools/${poolId}/identity-providers/detail/Portal/edit`);
    await page.getByText("No attributes are copied.").waitFor();
    await addMapping(page, "email", "mail");
    await addMapping(page, "name", "displayName");
    await page.getByRole("button", { name: "Remove: name" }).click();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("email ← mail").waitFor();
  });
});
