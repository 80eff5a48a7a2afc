import {
  CreateIdentityProviderCommand,
  CreateManagedLoginBrandingCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolDomainCommand,
  DeleteManagedLoginBrandingCommand,
  DescribeManagedLoginBrandingByClientCommand,
  GetUICustomizationCommand,
  UpdateUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { paths } from "../../console/src/app/paths.ts";
import { ico, png, svg } from "../managed-login/images.ts";
import { axeFindings } from "../support/axe.ts";
import { createPoolAndClient } from "../support/server.ts";
import {
  type ConsoleUnderTest,
  choose,
  dismissMessages,
  FRAME,
  flash,
  startConsole,
  takeScreenshot,
  visit,
} from "./support.ts";

const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 40"><circle cx="20" cy="20" r="16" fill="#7a1fa2"/><path d="M48 12h96v6H48zM48 23h64v6H48z" fill="#7a1fa2"/></svg>`;

let cognate: ConsoleUnderTest;

beforeAll(async () => {
  cognate = await startConsole({}, { staysLoaded: true });
});
afterAll(() => cognate.stop());

const frameText = '[class~="login-preview"]';
const styleOf = async (UserPoolId: string, ClientId: string) =>
  (
    await cognate.server.cognito.send(
      new DescribeManagedLoginBrandingByClientCommand({ UserPoolId, ClientId }),
    )
  ).ManagedLoginBranding;

/** @param providers other than COGNITO are made first */
async function createPoolWithLogin(PoolName: string, providers = ["COGNITO"]) {
  const { cognito } = cognate.server;
  const callback = "https://app.example.com/callback";
  const { poolId, clientId } = await createPoolAndClient(cognito, { PoolName });
  if (providers.includes("Google"))
    await cognito.send(
      new CreateIdentityProviderCommand({
        UserPoolId: poolId,
        ProviderName: "Google",
        ProviderType: "Google",
        ProviderDetails: { client_id: "id", client_secret: "secret", authorize_scopes: "openid" },
      }),
    );
  await cognito.send(
    new UpdateUserPoolClientCommand({
      UserPoolId: poolId,
      ClientId: clientId,
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid"],
      CallbackURLs: [callback],
      SupportedIdentityProviders: providers,
    }),
  );
  const loginQuery = new URLSearchParams({
    client_id: clientId,
    response_type: "code",
    redirect_uri: callback,
  });
  return { poolId, clientId, loginQuery };
}

describe("the branding editor", () => {
  it("shows the sign-in page with unsaved changes, and saves them as the client's style", async () => {
    const { poolId, clientId } = await createPoolAndClient(cognate.server.cognito, { PoolName: "saved" });
    const page = await cognate.open(paths.loginBranding(poolId).replace("/console", ""));
    const preview = page.frameLocator(frameText);
    await preview.getByRole("button", { name: "Sign in" }).waitFor();
    expect(await preview.locator("[autofocus]").count()).toBe(0);

    await page.getByRole("radio", { name: "A style of your own" }).click();
    await page.getByLabel("Main button, light", { exact: true }).fill("#7a1fa2");
    await page
      .locator('input[type=file][aria-label="Choose a file: Logo in the form, light"]')
      .setInputFiles({ name: "logo.svg", mimeType: "image/svg+xml", buffer: Buffer.from(LOGO) });
    await preview.locator(".logo img").waitFor();
    await expect
      .poll(() =>
        preview
          .locator("button.primary")
          .evaluate(
            (button) =>
              (
                globalThis as never as { getComputedStyle(e: unknown): { backgroundColor: string } }
              ).getComputedStyle(button).backgroundColor,
          ),
      )
      .toBe("rgb(122, 31, 162)");
    await choose(page, "Language of the preview", "日本語");
    await preview.getByRole("button", { name: "サインイン" }).waitFor();
    await takeScreenshot(page, "branding-editor");

    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "The style has been saved.").waitFor();
    expect(await styleOf(poolId, clientId)).toMatchObject({
      UseCognitoProvidedValues: false,
      Settings: {
        components: {
          primaryButton: { lightMode: { defaults: { backgroundColor: "7a1fa2ff" } } },
          form: { logo: { enabled: true } },
        },
      },
      Assets: [{ Category: "FORM_LOGO", ColorMode: "LIGHT", Extension: "SVG" }],
    });
    expect(page.complaints).toEqual([]);
  });

  it("offers the dark preview of a style that follows the browser alone", async () => {
    const { poolId } = await createPoolAndClient(cognate.server.cognito, { PoolName: "dark" });
    const page = await cognate.open(paths.loginBranding(poolId).replace("/console", ""));
    const preview = page.frameLocator(frameText);
    await preview.getByRole("button", { name: "Sign in" }).waitFor();
    await page.getByRole("radio", { name: "A style of your own" }).click();
    const dark = page.getByRole("button", { name: "Dark", exact: true });
    expect(await dark.count()).toBe(0);
    await choose(page, "Color mode", "As the browser prefers");
    await dark.click();
    await expect.poll(() => preview.locator("style").first().textContent()).toContain("color-scheme:dark");
  });

  it("shows the server's error, and deletes a style", async () => {
    const { poolId, clientId } = await createPoolAndClient(cognate.server.cognito, { PoolName: "deleted" });
    await cognate.server.cognito.send(
      new CreateManagedLoginBrandingCommand({ UserPoolId: poolId, ClientId: clientId, Settings: {} }),
    );
    const page = await cognate.open(paths.loginBranding(poolId).replace("/console", ""));
    await page.getByRole("radio", { name: "A style of your own" }).click();
    await page.getByRole("button", { name: "All settings as JSON" }).click();
    const json = page.getByRole("textbox", { name: "All settings as JSON" });
    await json.fill('{ "looks": ');
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("This is not JSON.").waitFor();
    await page.locator("textarea:focus").waitFor();
    await json.fill('{ "looks": {} }');
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("The member is not allowed.").waitFor();
    await page.getByRole("button", { name: "Delete style" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await flash(page, "The style has been deleted.").waitFor();
    await expect(styleOf(poolId, clientId)).rejects.toThrow();
  });

  it("edits the classic pages of a pool with a domain", async () => {
    const { cognito } = cognate.server;
    const { poolId, clientId } = await createPoolAndClient(cognito, { PoolName: "classic style" });
    await cognito.send(new CreateUserPoolDomainCommand({ UserPoolId: poolId, Domain: "branded" }));
    const page = await cognate.open(paths.loginBranding(poolId).replace("/console", ""));
    await page.getByRole("tab", { name: "Classic pages" }).click();
    await page
      .getByRole("textbox", { name: "Style sheet" })
      .fill(".submitButton-customizable { background: #006644; }");
    const preview = page.frameLocator(frameText).last();
    await preview.locator(".submitButton-customizable:visible").waitFor();
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "The style has been saved.").waitFor();
    const { UICustomization } = await cognito.send(
      new GetUICustomizationCommand({ UserPoolId: poolId, ClientId: clientId }),
    );
    expect(UICustomization?.CSS).toContain("#006644");
  });

  it("uploads images, which the login page then shows in the right color mode", async () => {
    const { poolId, loginQuery } = await createPoolWithLogin("images");
    const page = await cognate.open(paths.loginBranding(poolId).replace("/console", ""));
    await page.getByRole("radio", { name: "A style of your own" }).click();
    await choose(page, "Color mode", "As the browser prefers");
    await page.getByRole("button", { name: "More images" }).click();
    const upload = (name: string, fileName: string, buffer: Buffer) =>
      page
        .locator(`input[type=file][aria-label="Choose a file: ${name}"]`)
        .setInputFiles({ name: fileName, mimeType: "application/octet-stream", buffer });
    await upload("Logo in the form, light", "large.png", Buffer.alloc(1_000_001));
    await page.getByText("large.png is larger than 1 MB.").waitFor();
    await upload("Logo in the page header, dark", "text.png", Buffer.from("text"));
    await page.getByText("text.png is not a PNG file, though its name says so.").waitFor();
    await upload("Logo in the form, light", "logo.png", png(31));
    await upload("Logo in the form, dark", "logo.SVG", svg(47));
    await upload("Logo in the page header, light", "header.png", png(33));
    await upload("Logo in the page footer, dark", "footer.png", png(35));
    await upload("Background, light", "background.png", png(37));
    await upload("Browser icon (ICO), light", "icon.ico", ico(16));
    const preview = page.frameLocator(frameText);
    await preview.locator("footer img").waitFor();
    await takeScreenshot(page, "branding-editor-images", true);
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "The style has been saved.").waitFor();

    for (const [colorScheme, widths] of [
      ["light", [37, 33, 31, 35]],
      ["dark", [37, 33, 47, 35]],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.goto(`/${poolId}/login?${loginQuery}`);
      const drawn = "img.backdrop, header img, .logo img, footer picture img";
      expect(
        await page.evaluate(
          `Promise.all([...document.querySelectorAll("${drawn}")].map((image) => image.decode().then(() => image.naturalWidth)))`,
        ),
      ).toEqual(widths);
    }
    expect(await page.locator("link[rel=icon]").getAttribute("href")).toMatch(/\.ico$/);
    expect(page.complaints).toEqual([]);
  });

  it("uploads icons of provider buttons, and rejects files that are not allowed for them", async () => {
    const { poolId, loginQuery } = await createPoolWithLogin("icons", ["COGNITO", "Google"]);
    const page = await cognate.open(paths.loginBranding(poolId).replace("/console", ""));
    await page.getByRole("radio", { name: "A style of your own" }).click();
    await choose(page, "Color mode", "As the browser prefers");
    await page.getByRole("button", { name: "Icons of provider buttons" }).click();
    const field = (mode: string) =>
      page.locator(`input[type=file][aria-label="Choose a file: Icon of Google, ${mode}"]`);
    expect(await field("light").getAttribute("accept")).toBe(".ico,.svg");
    const file = (name: string, buffer: Buffer) => ({ name, mimeType: "application/octet-stream", buffer });
    await field("light").setInputFiles(file("google.png", png(18)));
    await page.getByText("google.png is not an image for this place. It takes: .ico,.svg").waitFor();
    await field("light").setInputFiles(file("google.ico", ico(18)));
    await field("dark").setInputFiles(file("google.svg", svg(28)));
    await page.getByText("dark: Uploaded").waitFor();
    await takeScreenshot(page, "branding-editor-icons", true);
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "The style has been saved.").waitFor();

    for (const [colorScheme, width] of [
      ["light", 18],
      ["dark", 28],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.goto(`/${poolId}/login?${loginQuery}`);
      expect(
        await page.evaluate(
          "(async () => { const image = document.querySelector('a.provider img'); await image.decode(); return image.naturalWidth; })()",
        ),
      ).toBe(width);
    }
    expect(page.complaints).toEqual([]);
  });

  it("keeps unsaved changes while another tab is shown, and the tab and the app client in its address", async () => {
    const { poolId } = await createPoolWithLogin("tabs");
    const second = await cognate.server.cognito.send(
      new CreateUserPoolClientCommand({ UserPoolId: poolId, ClientName: "second" }),
    );
    const page = await cognate.open(paths.loginBranding(poolId).replace("/console", ""));
    await choose(page, "App client", "second");
    await page.getByRole("radio", { name: "A style of your own" }).click();
    await page.getByLabel("Main button, light", { exact: true }).fill("#7a1fa2");
    await page.getByRole("tab", { name: "Terms documents" }).click();
    await page.getByText("No terms documents").waitFor();
    expect(new URL(page.url()).search).toBe(`?client=${second.UserPoolClient?.ClientId}&tab=terms`);
    await page.getByRole("tab", { name: "Managed login" }).click();
    expect(await page.getByLabel("Main button, light", { exact: true }).inputValue()).toBe("#7a1fa2");
  });

  it("asks before a page with unsaved changes is left, and no more after all are saved", async () => {
    const { poolId } = await createPoolWithLogin("unsaved");
    await cognate.server.cognito.send(
      new CreateUserPoolDomainCommand({ UserPoolId: poolId, Domain: "unsaved-changes" }),
    );
    const page = await cognate.open(paths.loginBranding(poolId).replace("/console", ""));
    const questions: string[] = [];
    page.on("dialog", (dialog) => {
      questions.push(dialog.message());
      void (questions.length === 1 ? dialog.dismiss() : dialog.accept());
    });
    await page.getByRole("radio", { name: "A style of your own" }).click();
    const groups = page.getByRole("link", { name: "Groups", exact: true });
    await groups.click();
    expect(questions).toEqual(["Changes on this page are not saved. Leave it and lose them?"]);
    // The changes of the other tab stay unsaved.
    await page.getByRole("tab", { name: "Classic pages" }).click();
    await page.getByRole("checkbox", { name: "For all app clients" }).check();
    await page.getByRole("tab", { name: "Managed login" }).click();
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "The style has been saved.").waitFor();
    await groups.click();
    await page.getByRole("heading", { name: "Groups" }).waitFor();
    expect(questions).toHaveLength(2);

    await page.goBack();
    // The message about the first save must not be taken for that about the second.
    await dismissMessages(page);
    await flash(page, "The style has been saved.").waitFor({ state: "detached" });
    // Settings that are not JSON count only for a style of one's own.
    await page.getByRole("button", { name: "All settings as JSON" }).click();
    await page.getByRole("textbox", { name: "All settings as JSON" }).fill("{");
    await page.getByRole("radio", { name: "Amazon Cognito's own style" }).click();
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "The style has been saved.").waitFor();
    await groups.click();
    await page.getByRole("heading", { name: "Groups" }).waitFor();
    expect(questions).toHaveLength(2);
    page.removeAllListeners("dialog");
  });

  it("asks before a reload while one of two unsaved changes is left", async () => {
    const { poolId } = await createPoolAndClient(cognate.server.cognito, { PoolName: "reload" });
    const page = await cognate.open(paths.loginBranding(poolId).replace("/console", ""));
    const asks = () =>
      page.evaluate<boolean>('!dispatchEvent(new Event("beforeunload", { cancelable: true }))');
    expect(await asks()).toBe(false);
    await page.getByRole("radio", { name: "A style of your own" }).click();
    await page.getByRole("button", { name: "All settings as JSON" }).click();
    const json = page.getByRole("textbox", { name: "All settings as JSON" });
    await json.fill("{");
    await page.getByText("This is not JSON.").waitFor();
    await json.fill("{}");
    await page.getByText("This is not JSON.").waitFor({ state: "detached" });
    expect(await asks()).toBe(true);
  });

  it("asks before Back leaves unsaved changes, and stays where the person stays", async () => {
    const { poolId } = await createPoolAndClient(cognate.server.cognito, { PoolName: "back" });
    const page = await cognate.open(paths.groups(poolId).replace("/console", ""));
    await page.getByRole("link", { name: "Managed login" }).click();
    await page.getByRole("radio", { name: "A style of your own" }).click();
    const address = page.url();
    const goBack = async (answer: "dismiss" | "accept") => {
      const asked = page.waitForEvent("dialog");
      const left = page.evaluate("history.back()");
      const dialog = await asked;
      expect(dialog.message()).toBe("Changes on this page are not saved. Leave it and lose them?");
      await dialog[answer]();
      await left;
    };
    await goBack("dismiss");
    await expect.poll(() => page.url()).toBe(address);
    expect(await page.getByRole("radio", { name: "A style of your own" }).isChecked()).toBe(true);
    await goBack("accept");
    await page.getByRole("heading", { level: 1, name: "Groups" }).waitFor();
  });

  it("keeps what is changed between a save and the answer with what was saved", async () => {
    const { poolId, clientId } = await createPoolAndClient(cognate.server.cognito, { PoolName: "edited" });
    const page = await cognate.open(paths.loginBranding(poolId).replace("/console", ""));
    await page.getByRole("radio", { name: "A style of your own" }).click();
    const color = page.getByLabel("Main button, light", { exact: true });
    await color.fill("#7a1fa2");
    let answer = () => {};
    let answered: Promise<void> | undefined;
    await page.route(`${cognate.server.url}/`, async (route) => {
      const target = await route.request().headerValue("x-amz-target");
      if (target?.endsWith(".DescribeManagedLoginBrandingByClient")) await answered;
      await route.fulfill({ response: await route.fetch() });
      if (!target?.match(/\.(Create|Update)ManagedLoginBranding$/)) return;
      answered = new Promise((resolve) => {
        answer = resolve;
      });
    });
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "The style has been saved.").waitFor();
    await color.fill("#006644");
    answer();
    await page.getByRole("button", { name: "Delete style" }).waitFor();
    expect(await color.inputValue()).toBe("#006644");

    // The answer about the first save is not taken for what was saved since.
    answered = undefined;
    await dismissMessages(page);
    await flash(page, "The style has been saved.").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "The style has been saved.").waitFor();
    expect(await color.inputValue()).toBe("#006644");
    answer();
    expect(JSON.stringify((await styleOf(poolId, clientId))?.Settings)).toContain("006644ff");
  });

  it("saves the style that another person has deleted or created meanwhile", async () => {
    const { cognito } = cognate.server;
    const { poolId, clientId } = await createPoolAndClient(cognito, { PoolName: "meanwhile" });
    const page = await cognate.open(paths.loginBranding(poolId).replace("/console", ""));
    await page.getByRole("radio", { name: "A style of your own" }).click();
    const { ManagedLoginBranding } = await cognito.send(
      new CreateManagedLoginBrandingCommand({ UserPoolId: poolId, ClientId: clientId, Settings: {} }),
    );
    const color = page.getByLabel("Main button, light", { exact: true });
    await color.fill("#7a1fa2");
    page.once("dialog", (question) => void question.accept());
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByRole("button", { name: "Delete style" }).waitFor();
    await cognito.send(
      new DeleteManagedLoginBrandingCommand({
        UserPoolId: poolId,
        ManagedLoginBrandingId: ManagedLoginBranding?.ManagedLoginBrandingId,
      }),
    );
    await color.fill("#006644");
    await page.getByRole("button", { name: "Save changes" }).click();
    const saved = async () =>
      JSON.stringify((await styleOf(poolId, clientId).catch(() => undefined))?.Settings ?? "");
    await expect.poll(saved).toContain("006644ff");
  });

  it("follows its address, and corrects an app client and a tab in it that do not exist", async () => {
    const { poolId, clientId } = await createPoolAndClient(cognate.server.cognito, { PoolName: "address" });
    const { UserPoolClient } = await cognate.server.cognito.send(
      new CreateUserPoolClientCommand({ UserPoolId: poolId, ClientName: "second" }),
    );
    const address = paths.loginBranding(poolId);
    const page = await cognate.open(`${address}?client=gone&tab=gone`.replace("/console", ""));
    await page.getByRole("tab", { name: "Managed login", selected: true }).waitFor();
    await expect.poll(() => new URL(page.url()).search).toBe("");
    const field = page.getByRole("button", { name: "App client" });
    await field.filter({ hasText: /test|second/ }).waitFor();
    for (const [id, name] of [
      [UserPoolClient?.ClientId, "second"],
      [clientId, "test"],
    ] as const) {
      await visit(page, `${address}?client=${id}&tab=terms`);
      await field.filter({ hasText: name }).waitFor();
      await page.getByRole("tab", { name: "Terms documents", selected: true }).waitFor();
    }
    // The app client has no secrets, and no tab for them.
    await visit(page, `${paths.appClient(poolId, clientId)}?tab=secrets`);
    await page.getByRole("tab", { name: "Quick setup guide", selected: true }).waitFor();
    await expect.poll(() => new URL(page.url()).search).toBe("");
  });

  it("uploads and removes the logo of classic pages", async () => {
    const { poolId, clientId, loginQuery } = await createPoolWithLogin("classic");
    await cognate.server.cognito.send(
      new CreateUserPoolDomainCommand({ UserPoolId: poolId, Domain: "classic-images" }),
    );
    const page = await cognate.open(paths.loginBranding(poolId).replace("/console", ""));
    await page.getByRole("tab", { name: "Classic pages" }).click();
    const upload = (name: string, buffer: Buffer) =>
      page
        .locator('input[type=file][aria-label="Choose a file: Logo, Classic pages"]')
        .setInputFiles({ name, mimeType: "image/png", buffer });
    await upload("logo.txt", Buffer.from("text"));
    await page.getByText("logo.txt is not an image for this place.").waitFor();
    await upload("large.png", Buffer.concat([png(53), Buffer.alloc(100 * 1024)]));
    await page.getByText("large.png is larger than 100 KB.").waitFor();
    await upload("logo.png", png(53));
    const shown = page.frameLocator(frameText).last().locator("img.logo-customizable:visible");
    await shown.waitFor();
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "The style has been saved.").waitFor();
    await page.goto(
      `http://classic-images.localhost:${new URL(cognate.server.url).port}/login?${loginQuery}`,
    );
    expect(
      await page.evaluate(
        "(async () => { const [image] = document.images; await image.decode(); return image.naturalWidth; })()",
      ),
    ).toBe(53);

    await page.goto(`${paths.loginBranding(poolId)}?tab=classic`);
    await shown.waitFor();
    const forAll = page.getByRole("checkbox", { name: "For all app clients" });
    await forAll.check();
    await page.getByText("This app client keeps its own.").waitFor();
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(
      page,
      /^The style of all app clients without .* keeps its own, which is shown again\.$/,
    ).waitFor();
    await page.locator("input[type=checkbox]:not(:checked)").and(forAll).waitFor();
    await page.getByRole("button", { name: "Remove Logo, Classic pages" }).click();
    await shown.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "The style has been saved.").waitFor();
    const { UICustomization } = await cognate.server.cognito.send(
      new GetUICustomizationCommand({ UserPoolId: poolId, ClientId: clientId }),
    );
    // Without a logo and a style sheet of its own it has those of all.
    expect(UICustomization).toMatchObject({ ClientId: "ALL", ImageUrl: expect.any(String) });
  });

  it.each([
    ["wide and dark", { colorScheme: "dark" }, "branding-editor-dark"],
    ["narrow", { viewport: { width: 390, height: 844 } }, "branding-editor-narrow"],
    ["Japanese", { language: "ja" }, "branding-editor-ja"],
  ] as const)("has no axe findings if it is %s", async (_, options, name) => {
    const { poolId } = await createPoolAndClient(cognate.server.cognito, { PoolName: name });
    const page = await cognate.open(paths.loginBranding(poolId).replace("/console", ""), { ...options });
    // axe must not look into the frame while it is drawn anew.
    await page.frameLocator(frameText).first().locator("button.primary").waitFor();
    const drawn = page.waitForResponse(/login-preview/);
    await page.getByRole("radio").nth(1).click();
    await drawn;
    await page.frameLocator(frameText).first().locator("button.primary").waitFor();
    await takeScreenshot(page, name, true);
    expect(await axeFindings(page, { exclude: FRAME })).toEqual([]);
  });
});
