import { describe, expect, it } from "vitest";
import type { AssetType, JsonValue } from "../../api-model/index.ts";
import { styledPages } from "./style-appearance.ts";

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);
const asset = (more: Partial<AssetType>): AssetType => ({
  Category: "FORM_LOGO",
  ColorMode: "LIGHT",
  Extension: "PNG",
  Bytes: PNG,
  ...more,
});
const pages = (settings: JsonValue | undefined, assets: readonly AssetType[] = []) =>
  styledPages({ settings, assets }, (name) => `/assets/${name}`);
const appearance = (settings?: JsonValue, assets?: readonly AssetType[]) =>
  pages(settings, assets).appearance;

describe("the appearance of a managed login style", () => {
  it("has Cognito's value for each setting that the style omits", () => {
    const { light, dark, colorScheme, horizontal, css } = appearance();
    expect(light).toMatchObject({
      "page-background": "#ffffffff",
      "primary-background": "#0972d3ff",
      "card-radius": "8px",
      "alert-radius": "12px",
    });
    expect(dark).toMatchObject({ "page-background": "#0f1b2aff", "primary-background": "#539fe5ff" });
    expect({ colorScheme, horizontal }).toEqual({ colorScheme: "light", horizontal: "center" });
    expect(css).toContain("radial-gradient");
  });

  it.each([
    ["LIGHT", "light"],
    ["DARK", "dark"],
    ["DYNAMIC", "adaptive"],
  ])("has the color scheme %s", (colorSchemeMode, colorScheme) => {
    expect(appearance({ categories: { global: { colorSchemeMode } } }).colorScheme).toBe(colorScheme);
  });

  it("uses colors, radii and positions of the settings", () => {
    const settings = {
      components: {
        primaryButton: { lightMode: { defaults: { backgroundColor: "AABBCCDD" } } },
        form: { borderRadius: 0 },
      },
      categories: {
        form: { location: { horizontal: "END", vertical: "START" }, displayGraphics: false },
        global: { spacingDensity: "COMPACT" },
      },
    };
    const { light, horizontal, css } = appearance(settings);
    expect(light).toMatchObject({ "primary-background": "#aabbccdd", "card-radius": "0px" });
    expect(horizontal).toBe("end");
    expect(css).toContain("main{justify-content:flex-start}");
    expect(css).toContain(".glyph,.option picture,.option svg{display:none}");
    expect(css).toContain("padding:1.5rem 1.75rem");
  });

  it("shows the default instead of a stored value that is unusable", () => {
    const settings = {
      components: { pageBackground: { lightMode: { color: "red}</style><script>" } }, form: "none" },
    };
    const { light, css } = appearance(settings);
    expect(light["page-background"]).toBe("#ffffffff");
    expect(JSON.stringify({ light, css })).not.toContain("</style");
  });

  it("shows logos, backgrounds and favicons only where the settings enable them", () => {
    const assets = [
      asset({ Category: "FORM_LOGO" }),
      asset({ Category: "PAGE_HEADER_LOGO" }),
      asset({ Category: "PAGE_BACKGROUND" }),
      asset({ Category: "FORM_BACKGROUND" }),
      asset({ Category: "FAVICON_ICO", Extension: "ICO" }),
    ];
    const hidden = appearance({ components: { pageBackground: { image: { enabled: false } } } }, assets);
    expect(hidden).toMatchObject({ logo: undefined, headerLogo: undefined, background: undefined });
    expect(hidden.css).not.toContain("background-image");
    expect(hidden.favicon?.light).toMatch(/\.ico$/);

    const shown = appearance(
      {
        categories: { global: { pageHeader: { enabled: true } } },
        components: {
          favicon: { enabledTypes: ["SVG"] },
          form: { backgroundImage: { enabled: true }, logo: { enabled: true, location: "START" } },
          pageHeader: { logo: { enabled: true } },
        },
      },
      assets,
    );
    expect(shown).toMatchObject({
      logo: { light: expect.stringMatching(/^\/assets\/[\da-f]{32}\.png$/) },
      logoAlignment: "start",
      headerLogo: expect.anything(),
      background: expect.anything(),
      favicon: undefined,
    });
    expect(shown.css).toMatch(/\.card\{background-image:url\("\/assets\//);
    expect(shown.css).toContain("header{min-height");
  });

  it("has an image for each color mode, and one that adapts for both", () => {
    const settings = { components: { form: { logo: { enabled: true } } } };
    const dark = asset({ ColorMode: "DARK", Bytes: new Uint8Array([1]) });
    const both = appearance(settings, [asset({}), dark]).logo;
    expect(both?.light).not.toBe(both?.dark);
    const one = appearance(settings, [asset({ ColorMode: "DYNAMIC" })]).logo;
    expect(one?.light).toBe(one?.dark);
  });

  it("orders the form and the providers by the settings", () => {
    expect(appearance()).toMatchObject({ isLocalFirst: false, providerOrder: [] });
    const auth = {
      authMethodOrder: [[{ type: "USERNAME_PASSWORD" }, { type: "FEDERATED" }]],
      federation: { order: ["Okta", "Google"] },
    };
    expect(appearance({ categories: { auth } })).toMatchObject({
      isLocalFirst: true,
      providerOrder: ["Okta", "Google"],
    });
    const odd = { categories: { auth: { authMethodOrder: [null, 1], federation: { order: [1] } } } };
    expect(appearance(odd)).toMatchObject({ isLocalFirst: false, providerOrder: [] });
  });

  it("has the icons of providers under their resource ids", () => {
    const icon = asset({ Category: "IDP_BUTTON_ICON", Extension: "SVG", ResourceId: "Acme" });
    expect(appearance({}, [icon]).providerIcons).toEqual(
      new Map([["Acme", { light: expect.any(String), dark: expect.any(String) }]]),
    );
    const off = { componentClasses: { idpButtons: { icons: { enabled: false } } } };
    expect(appearance(off, [icon]).providerIcons).toBeUndefined();
  });
});
