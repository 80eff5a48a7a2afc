import {
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { accountActions } from "../../src/oauth/pages/account/account-actions.ts";
import { signInToAccount } from "../oauth/account-pages.ts";
import { openBrowser, type Page } from "../oauth/browser.ts";
import { createClient } from "../oauth/scene.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import {
  addUser,
  CHOICE_CLIENT,
  CHOICE_POOL,
  MFA_ON,
  MFA_POOL,
  openScene,
  PLAIN_POOL,
  type Scene,
} from "./scenes.ts";
import { addressOf, PASSWORD } from "./support.ts";

const callback = "https://app.example.com/callback";
const PATHS = [
  "/login",
  "/signup",
  "/confirm",
  "/resendcode",
  "/forgotPassword",
  "/confirmForgotPassword",
  "/passkeys/add",
];
const FIELDS = [
  "username",
  "password",
  "new_password",
  "confirm_password",
  "code",
  "factor",
  "email",
  "credential",
  "answer",
  "device_name",
  "waiting",
  "step",
  "resend",
  "skip",
  "phone_number",
  "step_up",
  "remember_device",
  "userAttributes.email",
  "userAttributes.name",
  "userAttributes.custom:none",
];

/** More can be asked for by hand. */
const RUNS = Number(process.env.COGNATE_FUZZ_RUNS ?? 250);

let server: TestServer;
let scenes: readonly Scene[];
beforeAll(async () => {
  server = await startTestServer();
  const at = { server, callback };
  scenes = [
    await openScene(at, PLAIN_POOL),
    await openScene(at, MFA_POOL, { mfa: MFA_ON }),
    await openScene(at, CHOICE_POOL, { client: CHOICE_CLIENT }),
  ];
  for (const scene of scenes) {
    await addUser(server, scene, "alice@example.com".replace(scene === scenes[2] ? "" : "@example.com", ""), {
      email: "alice@example.com",
      email_verified: "true",
    });
  }
});
afterAll(() => server.stop());

it("answers random form fields without an internal error and without a redirect to another site", async () => {
  const value = fc.oneof(
    fc.constantFrom("alice", "alice@example.com", PASSWORD, "PASSWORD", "EMAIL_OTP", "WEB_AUTHN", "SMS_MFA"),
    fc.constantFrom("SOFTWARE_TOKEN_MFA", "123456", "12345678", "{}", "[]", "null", "1", "__proto__"),
    fc.string({ unit: "binary", maxLength: 40 }),
  );
  const form = fc.dictionary(fc.constantFrom(...FIELDS), value, { maxKeys: 8 });
  const visits = fc.record({
    scene: fc.nat(2),
    path: fc.constantFrom(...PATHS),
    // Each form is sent with what the page before it carries, so that deeper steps are reached.
    forms: fc.array(form, { minLength: 1, maxLength: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(visits, async ({ scene, path, forms }) => {
      const { userPoolId, clientId } = scenes[scene] as Scene;
      const url = addressOf({ origin: server.url, callback }, userPoolId, clientId, path);
      const browser = openBrowser();
      let page = await browser.visit(addressOf({ origin: server.url, callback }, userPoolId, clientId));
      for (const fields of forms) {
        page = await browser.submit(url, page, fields);
        expect(page.status).toBeLessThan(500);
        if (page.location === "") continue;
        expect([new URL(server.url).origin, new URL(callback).origin]).toContain(
          new URL(page.location).origin,
        );
        page = page.location.startsWith(callback) ? page : await browser.visit(page.location);
        expect(page.status).toBeLessThan(500);
      }
    }),
    { numRuns: RUNS },
  );
}, 600_000);

it("answers random fields of the account page without an internal error", async () => {
  const { cognito, url } = server;
  const scene = scenes[2] as Scene;
  const { userPoolId: UserPoolId } = scene;
  const account = `${url}/${UserPoolId}/account`;
  const { client_id } = await createClient(server, UserPoolId, { CallbackURLs: [account] });
  const address = `${account}?client_id=${client_id}`;
  const value = fc.oneof(
    fc.constantFrom("", "1", "{}", "[]", "null", "__proto__", "+15555550100", "new@example.com", PASSWORD),
    fc.constantFrom("email", "phone_number", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP", "SMS_MFA", "123456"),
    fc.string({ unit: "binary", maxLength: 40 }),
  );
  const names = [
    ...["attribute", "code", "factor", "id", "credential", "device_name", "confirm_name", "client_id"],
    ...["previous_password", "new_password", "confirm_password"],
    ...["sub", "email", "phone_number", "zoneinfo", "birthdate", "locale", "custom:none", "__proto__"].map(
      (name) => `attribute.${name}`,
    ),
  ];
  const form = fc.record({
    action: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...Object.keys(accountActions)) },
      { weight: 1, arbitrary: fc.string() },
    ),
    fields: fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 8 }),
  });
  const browser = openBrowser();
  let page: Page | undefined;
  const { Username } = await cognito.send(
    new AdminGetUserCommand({ UserPoolId, Username: "alice@example.com" }),
  );
  async function signIn(): Promise<Page> {
    // The forms may have changed the address and the password.
    await cognito.send(
      new AdminUpdateUserAttributesCommand({
        UserPoolId,
        Username,
        UserAttributes: [
          { Name: "email", Value: "alice@example.com" },
          { Name: "email_verified", Value: "true" },
        ],
      }),
    );
    await cognito.send(
      new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: PASSWORD, Permanent: true }),
    );
    return signInToAccount(browser, address, { username: "alice@example.com" });
  }
  await fc.assert(
    fc.asyncProperty(form, async ({ action, fields }) => {
      page ??= await signIn();
      const answer = await browser.submit(address, page, { ...fields, action });
      expect(answer.status).toBeLessThan(500);
      if (answer.location === "") return;
      expect(new URL(answer.location).origin).toBe(new URL(url).origin);
      const shown = await browser.visit(answer.location);
      expect(shown.status).toBeLessThan(500);
      page = new URL(answer.location).pathname.endsWith("/account") ? shown : undefined;
    }),
    { numRuns: RUNS },
  );
}, 600_000);
