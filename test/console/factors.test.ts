import {
  CompleteWebAuthnRegistrationCommand,
  GetUserPoolMfaConfigCommand,
  GetUserPoolSessionConfigurationCommand,
  InitiateAuthCommand,
  ListWebAuthnCredentialsCommand,
  SetUserPoolMfaConfigCommand,
  StartWebAuthnRegistrationCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAuthenticator } from "../../src/user-pools/operations/passkeys/testing.ts";
import { createConfirmedUser, createPoolAndClient } from "../support/server.ts";
import { type ConsoleUnderTest, flash, seriousFindings, startConsole, takeScreenshot } from "./support.ts";

const SITE = "app.example.com";

describe("first factors in the console", () => {
  let tested: ConsoleUnderTest;
  let poolId: string;

  beforeAll(async () => {
    tested = await startConsole({}, { staysLoaded: true });
    ({ poolId } = await createPoolAndClient(tested.server.cognito, { PoolName: "factors" }));
  });
  afterAll(() => tested.stop());

  it("offer passkeys for a site, and reject an invalid one", async () => {
    const page = await tested.open(`/user-pools/${poolId}/authentication-methods`);
    const dialog = page.getByRole("dialog");
    await page.getByRole("button", { name: "Edit: Passkey", exact: true }).click();
    await dialog.getByRole("textbox", { name: "Relying party ID" }).fill("https://app.example.com");
    await dialog.locator('[aria-invalid="true"]').waitFor();
    await dialog.getByRole("textbox", { name: "Relying party ID" }).fill(SITE);
    await dialog.getByRole("radio", { name: "Required" }).check();
    await dialog.getByRole("radio", { name: "Multi-factor with user verification" }).check();
    await dialog.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "The passkey settings have been updated.").waitFor();
    await page.getByRole("button", { name: "Edit: Options for choice-based sign-in" }).click();
    await dialog.getByRole("checkbox", { name: "Passkey" }).check();
    await dialog.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "The options for choice-based sign-in have been updated.").waitFor();
    await page.getByText(SITE, { exact: true }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await takeScreenshot(page, "first-factors", true);
    expect(
      await tested.server.cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId: poolId })),
    ).toMatchObject({
      WebAuthnConfiguration: {
        RelyingPartyId: SITE,
        UserVerification: "required",
        FactorConfiguration: "MULTI_FACTOR_WITH_USER_VERIFICATION",
      },
    });
  });

  it("show a user's passkeys, which an administrator can delete", async () => {
    const { cognito } = tested.server;
    const { poolId: UserPoolId, clientId: ClientId } = await createPoolAndClient(cognito, {
      PoolName: "passkeys",
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } },
    });
    await cognito.send(
      new SetUserPoolMfaConfigCommand({ UserPoolId, WebAuthnConfiguration: { RelyingPartyId: SITE } }),
    );
    const named = { UserPoolId, Username: "jane" };
    const PASSWORD = "Permanent-1";
    await createConfirmedUser(cognito, { ...named, Password: PASSWORD });
    const { AuthenticationResult } = await cognito.send(
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "jane", PASSWORD },
      }),
    );
    const AccessToken = AuthenticationResult?.AccessToken ?? "";
    const { CredentialCreationOptions } = await cognito.send(
      new StartWebAuthnRegistrationCommand({ AccessToken }),
    );
    const { challenge } = CredentialCreationOptions as unknown as { challenge: string };
    const Credential = createAuthenticator().register({ challenge, rpId: SITE });
    await cognito.send(
      new CompleteWebAuthnRegistrationCommand({ AccessToken, Credential: Credential as never }),
    );

    const page = await tested.open(`/user-pools/${UserPoolId}/users/detail/jane`);
    const table = page.getByRole("grid", { name: "Passkeys" });
    await table.getByText(SITE).waitFor();
    await takeScreenshot(page, "user-passkeys", true);
    await table.getByRole("button", { name: /^Delete: / }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).click();
    await flash(page, /Passkey “.*” has been deleted/).waitFor();
    await page.getByText("No passkeys").waitFor();
    const left = await cognito.send(new ListWebAuthnCredentialsCommand({ AccessToken }));
    expect(left.Credentials).toEqual([]);
    expect(page.complaints).toEqual([]);
  });

  it("are shown in sessions when the pool tracks them", async () => {
    const page = await tested.open(`/user-pools/${poolId}/sign-in`);
    await page.getByRole("button", { name: "Edit: Session tracking" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("checkbox", { name: "Track user sessions" }).check();
    await dialog.getByRole("textbox", { name: "Sessions per user" }).fill("2");
    await dialog.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "Session tracking has been updated.").waitFor();
    await takeScreenshot(page, "session-tracking", true);
    expect(
      await tested.server.cognito.send(new GetUserPoolSessionConfigurationCommand({ UserPoolId: poolId })),
    ).toMatchObject({ UserSessionTracking: "ENABLED", TokenSession: { MaxPerUser: 2 } });
  });
});
