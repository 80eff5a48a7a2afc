/** Pages that need a scene of their own, in a browser: step-up, remembered browsers, custom challenges, SSO, the account. */
import {
  AdminSetUserMFAPreferenceCommand,
  CreateIdentityProviderCommand,
  CreateUserPoolClientCommand,
  SetUserPoolMfaConfigCommand,
  SetUserPoolSessionConfigurationCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { identityProviderMetadata, testKey } from "../../src/federation/saml/fixtures/identity-provider.ts";
import { type FunctionsFolder, functionsFolder } from "../support/functions-folder.ts";
import { newestCode } from "../support/inbox.ts";
import { addUser, MFA_ON, MFA_POOL, openScene, PLAIN_POOL, type Scene } from "./scenes.ts";
import {
  addressOf,
  codeOf,
  look,
  PASSWORD,
  type PagesUnderTest,
  send,
  startPages,
  VARIANTS,
} from "./support.ts";

const FUNCTIONS = {
  define: `const last = event.request.session.at(-1);
    if (last?.challengeResult) event.response.issueTokens = true;
    else event.response.challengeName = "CUSTOM_CHALLENGE";`,
  create: `event.response.publicChallengeParameters = { Question: "What is six times seven?" };
    event.response.privateChallengeParameters = { answer: "42" };`,
  verify: `event.response.answerCorrect =
    event.request.challengeAnswer === event.request.privateChallengeParameters.answer;`,
};

let pages: PagesUnderTest;
let functions: FunctionsFolder;
beforeAll(async () => {
  functions = await functionsFolder(FUNCTIONS);
  pages = await startPages({ lambdaDir: functions.path });
});
afterAll(async () => {
  await pages?.stop();
  await functions.remove();
});

let count = 0;
const unique = (name: string) => `${name}${++count}`;
const sentCode = (address: string) => newestCode(pages.server, address);
const address = ({ userPoolId, clientId }: Scene, path?: string, more?: Record<string, string>) =>
  addressOf(pages, userPoolId, clientId, path, more);

describe.each(VARIANTS)("%s", (_title, options) => {
  const axe = options.javaScriptEnabled;

  it("requires one more step of a signed-in user if the client asks for a higher level", async () => {
    const scene = await openScene(
      pages,
      { ...MFA_POOL, AcrConfiguration: {} },
      { mfa: { ...MFA_ON, MfaConfiguration: "OPTIONAL" } },
    );
    const name = unique("alice");
    const phone_number = `+1555555${String(3000 + count)}`;
    const email = `${name}@example.com`;
    await addUser(pages.server, scene, name, { email, email_verified: "true", phone_number });
    const page = await pages.open(options);
    await page.goto(address(scene));
    await send(page, { username: name, password: PASSWORD });
    await codeOf(page);
    const factors = (SMSMfaSettings: object) =>
      pages.server.cognito.send(
        new AdminSetUserMFAPreferenceCommand({
          UserPoolId: scene.userPoolId,
          Username: name,
          EmailMfaSettings: { Enabled: true },
          SMSMfaSettings,
        }),
      );
    await factors({ Enabled: false });
    const level3 = { acr_values: "urn:cognito:loa:3" };
    await page.goto(address(scene, "/oauth2/authorize", level3));
    await look(page, "step-up", { axe });
    await factors({ Enabled: true });
    await page.goto(address(scene, "/oauth2/authorize", level3));
    const labels = {
      "en-US": ["Code by text message", "Code by email"],
      "de-DE": ["Code per SMS", "Code per E-Mail"],
      "ja-JP": ["SMS で届くコード", "メールで届くコード"],
    };
    expect(await page.locator(".option").allInnerTexts()).toEqual(labels[options.locale]);
    await look(page, "step-up-choice", { axe });
    await page.check("input[value=EMAIL_OTP]");
    await send(page, {});
    await look(page, "step-up-code", { axe });
    await send(page, { code: await sentCode(email) });
    expect(await codeOf(page)).not.toBe("");
  });

  it("verifies a phone number, sends a code again, and remembers the browser", async () => {
    const scene = await openScene(
      pages,
      {
        ...MFA_POOL,
        DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true },
      },
      { mfa: MFA_ON },
    );
    const name = unique("bob");
    const phone_number = `+1555555${String(4000 + count)}`;
    await addUser(pages.server, scene, name);
    const page = await pages.open(options);
    await page.goto(address(scene));
    await send(page, { username: name, password: PASSWORD });
    await look(page, "mfa-setup-choice-of-three", { axe });
    await page.check("input[value=SMS_MFA]");
    await send(page, {});
    await look(page, "mfa-setup-phone", { axe });
    await send(page, { phone_number: "12345" });
    await look(page, "mfa-setup-phone-wrong", { axe });
    await send(page, { phone_number });
    const first = await sentCode(phone_number);
    await page.click("button.plain");
    await look(page, "mfa-sms-resent", { axe });
    await expect.poll(() => sentCode(phone_number)).not.toBe(first);
    await page.check("input[name=remember_device]");
    await send(page, { code: await sentCode(phone_number) });
    expect(await codeOf(page)).not.toBe("");

    await page.goto(address(scene, "/login", { prompt: "login" }));
    await send(page, { username: name, password: PASSWORD });
    expect(await codeOf(page)).not.toBe("");
  });

  it("shows the challenges of the pool's own functions", async () => {
    const arn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
    const scene = await openScene(
      pages,
      {
        LambdaConfig: {
          DefineAuthChallenge: arn("define"),
          CreateAuthChallenge: arn("create"),
          VerifyAuthChallengeResponse: arn("verify"),
        },
      },
      { client: { ExplicitAuthFlows: ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] } },
    );
    const name = unique("carol");
    await addUser(pages.server, scene, name);
    const page = await pages.open(options);
    await page.goto(address(scene));
    await send(page, { username: name });
    await look(page, "custom-challenge", { axe });
    expect(await page.locator(".facts").innerText()).toContain("What is six times seven?");
    await send(page, { answer: "41" });
    await look(page, "custom-challenge-again", { axe });
    await send(page, { answer: "42" });
    expect(await codeOf(page)).not.toBe("");
  });

  it("redirects to the identity provider of an e-mail domain", async () => {
    const { userPoolId: UserPoolId } = await openScene(pages, PLAIN_POOL);
    const { certificate } = await testKey(Date.now() - 1000);
    for (const organization of ["one", "two"]) {
      const metadata = identityProviderMetadata([certificate], {
        entityId: `https://${organization}.example`,
        signIn: `${new URL(pages.callback).origin}/${organization}`,
      });
      await pages.server.cognito.send(
        new CreateIdentityProviderCommand({
          UserPoolId,
          ProviderName: organization,
          ProviderType: "SAML",
          ProviderDetails: { MetadataFile: metadata },
          AttributeMapping: { email: "email" },
          IdpIdentifiers: [`${organization}.example`],
        }),
      );
    }
    const { clientId } = await openScene(pages, PLAIN_POOL, {
      client: { UserPoolId, SupportedIdentityProviders: ["COGNITO", "one", "two"] },
    });
    const page = await pages.open(options);
    await page.goto(address({ userPoolId: UserPoolId, clientId }));
    await look(page, "sign-in-with-sso", { axe });
    await page.click("a.provider");
    await send(page, { email: "jane@two.example" });
    await page.waitForURL("**/two?*");
    expect(new URL(page.url()).searchParams.has("SAMLRequest")).toBe(true);
  });

  it("shows the account page, and a page after the sign-out", async () => {
    const { cognito } = pages.server;
    const { userPoolId: UserPoolId } = await openScene(
      pages,
      { ...MFA_POOL, DeviceConfiguration: {} },
      { mfa: { ...MFA_ON, MfaConfiguration: "OPTIONAL" } },
    );
    await cognito.send(
      new SetUserPoolSessionConfigurationCommand({
        UserPoolId,
        UserSessionTracking: "ENABLED",
        TokenSession: { MaxPerUser: 5 },
      }),
    );
    const account = `${pages.origin}/${UserPoolId}/account`;
    const { UserPoolClient } = await cognito.send(
      new CreateUserPoolClientCommand({
        UserPoolId,
        ClientName: "account",
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthFlows: ["code"],
        AllowedOAuthScopes: ["openid"],
        CallbackURLs: [account],
        SupportedIdentityProviders: ["COGNITO"],
      }),
    );
    const name = unique("dave");
    const email = `${name}@example.com`;
    const phone_number = `+1555555${String(5000 + count)}`;
    await addUser(pages.server, { userPoolId: UserPoolId, clientId: "" }, name, {
      email,
      email_verified: "true",
      phone_number,
    });
    const page = await pages.open(options);
    await page.goto(`${account}?client_id=${UserPoolClient?.ClientId}`);
    await send(page, { username: name, password: PASSWORD });
    await page.waitForSelector(".account");
    await look(page, "account", { axe });
    const button = (action: string, more = "") =>
      page.locator(`form:has(input[name=action][value=${action}])${more} button`);
    await button("factor_on", ":has(input[value=EMAIL_OTP])").click();
    await look(page, "account-saved", { axe });
    await button("app_start").click();
    await look(page, "account-app", { axe });
    await page.click(".foot a");
    await button("sign_out").click();
    await page.waitForURL("**/signed-out?*");
    await look(page, "signed-out", { axe });
    await page.click("a.secondary");
    await page.waitForURL("**/login?*");
    await send(page, { username: name, password: PASSWORD });
    await send(page, { code: await sentCode(email) });
    await page.waitForSelector(".account");
    await page.fill("input[name=confirm_name]", email);
    await button("delete").click();
    await look(page, "account-deleted", { axe });
  });
});

it("lays out pages from right to left in right-to-left languages", async () => {
  const scene = await openScene(pages, PLAIN_POOL);
  await pages.server.cognito.send(
    new SetUserPoolMfaConfigCommand({ UserPoolId: scene.userPoolId, MfaConfiguration: "OFF" }),
  );
  const page = await pages.open({ viewport: { width: 390, height: 844 } });
  await page.goto(address(scene));
  await page.evaluate("document.documentElement.dir = 'rtl'");
  await look(page, "right-to-left");
  const edges = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => {
        const { left, right } = (
          element as unknown as { getBoundingClientRect(): DOMRect }
        ).getBoundingClientRect();
        return { left, right };
      });
  const [label, aside, field] = [
    await edges(".field:has(.aside) label"),
    await edges(".aside"),
    await edges("input[name=password]"),
  ];
  // The label stands at the right edge of its field, what is beside it at the left one.
  expect(Math.abs(label.right - field.right)).toBeLessThan(2);
  expect(Math.abs(aside.left - field.left)).toBeLessThan(2);
  expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
});
