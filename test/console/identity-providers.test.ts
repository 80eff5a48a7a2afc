import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  CreateIdentityProviderCommand,
  CreateUserPoolCommand,
  DescribeIdentityProviderCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { identityProviderMetadata, testKey } from "../../src/federation/saml/fixtures/identity-provider.ts";
import { type OpenIdProvider, startOpenIdProvider } from "../support/openid-provider.ts";
import { createPoolAndClient } from "../support/server.ts";
import {
  type ConsoleUnderTest,
  choose,
  flash,
  seriousFindings,
  startConsole,
  takeScreenshot,
  visit,
} from "./support.ts";

let console: ConsoleUnderTest;
let poolId: string;
let provider: OpenIdProvider;

beforeAll(async () => {
  console = await startConsole({}, { staysLoaded: true });
  const { UserPool } = await console.server.cognito.send(new CreateUserPoolCommand({ PoolName: "shop" }));
  poolId = UserPool?.Id ?? "";
  provider = await startOpenIdProvider([`${console.server.url}/${poolId}/oauth2/idpresponse`]);
});
afterAll(async () => {
  provider.stop();
  await console.stop();
});

/** Adds the test's provider, so that a test has one of its own. */
async function addProvider(ProviderName: string, clientSecret = provider.clientSecret): Promise<void> {
  await console.server.cognito.send(
    new CreateIdentityProviderCommand({
      UserPoolId: poolId,
      ProviderName,
      ProviderType: "OIDC",
      ProviderDetails: { ...provider.details("openid email"), client_secret: clientSecret },
      AttributeMapping: { email: "email" },
    }),
  );
}

async function stored(ProviderName: string) {
  const answer = await console.server.cognito.send(
    new DescribeIdentityProviderCommand({ UserPoolId: poolId, ProviderName }),
  );
  return answer.IdentityProvider;
}

describe("an OpenID Connect provider", () => {
  it("is added with the form's defaults, and its page shows the redirect URI to register", async () => {
    const page = await console.open(`/user-pools/${poolId}/identity-providers`);
    await page.getByRole("link", { name: "Add identity provider" }).first().click();
    await page.getByRole("button", { name: "Add identity provider" }).click();
    await page.getByText("Enter a value.").first().waitFor();
    await page.getByLabel("Provider name").fill("Example");
    await page.getByLabel("Client ID").fill(provider.clientId);
    await page.getByLabel("Client secret").fill(provider.clientSecret);
    await page.getByLabel("Issuer URL").fill(provider.issuer);
    expect(await seriousFindings(page)).toEqual([]);
    await takeScreenshot(page, "identity-provider-form", true);
    await page.getByRole("button", { name: "Add identity provider" }).click();
    await page.getByText(`/${poolId}/oauth2/idpresponse`).waitFor();
    await page.getByText("email ← email").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(page.complaints).toEqual([]);
  });

  it("is tested, with an explanation of each step", async () => {
    await addProvider("Tested");
    const page = await console.open(`/user-pools/${poolId}/identity-providers/detail/Tested`);
    await page.getByRole("button", { name: "Test connection" }).click();
    await page.getByText("The provider answers as a sign-in needs it.").waitFor();
    await page.getByText("400 invalid_grant").waitFor();
    await page.getByText(`${console.server.url}/${poolId}/oauth2/idpresponse`).last().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await takeScreenshot(page, "identity-provider", true);
    expect(page.complaints).toEqual([]);
  });

  it("keeps its other settings if it is edited, and the connection test finds a wrong secret", async () => {
    await addProvider("Edited");
    const before = await stored("Edited");
    const page = await console.open(`/user-pools/${poolId}/identity-providers/detail/Edited/edit`);
    await page.getByLabel("Client secret").fill("another secret");
    await page.getByText("Link by verified email address").click();
    await page.getByRole("button", { name: "Save" }).click();
    await flash(page, "Identity provider “Edited” has been updated.").waitFor();
    const after = await stored("Edited");
    expect(after?.ProviderDetails).toEqual({
      ...before?.ProviderDetails,
      client_secret: "another secret",
      link_by_verified_email: "true",
    });
    expect(after?.AttributeMapping).toEqual(before?.AttributeMapping);
    await page.getByRole("button", { name: "Test connection" }).click();
    await page.getByText("The provider does not accept the client ID and secret.").waitFor();
    await page.getByText("Sign-ins cannot work yet.").waitFor();
  });
});

describe.each([
  ["Google", "Google", { "Client ID": "id", "Client secret": "secret" }],
  ["Facebook", "Facebook", { "Client ID": "id", "Client secret": "secret" }],
  ["LoginWithAmazon", "Login with Amazon", { "Client ID": "id", "Client secret": "secret" }],
  [
    "SignInWithApple",
    "Sign in with Apple",
    { "Client ID": "id", "Team ID": "TEAM", "Key ID": "KEY", "Private key": "the key" },
  ],
])("%s", (name, label, fields: Readonly<Record<string, string>>) => {
  it("is added with the form's defaults, and keeps its other settings if it is edited", async () => {
    const page = await console.open(`/user-pools/${poolId}/identity-providers/create`);
    await page.getByLabel(label, { exact: true }).click();
    for (const [field, value] of Object.entries(fields))
      await page.getByLabel(field, { exact: true }).fill(value);
    await page.getByRole("button", { name: "Add identity provider" }).click();
    await page.getByText(`/${poolId}/oauth2/idpresponse`).waitFor();
    const before = await stored(name);
    await page.getByRole("link", { name: "Edit" }).click();
    await page.getByRole("button", { name: "Add mapping" }).click();
    await page.getByRole("button", { name: "User pool attribute Choose an attribute" }).click();
    await page.getByRole("option", { name: "name", exact: true }).click();
    await page.getByLabel("Provider attribute").last().fill("name");
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Save" }).click();
    await flash(page, `Identity provider “${name}” has been updated.`).waitFor();
    const after = await stored(name);
    expect(after?.ProviderDetails).toEqual(before?.ProviderDetails);
    expect(after?.AttributeMapping).toEqual({ ...before?.AttributeMapping, name: "name" });
    expect(page.complaints).toEqual([]);
  });
});

describe("a SAML provider", () => {
  it("is added from a file, shows the values to register at the provider, and is edited", async () => {
    const { certificate } = await testKey(Date.now());
    const page = await console.open(`/user-pools/${poolId}/identity-providers/create`);
    await page.getByLabel("SAML", { exact: true }).click();
    await page.getByLabel("Provider name").fill("Corp");
    await page.locator('input[type="file"]').setInputFiles({
      name: "metadata.xml",
      mimeType: "application/xml",
      buffer: Buffer.from(identityProviderMetadata([certificate])),
    });
    await page.getByText("https://idp.example.com/sso").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await takeScreenshot(page, "saml-provider-form", true);
    await page.getByRole("button", { name: "Add identity provider" }).click();
    await page.getByText(`${console.server.url}/${poolId}/saml2/idpresponse`).waitFor();
    await page.getByText(`urn:amazon:cognito:sp:${poolId}`).waitFor();
    const before = await stored("Corp");
    expect(before?.ProviderDetails).toMatchObject({
      RequestSigningAlgorithm: "rsa-sha256",
      IDPInit: "false",
    });
    await page.getByRole("link", { name: "Edit" }).click();
    await page.getByText("Add sign-out flow").click();
    await page.getByText("Link by verified email address").click();
    await page.getByRole("button", { name: "Save" }).click();
    await flash(page, "Identity provider “Corp” has been updated.").waitFor();
    expect((await stored("Corp"))?.ProviderDetails).toEqual({
      ...before?.ProviderDetails,
      IDPSignout: "true",
      link_by_verified_email: "true",
    });
    // The address of the test's metadata leads nowhere.
    await page.getByRole("button", { name: "Test connection" }).click();
    await page.getByText("Signing certificates").waitFor();
    await page.getByText("Sign-ins cannot work yet.").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await takeScreenshot(page, "saml-provider", true);
    expect(page.complaints).toEqual([]);
  });
});

describe("the linked identities of a user", () => {
  it("are linked and unlinked on the user's page", async () => {
    const { poolId: UserPoolId } = await createPoolAndClient(console.server.cognito, { PoolName: "linking" });
    await console.server.cognito.send(
      new CreateIdentityProviderCommand({
        UserPoolId,
        ProviderName: "Google",
        ProviderType: "Google",
        ProviderDetails: { client_id: "id", client_secret: "secret", authorize_scopes: "openid" },
      }),
    );
    const jane = { UserPoolId, Username: "jane" };
    await console.server.cognito.send(new AdminCreateUserCommand({ ...jane, MessageAction: "SUPPRESS" }));
    const identities = async () => {
      const user = await console.server.cognito.send(new AdminGetUserCommand(jane));
      return JSON.parse(user.UserAttributes?.find(({ Name }) => Name === "identities")?.Value ?? "[]");
    };
    const page = await console.open(`/user-pools/${UserPoolId}/users/detail/jane`);
    await page.getByRole("button", { name: "Link identity" }).click();
    const dialog = page.getByRole("dialog");
    await choose(page, "Provider", "Google");
    await dialog.getByLabel("User ID at the provider").fill("1098");
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Link identity" }).click();
    await flash(page, "The identity at “Google” has been linked.").waitFor();
    await page.getByText("1098", { exact: true }).waitFor();
    expect(await identities()).toMatchObject([{ providerName: "Google", userId: "1098", primary: false }]);
    await takeScreenshot(page, "linked-identities", true);
    await page.getByRole("button", { name: "Unlink identity at Google" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Unlink" }).click();
    await flash(page, "The identity at “Google” has been unlinked.").waitFor();
    expect(await identities()).toEqual([]);
    expect(page.complaints).toEqual([]);
  });
});

/** For people to look at. */
describe("the screens", () => {
  beforeAll(() => addProvider("Refusing", "another secret"));

  it.each([
    ["en", 1440, "light"],
    ["en", 390, "dark"],
    ["ja", 1440, "dark"],
    ["ja", 390, "light"],
  ] as const)(
    "of the provider pages in %s at %i pixels, %s, have no serious axe findings",
    async (language, width, colorScheme) => {
      const options = { language, colorScheme, viewport: { width, height: 900 } };
      const page = await console.open(`/user-pools/${poolId}/identity-providers/detail/Refusing`, options);
      await page.getByRole("button", { name: /Test connection|接続をテスト/ }).click();
      await page.getByText("invalid_client").waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      const name = (what: string) => `${what}-${language}-${width}-${colorScheme}`;
      await takeScreenshot(page, name("provider-test"), true);
      await visit(page, `/console/user-pools/${poolId}/identity-providers/detail/Refusing/edit`);
      await page.locator("input").first().waitFor();
      await takeScreenshot(page, name("provider-edit"), true);
      expect(page.complaints).toEqual([]);
    },
  );
});
