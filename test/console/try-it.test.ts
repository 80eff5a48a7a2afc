/** "Try it": signing up, and signing in with a second factor. */
import {
  CreateUserPoolClientCommand,
  SetUserPoolMfaConfigCommand,
  type SetUserPoolMfaConfigCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newestMessage } from "../support/inbox.ts";
import { createConfirmedUser, createPoolAndClient } from "../support/server.ts";
import { type ConsolePage, type ConsoleUnderTest, startConsole, takeScreenshot, visit } from "./support.ts";

describe("Try it", () => {
  let tested: ConsoleUnderTest;
  beforeAll(async () => {
    tested = await startConsole({}, { staysLoaded: true });
  });
  afterAll(() => tested.stop());

  async function codeFor(destination: string): Promise<string> {
    const { body } = await newestMessage(tested.server, destination);
    return /\d{6,8}/.exec(body)?.[0] ?? "";
  }

  async function signIn(page: ConsolePage, username: string): Promise<void> {
    await page.getByRole("textbox", { name: "User name" }).fill(username);
    await page.getByRole("textbox", { name: "Password" }).fill("Perm4nent!");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
  }

  it("signs a user up, confirms them by the code and signs them in", async () => {
    const { poolId } = await createPoolAndClient(
      tested.server.cognito,
      { PoolName: "open", UsernameAttributes: ["email"], AutoVerifiedAttributes: ["email"] },
      { GenerateSecret: true },
    );
    const page = await tested.open(`/user-pools/${poolId}/try-it`);
    await page.getByRole("tab", { name: "Sign up" }).click();
    await page.getByRole("textbox", { name: "User name" }).fill("new@example.com");
    await page.getByRole("textbox", { name: "Password" }).fill("Perm4nent!");
    await page.getByRole("button", { name: "Sign up", exact: true }).click();
    await page.getByRole("heading", { name: "Confirm the sign-up" }).waitFor();
    await page.getByRole("button", { name: "Send another code" }).click();
    await page.getByRole("button", { name: "2. ResendConfirmationCode" }).waitFor();
    await page.getByRole("textbox", { name: "Code" }).fill(await codeFor("new@example.com"));
    await page.getByRole("button", { name: "Confirm", exact: true }).click();
    await page.getByText("The user is signed in.").waitFor();
    expect(await page.content()).not.toContain("Perm4nent!");
    expect(page.complaints).toEqual([]);
  });

  it("finds one of many app clients by its name, and requests only the settings of the chosen one", async () => {
    const { cognito } = tested.server;
    const { poolId: UserPoolId } = await createPoolAndClient(cognito);
    for (let number = 1; number <= 12; number++)
      await cognito.send(
        new CreateUserPoolClientCommand({
          UserPoolId,
          ClientName: `client ${number}`,
          ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        }),
      );
    const page = await tested.open("/user-pools");
    const described: string[] = [];
    page.on("request", (request) => {
      if (request.headers()["x-amz-target"]?.endsWith(".DescribeUserPoolClient"))
        described.push(request.postData() ?? "");
    });
    await visit(page, `/console/user-pools/${UserPoolId}/try-it`);
    await page.getByRole("radio", { name: "ADMIN_USER_PASSWORD_AUTH", checked: true }).waitFor();
    await page.getByRole("textbox", { name: "User name" }).fill("jane");
    await page.getByRole("button", { name: "App client" }).click();
    await page.getByRole("combobox", { name: "Find app clients by name or ID" }).fill("client 12");
    await page.getByRole("option", { name: "client 12" }).click();
    await page.getByRole("radio", { name: "USER_SRP_AUTH", checked: true }).waitFor();
    expect(await page.getByRole("textbox", { name: "User name" }).inputValue()).toBe("jane");
    expect(described).toHaveLength(2);
    expect(page.complaints).toEqual([]);
  });

  async function poolWithMfa(
    name: string,
    config: Omit<SetUserPoolMfaConfigCommandInput, "UserPoolId">,
  ): Promise<string> {
    const { cognito } = tested.server;
    const { poolId } = await createPoolAndClient(cognito, {
      PoolName: name,
      AutoVerifiedAttributes: ["email"],
      // The address for password recovery cannot be a second factor.
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "admin_only", Priority: 1 }] },
      EmailConfiguration: {
        EmailSendingAccount: "DEVELOPER",
        SourceArn: "arn:aws:ses:us-east-1:123456789012:identity/x@example.com",
      },
    });
    const UserPoolId = poolId;
    await cognito.send(new SetUserPoolMfaConfigCommand({ UserPoolId, ...config }));
    await createConfirmedUser(cognito, {
      UserPoolId,
      Username: "jane",
      UserAttributes: [
        { Name: "email", Value: `${name}@example.com` },
        { Name: "email_verified", Value: "true" },
      ],
      Password: "Perm4nent!",
    });
    return poolId;
  }

  it("registers an authenticator app with a QR code, and asks for its code at the next sign-in", async () => {
    const poolId = await poolWithMfa("app", {
      MfaConfiguration: "ON",
      SoftwareTokenMfaConfiguration: { Enabled: true },
    });
    const page = await tested.open(`/user-pools/${poolId}/try-it`);
    await signIn(page, "jane");
    await page.getByRole("heading", { name: "Challenge: MFA_SETUP" }).waitFor();
    await page.getByRole("button", { name: "Get the app's secret" }).click();
    await page.getByRole("img", { name: "Scan this with an authenticator app" }).waitFor();
    await takeScreenshot(page, "tryIt-mfa-setup", true);
    const secret = (await page.getByText(/^[A-Z2-7]{32,}$/).textContent()) ?? "";
    const app = new TOTP({ secret: Secret.fromBase32(secret) });
    await page.getByRole("textbox", { name: "Code from the authenticator app" }).fill(app.generate());
    await page.getByRole("button", { name: "Verify" }).click();
    await page.getByText("The user is signed in.").waitFor();

    // Each code works once.
    tested.server.clock?.advance(60_000);
    await page.getByRole("button", { name: "Start over" }).click();
    await signIn(page, "jane");
    await page.getByRole("heading", { name: "Challenge: SOFTWARE_TOKEN_MFA" }).waitFor();
    const now = tested.server.clock?.now() ?? 0;
    await page
      .getByRole("textbox", { name: "Code from the authenticator app" })
      .fill(app.generate({ timestamp: now }));
    await page.getByRole("button", { name: "Answer", exact: true }).click();
    await page.getByText("The user is signed in.").waitFor();
    tested.server.clock?.reset();
    expect(page.complaints).toEqual([]);
  });

  it("accepts a code by e-mail", async () => {
    const poolId = await poolWithMfa("mail", {
      MfaConfiguration: "ON",
      EmailMfaConfiguration: {},
    });
    const page = await tested.open(`/user-pools/${poolId}/try-it`);
    await signIn(page, "jane");
    await page.getByRole("heading", { name: "Challenge: EMAIL_OTP" }).waitFor();
    await page.getByRole("link", { name: "Open the inbox" }).waitFor();
    await page.getByRole("textbox", { name: "Code" }).fill(await codeFor("mail@example.com"));
    await page.getByRole("button", { name: "Answer", exact: true }).click();
    await page.getByText("The user is signed in.").waitFor();
  });
});
