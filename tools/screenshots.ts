/**
 * Takes the pictures of the READMEs from the console and the sign-in page as they are, in both languages, into docs/images. Run it
 * when they look different: `npm run build && npm run screenshots`. The machine needs fonts with Japanese letters and with letters
 * of one width, such as those of Debian's packages fonts-noto-cjk, fonts-noto-core and fonts-liberation.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateIdentityProviderCommand,
  CreateUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
// The package, which is the bundle: Node cannot load the pages of managed login from their sources.
import { createServer } from "cognate";
import { chromium, type Page } from "playwright-core";
import { demo } from "../src/seed/index.ts";
import { findChromium } from "../test/support/chromium.ts";

const UI_FONTS = '"Noto Sans", "Liberation Sans", "Noto Sans CJK JP", IPAPGothic, sans-serif';
const images = join(import.meta.dirname, "../docs/images");
const UserPoolId = `us-east-1_${demo.poolSuffix}`;
const people = ["taro", "hanako", "jane", "amir", "lucia", "noah"].map((name) => `${name}@example.com`);

const server = await createServer({ demo: true });
const cognito = new CognitoIdentityProviderClient({
  endpoint: server.url,
  region: "us-east-1",
  credentials: server.administrator,
});
for (const Username of people) {
  const user = { UserPoolId, Username };
  await cognito.send(
    new AdminCreateUserCommand({
      ...user,
      UserAttributes: [
        { Name: "email", Value: Username },
        { Name: "email_verified", Value: "true" },
      ],
      MessageAction: "SUPPRESS",
      TemporaryPassword: "Temporary-1",
    }),
  );
  if (Username !== people[0])
    await cognito.send(
      new AdminSetUserPasswordCommand({ ...user, Password: "Permanent-1", Permanent: true }),
    );
}
const callbackUrl = "http://localhost:3000/callback";
await cognito.send(
  new CreateIdentityProviderCommand({
    UserPoolId,
    ProviderName: "Google",
    ProviderType: "Google",
    ProviderDetails: { client_id: "google", client_secret: "secret", authorize_scopes: "openid email" },
  }),
);
const { UserPoolClient: shop } = await cognito.send(
  new CreateUserPoolClientCommand({
    UserPoolId,
    ClientName: "Web shop",
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ["code"],
    AllowedOAuthScopes: ["openid"],
    CallbackURLs: [callbackUrl],
    SupportedIdentityProviders: ["COGNITO", "Google"],
  }),
);
const signInPage = `/${UserPoolId}/login?${new URLSearchParams({
  client_id: shop?.ClientId ?? "",
  redirect_uri: callbackUrl,
  response_type: "code",
})}`;
await cognito.send(new AdminDisableUserCommand({ UserPoolId, Username: people.at(-1) }));

const browser = await chromium.launch({ ...(await findChromium()), args: ["--no-sandbox"] });
await mkdir(images, { recursive: true });
for (const [locale, suffix] of [
  ["en-US", ""],
  ["ja-JP", "-ja"],
] as const) {
  const page = await browser.newPage({
    baseURL: server.url,
    locale,
    viewport: { width: 1280, height: 720 },
    reducedMotion: "reduce",
    // For the style below.
    bypassCSP: true,
  });
  await page.goto(`/console/user-pools/${UserPoolId}/users`);
  await page
    .getByText(people[0] ?? "")
    .first()
    .waitFor();
  await picture(page, `console-users${suffix}`);

  await page.goto(`/console/user-pools/${UserPoolId}/try-it`);
  const form = page.getByRole("main");
  await form
    .getByRole("textbox")
    .first()
    .fill(people[0] ?? "");
  await form.locator("input[type=password]").fill("Temporary-1");
  await form.locator("input[type=password]").press("Enter");
  await page.getByText("NEW_PASSWORD_REQUIRED").first().waitFor();
  await picture(page, `console-try-it${suffix}`);

  await page.goto(signInPage);
  await page.getByRole("button").first().waitFor();
  // A machine without a desktop has no font for system-ui, and Chromium then mixes several.
  await page.addStyleTag({ content: `* { font-family: ${UI_FONTS} !important }` });
  await picture(page, `sign-in-page${suffix}`);
  await page.close();
}
await browser.close();
cognito.destroy();
await server.stop();

async function picture(page: Page, name: string): Promise<void> {
  await page.locator('[class*="status-loading"]').first().waitFor({ state: "detached" });
  await page.evaluate("document.activeElement?.blur()");
  await page.screenshot({ path: join(images, `${name}.png`) });
}
