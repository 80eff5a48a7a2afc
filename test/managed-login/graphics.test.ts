/** Images of a style, uploaded by the SDK and drawn by Chromium. */
import {
  type AssetType,
  CreateIdentityProviderCommand,
  CreateManagedLoginBrandingCommand,
  SetUserPoolMfaConfigCommand,
  UpdateManagedLoginBrandingCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import Fastify from "fastify";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assetSurface } from "../../src/managed-login/index.ts";
import { drawJpeg, drawnWidths, ico, png, svg } from "./images.ts";
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
import { addressOf, type LoginPage, PASSWORD, type PagesUnderTest, send, startPages } from "./support.ts";

let pages: PagesUnderTest;
let jpeg: Buffer;
beforeAll(async () => {
  pages = await startPages();
  jpeg = await drawJpeg(await pages.open());
});
afterAll(() => pages?.stop());

const on = { enabled: true };
/** Every image is shown. */
const SETTINGS = (colorSchemeMode: string) => ({
  categories: { global: { colorSchemeMode, pageHeader: on, pageFooter: on } },
  components: {
    form: { logo: on, backgroundImage: on },
    pageHeader: { logo: on, backgroundImage: on },
    pageFooter: { logo: on, backgroundImage: on },
    pageBackground: { image: on },
  },
});

const PLACES = [
  "FORM_LOGO",
  "PAGE_HEADER_LOGO",
  "PAGE_FOOTER_LOGO",
  "PAGE_BACKGROUND",
  "FORM_BACKGROUND",
  "PAGE_HEADER_BACKGROUND",
  "PAGE_FOOTER_BACKGROUND",
] as const;
const GRAPHICS = [
  "EMAIL_GRAPHIC",
  "SMS_GRAPHIC",
  "AUTH_APP_GRAPHIC",
  "PASSWORD_GRAPHIC",
  "PASSKEY_GRAPHIC",
] as const;

/** Widths of an image by its place: of a light one, of a dark one is 100 more. */
const widthOf = (place: (typeof PLACES)[number] | (typeof GRAPHICS)[number]) =>
  20 + [...PLACES, ...GRAPHICS].indexOf(place);

const MODES = ["LIGHT", "DARK"] as const;
const inBothModes = (places: readonly ((typeof PLACES)[number] | (typeof GRAPHICS)[number])[]): AssetType[] =>
  places.flatMap((Category) =>
    MODES.map((ColorMode) => ({
      Category,
      ColorMode,
      Extension: "PNG" as const,
      Bytes: png(widthOf(Category) + (ColorMode === "DARK" ? 100 : 0)),
    })),
  );

async function style(
  { userPoolId: UserPoolId, clientId: ClientId }: Scene,
  Assets: AssetType[],
  mode = "DYNAMIC",
) {
  const Settings = SETTINGS(mode);
  return pages.server.cognito.send(
    new CreateManagedLoginBrandingCommand({ UserPoolId, ClientId, Settings, Assets }),
  );
}

/** The width of the image behind an element. */
async function backgroundWidth(page: Page, selector: string): Promise<number> {
  return widthAt(
    page,
    await page.evaluate<string>(
      `getComputedStyle(document.querySelector(${JSON.stringify(selector)})).backgroundImage.slice(5, -2)`,
    ),
  );
}

async function widthAt(page: Page, address: string): Promise<number> {
  return page.evaluate(
    `new Promise((done) => { const image = new Image(); image.onload = () => done(image.naturalWidth); image.onerror = () => done(-1); image.src = ${JSON.stringify(address)}; })`,
  );
}

/** What the sign-in page shows, by the image's place. */
async function shownPlaces(page: Page): Promise<Record<(typeof PLACES)[number], number | undefined>> {
  const [formLogo] = await drawnWidths(page, ".logo img");
  const [header] = await drawnWidths(page, "header img");
  const [footer] = await drawnWidths(page, "footer picture img");
  const [background] = await drawnWidths(page, "img.backdrop");
  return {
    FORM_LOGO: formLogo,
    PAGE_HEADER_LOGO: header,
    PAGE_FOOTER_LOGO: footer,
    PAGE_BACKGROUND: background,
    FORM_BACKGROUND: await backgroundWidth(page, ".card"),
    PAGE_HEADER_BACKGROUND: await backgroundWidth(page, "header"),
    PAGE_FOOTER_BACKGROUND: await backgroundWidth(page, "footer"),
  };
}

const expected = (more = 0) => Object.fromEntries(PLACES.map((place) => [place, widthOf(place) + more]));

async function openLogin(scene: Scene, colorScheme: "light" | "dark" = "light"): Promise<LoginPage> {
  const page = await pages.open({ colorScheme });
  await page.goto(addressOf(pages, scene.userPoolId, scene.clientId));
  return page;
}

describe("the images of a style", () => {
  it.each([
    ["DYNAMIC", "light", 0],
    ["DYNAMIC", "dark", 100],
    ["LIGHT", "dark", 0],
    ["DARK", "light", 100],
  ] as const)(
    "with the color scheme %s are those of the right color in a browser that prefers %s",
    async (mode, colorScheme, more) => {
      const scene = await openScene(pages, PLAIN_POOL);
      await style(scene, inBothModes(PLACES), mode);
      const page = await openLogin(scene, colorScheme);
      expect(await shownPlaces(page)).toEqual(expected(more));
      expect({ complaints: page.complaints, outside: page.outside }).toEqual({ complaints: [], outside: [] });
    },
  );

  it.each(["LIGHT", "DARK", "DYNAMIC"] as const)(
    "that exist only in the mode %s are shown in both",
    async (ColorMode) => {
      const scene = await openScene(pages, PLAIN_POOL);
      const assets = PLACES.map((Category) => ({
        Category,
        ColorMode,
        Extension: "PNG" as const,
        Bytes: png(widthOf(Category)),
      }));
      await style(scene, assets);
      for (const colorScheme of ["light", "dark"] as const)
        expect(await shownPlaces(await openLogin(scene, colorScheme))).toEqual(expected());
    },
  );

  it("are not shown if the settings switch them off", async () => {
    const scene = await openScene(pages, PLAIN_POOL);
    const Settings = { components: { pageBackground: { image: { enabled: false } } } };
    const { userPoolId: UserPoolId, clientId: ClientId } = scene;
    await pages.server.cognito.send(
      new CreateManagedLoginBrandingCommand({ UserPoolId, ClientId, Settings, Assets: inBothModes(PLACES) }),
    );
    const page = await openLogin(scene);
    expect(await page.locator("img, header").count()).toBe(0);
    expect(await page.content()).not.toContain("/managed-login/assets/");
  });

  it("change when the style is updated", async () => {
    const scene = await openScene(pages, PLAIN_POOL);
    const { ManagedLoginBranding } = await style(scene, inBothModes(["FORM_LOGO"]));
    expect(await drawnWidths(await openLogin(scene), ".logo img")).toEqual([widthOf("FORM_LOGO")]);
    await pages.server.cognito.send(
      new UpdateManagedLoginBrandingCommand({
        UserPoolId: scene.userPoolId,
        ManagedLoginBrandingId: ManagedLoginBranding?.ManagedLoginBrandingId,
        Assets: [{ Category: "FORM_LOGO", ColorMode: "LIGHT", Extension: "SVG", Bytes: svg(77) }],
      }),
    );
    expect(await drawnWidths(await openLogin(scene), ".logo img")).toEqual([77]);
  });

  it("can be PNG, JPEG, SVG and ICO, and are served with the right content type", async () => {
    const scene = await openScene(pages, PLAIN_POOL);
    await style(scene, [
      { Category: "FORM_LOGO", ColorMode: "LIGHT", Extension: "JPEG", Bytes: jpeg },
      { Category: "PAGE_HEADER_LOGO", ColorMode: "LIGHT", Extension: "SVG", Bytes: svg(31) },
      { Category: "PAGE_FOOTER_LOGO", ColorMode: "LIGHT", Extension: "PNG", Bytes: png(41) },
      { Category: "FAVICON_ICO", ColorMode: "LIGHT", Extension: "ICO", Bytes: ico(16) },
    ]);
    const page = await openLogin(scene);
    expect(await drawnWidths(page, ".logo img, header img, footer picture img")).toEqual([31, 23, 41]);
    const favicon = (await page.locator("link[rel=icon]").getAttribute("href")) ?? "";
    expect(await widthAt(page, favicon)).toBe(16);
    const shown = await page.evaluate<string[]>("[...document.images].map((image) => image.src)");
    const answers = await Promise.all(
      [...shown, favicon].map((address) => fetch(new URL(address, pages.origin))),
    );
    expect(answers.map(({ headers }) => headers.get("content-type")).sort()).toEqual([
      "image/jpeg",
      "image/png",
      "image/svg+xml",
      "image/x-icon",
    ]);
  });

  it("can be icons of the browser's tab in the color that it prefers", async () => {
    const scene = await openScene(pages, PLAIN_POOL);
    const icons = MODES.map((ColorMode) => ({
      Category: "FAVICON_SVG" as const,
      ColorMode,
      Extension: "SVG" as const,
      Bytes: svg(ColorMode === "LIGHT" ? 16 : 32),
    }));
    await style(scene, icons);
    const page = await openLogin(scene);
    const links = page.locator("link[rel=icon]");
    for (const [index, scheme, width] of [
      [0, "light", 16],
      [1, "dark", 32],
    ] as const) {
      expect(await links.nth(index).getAttribute("media")).toBe(`(prefers-color-scheme: ${scheme})`);
      expect(await widthAt(page, (await links.nth(index).getAttribute("href")) ?? "")).toBe(width);
    }
  });

  it("can be icons of provider buttons", async () => {
    const { userPoolId: UserPoolId } = await openScene(pages, PLAIN_POOL);
    await pages.server.cognito.send(
      new CreateIdentityProviderCommand({
        UserPoolId,
        ProviderName: "Google",
        ProviderType: "Google",
        ProviderDetails: { client_id: "id", client_secret: "secret", authorize_scopes: "openid email" },
      }),
    );
    const scene = await openScene(pages, PLAIN_POOL, {
      client: { UserPoolId, SupportedIdentityProviders: ["COGNITO", "Google"] },
    });
    const of = { ...scene, userPoolId: UserPoolId };
    const icon = { Category: "IDP_BUTTON_ICON", ResourceId: "Google", Extension: "SVG" } as const;
    await style(of, [
      { ...icon, ColorMode: "LIGHT", Bytes: svg(18) },
      { ...icon, ColorMode: "DARK", Bytes: svg(28) },
    ]);
    expect(await drawnWidths(await openLogin(of), "a.provider img")).toEqual([18]);
    expect(await drawnWidths(await openLogin(of, "dark"), "a.provider img")).toEqual([28]);
  });

  it.each(["light", "dark"] as const)(
    "can be graphics of the sign-in options, in %s",
    async (colorScheme) => {
      const more = colorScheme === "dark" ? 100 : 0;
      const byChoice = await openScene(pages, CHOICE_POOL, { client: CHOICE_CLIENT });
      await style(byChoice, inBothModes(GRAPHICS));
      const email = `${colorScheme}@example.com`;
      await addUser(pages.server, byChoice, email, { email, email_verified: "true" });
      const page = await openLogin(byChoice, colorScheme);
      await send(page, { username: email });
      expect(await drawnWidths(page, ".option img")).toEqual([
        widthOf("PASSWORD_GRAPHIC") + more,
        widthOf("EMAIL_GRAPHIC") + more,
      ]);
      await page.check("input[value=EMAIL_OTP]");
      await send(page, {});
      expect(await drawnWidths(page, ".glyph img")).toEqual([widthOf("EMAIL_GRAPHIC") + more]);

      const demanding = await openScene(pages, MFA_POOL, { mfa: MFA_ON });
      await style(demanding, inBothModes(GRAPHICS));
      await addUser(pages.server, demanding, "alice", { phone_number: "+15555550123" });
      const second = await openLogin(demanding, colorScheme);
      await send(second, { username: "alice", password: PASSWORD });
      expect(await drawnWidths(second, ".glyph img")).toEqual([widthOf("SMS_GRAPHIC") + more]);

      const { SmsMfaConfiguration: _, ...mfa } = MFA_ON;
      await pages.server.cognito.send(
        new SetUserPoolMfaConfigCommand({ UserPoolId: demanding.userPoolId, ...mfa }),
      );
      await addUser(pages.server, demanding, "bob");
      const setUp = await openLogin(demanding, colorScheme);
      await send(setUp, { username: "bob", password: PASSWORD });
      expect(await drawnWidths(setUp, ".option img")).toContain(widthOf("AUTH_APP_GRAPHIC") + more);
    },
  );
});

describe("the size of the images", () => {
  const logo = (Bytes: Uint8Array, ColorMode: "LIGHT" | "DARK" = "LIGHT") =>
    ({ Category: "FORM_LOGO", ColorMode, Extension: "PNG", Bytes }) as const;
  /** A PNG that is followed by bytes, which decoders pass over. */
  const large = (length: number) => Buffer.concat([png(50), Buffer.alloc(length)]).subarray(0, length);

  it("is at most 1,000,000 bytes, all of which are served", async () => {
    const scene = await openScene(pages, PLAIN_POOL);
    await style(scene, [logo(large(1_000_000))]);
    const page = await openLogin(scene);
    expect(await drawnWidths(page, ".logo img")).toEqual([50]);
    const address = await page.locator(".logo img").getAttribute("src");
    const answer = await fetch(new URL(address ?? "", pages.origin));
    expect((await answer.arrayBuffer()).byteLength).toBe(1_000_000);
  });

  it("is rejected above that, as is a request of more than two megabytes", async () => {
    const scene = await openScene(pages, PLAIN_POOL);
    await expect(style(scene, [logo(large(1_000_001))])).rejects.toThrow(
      "Member must have length less than or equal to 1000000",
    );
    const three = [logo(large(900_000)), logo(large(900_000), "DARK")];
    await expect(style(scene, three)).rejects.toMatchObject({ $metadata: { httpStatusCode: 413 } });
    await expect(
      style(
        scene,
        Array.from({ length: 41 }, () => logo(png(1))),
      ),
    ).rejects.toThrow("Member must have length less than or equal to 40");
  });
});

describe("an SVG", () => {
  it.each([
    ["a script", "<script>alert(1)</script>"],
    ["a foreign object", '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>'],
    ["an image of another server", '<image href="https://example.com/x.png"/>'],
    ["an event handler", '<rect onload="alert(1)"/>'],
  ])("with %s is rejected when it is uploaded", async (_title, inside) => {
    const scene = await openScene(pages, PLAIN_POOL);
    const asset = {
      Category: "FORM_LOGO",
      ColorMode: "LIGHT",
      Extension: "SVG",
      Bytes: svg(16, inside),
    } as const;
    await expect(style(scene, [asset])).rejects.toThrow("The SVG is malformed or has elements");
  });

  it("that passed the check cannot run or load anything, in a page or opened by itself", async () => {
    const hostile = svg(
      44,
      `<script>document.documentElement.setAttribute("data-ran", "1"); fetch("/ran")</script>
      <rect width="9" height="9" onload="fetch('/ran')"/>
      <image href="/loaded.png" width="9" height="9"/>
      <foreignObject width="9" height="9"><img xmlns="http://www.w3.org/1999/xhtml" src="/loaded" onerror="fetch('/ran')"/></foreignObject>
      <style>@import "/loaded.css"; rect { fill: url(/loaded.svg#a) }</style>`,
    );
    const app = Fastify();
    const asked: string[] = [];
    app.addHook("onRequest", async ({ url }) => {
      asked.push(url);
    });
    await app.register(assetSurface(async () => ({ bytes: hostile, contentType: "image/svg+xml" })));
    app.get("/page", (_request, reply) =>
      reply.type("text/html").send('<img src="/managed-login/assets/p/c/x.svg">'),
    );
    const origin = await app.listen({ port: 0, host: "127.0.0.1" });
    try {
      const page = await pages.open();
      await page.goto(`${origin}/page`, { waitUntil: "networkidle" });
      expect(await drawnWidths(page, "img")).toEqual([44]);
      await page.goto(`${origin}/managed-login/assets/p/c/x.svg`, { waitUntil: "networkidle" });
      expect(await page.locator("svg").getAttribute("data-ran")).toBeNull();
      const others = asked.filter((url) => url !== "/page" && url !== "/managed-login/assets/p/c/x.svg");
      expect(others.filter((url) => url !== "/favicon.ico")).toEqual([]);
    } finally {
      await app.close();
    }
  });
});
