/** What the console sets for external identities: authentication levels, links by an attribute, passkeys as both factors. */
import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminSetUserMFAPreferenceCommand,
  CreateIdentityProviderCommand,
  CreateUserPoolCommand,
  DescribeIdentityProviderCommand,
  SetUserPoolMfaConfigCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type ConsoleUnderTest,
  choose,
  flash,
  partsThatTouch,
  seriousFindings,
  startConsole,
  takeScreenshot,
} from "./support.ts";

let tested: ConsoleUnderTest;
let poolId: string;

beforeAll(async () => {
  tested = await startConsole({}, { staysLoaded: true });
  const { UserPool } = await tested.server.cognito.send(new CreateUserPoolCommand({ PoolName: "linked" }));
  poolId = UserPool?.Id ?? "";
  await tested.server.cognito.send(
    new CreateIdentityProviderCommand({
      UserPoolId: poolId,
      ProviderName: "Corp",
      ProviderType: "OIDC",
      ProviderDetails: {
        client_id: "id",
        client_secret: "secret",
        authorize_scopes: "openid email",
        attributes_request_method: "GET",
        oidc_issuer: "https://idp.example.com",
        authorize_url: "https://idp.example.com/authorize",
        token_url: "https://idp.example.com/token",
        attributes_url: "https://idp.example.com/userinfo",
        jwks_uri: "https://idp.example.com/jwks",
      },
      AttributeMapping: { email: "email" },
    }),
  );
});
afterAll(() => tested.stop());

describe("the authentication levels of a provider", () => {
  const stored = async () =>
    (
      await tested.server.cognito.send(
        new DescribeIdentityProviderCommand({ UserPoolId: poolId, ProviderName: "Corp" }),
      )
    ).IdentityProvider?.AcrMapping;
  const edit = `/detail/Corp/edit`;

  it("are mapped, shown and removed", async () => {
    const page = await tested.open(`/user-pools/${poolId}/identity-providers${edit}`);
    await page.getByRole("textbox", { name: "Level 1: value at the provider" }).fill("bronze");
    await page.getByRole("textbox", { name: "Level 4: value at the provider" }).fill("gold");
    expect(await seriousFindings(page)).toEqual([]);
    expect(await partsThatTouch(page)).toEqual([]);
    await takeScreenshot(page, "provider-levels", true);
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Level 4 ↔ gold").waitFor();
    expect(await stored()).toEqual({ Level1: "bronze", Level4: "gold" });

    await page.getByRole("link", { name: "Edit" }).click();
    const first = page.getByRole("textbox", { name: "Level 1: value at the provider" });
    await first.waitFor();
    expect(await first.inputValue()).toBe("bronze");
    await first.fill("");
    await page.getByRole("textbox", { name: "Level 4: value at the provider" }).fill("");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { level: 1, name: "Corp" }).waitFor();
    await page.getByText("email ← email").waitFor();
    expect((await stored()) ?? {}).toEqual({});
    expect(page.complaints).toEqual([]);
  });

  it("are not set by an empty field, and not offered for other types", async () => {
    const page = await tested.open(`/user-pools/${poolId}/identity-providers/create`);
    await page.getByRole("textbox", { name: "Level 1: value at the provider" }).waitFor();
    await page.getByLabel("Google", { exact: true }).click();
    await page
      .getByRole("textbox", { name: "Level 1: value at the provider" })
      .waitFor({ state: "detached" });
    await page.getByLabel("Client ID", { exact: true }).fill("id");
    await page.getByLabel("Client secret", { exact: true }).fill("secret");
    await page.getByRole("button", { name: "Add identity provider" }).click();
    await page.getByText("email ← email").waitFor();
    await expect(
      tested.server.cognito.send(
        new CreateIdentityProviderCommand({
          UserPoolId: poolId,
          ProviderName: "Facebook",
          ProviderType: "Facebook",
          ProviderDetails: { client_id: "id", client_secret: "secret", authorize_scopes: "email" },
          AcrMapping: { Level1: "bronze" },
        }),
      ),
    ).rejects.toThrow("AcrMapping is only supported for OIDC identity providers.");
  });
});

describe("an identity that is linked by an attribute", () => {
  it("is marked so, and can be unlinked before its first sign-in", async () => {
    const jane = { UserPoolId: poolId, Username: "jane" };
    await tested.server.cognito.send(new AdminCreateUserCommand({ ...jane, MessageAction: "SUPPRESS" }));
    const identities = async () => {
      const user = await tested.server.cognito.send(new AdminGetUserCommand(jane));
      return JSON.parse(user.UserAttributes?.find(({ Name }) => Name === "identities")?.Value ?? "[]");
    };
    const page = await tested.open(`/user-pools/${poolId}/users/detail/jane`);
    await page.getByRole("button", { name: "Link identity" }).click();
    const dialog = page.getByRole("dialog");
    await choose(page, "Find the identity by", "email");
    await dialog.getByLabel("Value of email").fill("jane@corp.example.com");
    expect(await seriousFindings(page)).toEqual([]);
    await takeScreenshot(page, "link-by-attribute");
    await dialog.getByRole("button", { name: "Link identity" }).click();
    await flash(page, "The identity at “Corp” has been linked.").waitFor();
    await page.getByText("email, until the first sign-in").waitFor();
    expect(await identities()).toMatchObject([{ providerName: "Corp", userId: "jane@corp.example.com" }]);

    await page.getByRole("button", { name: "Unlink identity at Corp" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Unlink" }).click();
    await flash(page, "The identity at “Corp” has been unlinked.").waitFor();
    expect(await identities()).toEqual([]);
    expect(page.complaints).toEqual([]);
  });
});

describe("passkeys as both factors", () => {
  it("are turned on and off for a user if the pool allows it and another factor is active", async () => {
    const { cognito } = tested.server;
    const page = await tested.open(`/user-pools/${poolId}/users`);
    const amir = { UserPoolId: poolId, Username: "amir" };
    await cognito.send(
      new AdminCreateUserCommand({
        ...amir,
        MessageAction: "SUPPRESS",
        UserAttributes: [{ Name: "phone_number", Value: "+14155552671" }],
      }),
    );
    const address = `/console/user-pools/${poolId}/users/detail/amir`;
    await page.goto(address);
    await page.getByText("Passkeys that this user registered.").waitFor();
    expect(await page.getByRole("button", { name: "Turn on MFA with passkeys" }).count()).toBe(0);

    await cognito.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId: poolId,
        MfaConfiguration: "OPTIONAL",
        SmsMfaConfiguration: {
          SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms", ExternalId: "id" },
        },
        SoftwareTokenMfaConfiguration: { Enabled: true },
        WebAuthnConfiguration: { FactorConfiguration: "MULTI_FACTOR_WITH_USER_VERIFICATION" },
      }),
    );
    await page.reload();
    await page.getByText("Passkeys of this user count as the first factor alone.").waitFor();
    const turnOn = () => page.getByRole("dialog").getByRole("button", { name: "Turn on MFA with passkeys" });
    await page.getByRole("button", { name: "Turn on MFA with passkeys" }).click();
    await turnOn().click();
    await page.getByRole("dialog").getByText("User must have another MFA method").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await takeScreenshot(page, "passkey-mfa");

    await cognito.send(new AdminSetUserMFAPreferenceCommand({ ...amir, SMSMfaSettings: { Enabled: true } }));
    await turnOn().click();
    await flash(page, "Passkeys of “amir” count as both factors.").waitFor();
    await page.getByText("Passkeys of this user count as both factors.").waitFor();
    await page.getByRole("button", { name: "Turn off MFA with passkeys" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Turn off MFA with passkeys" }).click();
    await page.getByText("Passkeys of this user count as the first factor alone.").waitFor();
    expect(page.complaints).toEqual([]);
  });
});
