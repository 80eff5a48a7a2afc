import type { AssetType, JsonValue } from "../../api-model/index.ts";
import { styleSettings } from "../../user-pools/index.ts";
import type { Appearance, ColorScheme, Image } from "../appearance.ts";
import { type AssetImages, assetImages, type StoredAsset } from "./assets.ts";
import { styleCss } from "./style-css.ts";
import { styleVariables } from "./style-variables.ts";

export interface StyledPages {
  readonly appearance: Appearance;
  readonly files: AssetImages["files"];
}

const SCHEMES: Readonly<Record<string, ColorScheme>> = { DARK: "dark", DYNAMIC: "adaptive" };

/** The look of a managed login style. A style with Cognito's own values has neither settings nor assets. */
export function styledPages(
  style: { readonly settings: JsonValue | undefined; readonly assets: readonly AssetType[] },
  addressOf: (name: string, asset: StoredAsset) => string,
): StyledPages {
  const settings = styleSettings(style.settings);
  const { global, form } = settings.categories;
  const { components } = settings;
  const images = assetImages(style.assets, addressOf);
  const { places, providerIcons, files } = images;
  const colorScheme = SCHEMES[global.colorSchemeMode] ?? "light";
  const showsHeaderLogo = global.pageHeader.enabled && components.pageHeader.logo.enabled;
  const showsFooterLogo = global.pageFooter.enabled && components.pageFooter.logo.enabled;
  const appearance: Appearance = {
    colorScheme,
    light: styleVariables(settings, "lightMode"),
    dark: styleVariables(settings, "darkMode"),
    css: styleCss(settings, images, colorScheme),
    horizontal: alignment(form.location.horizontal),
    logo: components.form.logo.enabled ? places.FORM_LOGO : undefined,
    logoAlignment: alignment(components.form.logo.location),
    headerLogo: showsHeaderLogo ? places.PAGE_HEADER_LOGO : undefined,
    footerLogo: showsFooterLogo ? places.PAGE_FOOTER_LOGO : undefined,
    background: components.pageBackground.image.enabled ? places.PAGE_BACKGROUND : undefined,
    favicon: faviconOf(components.favicon.enabledTypes, images),
    isLocalFirst: isLocalFirst(settings.categories.auth.authMethodOrder),
    providerOrder: settings.categories.auth.federation.order.filter((name) => typeof name === "string"),
    graphics: {
      email: places.EMAIL_GRAPHIC,
      sms: places.SMS_GRAPHIC,
      app: places.AUTH_APP_GRAPHIC,
      password: places.PASSWORD_GRAPHIC,
      passkey: places.PASSKEY_GRAPHIC,
    },
    providerIcons: settings.componentClasses.idpButtons.icons.enabled ? providerIcons : undefined,
  };
  return { appearance, files };
}

function faviconOf(enabledTypes: readonly string[], { places }: AssetImages): Image | undefined {
  const types = ["SVG", "ICO"].filter((type) => enabledTypes.includes(type)) as ("SVG" | "ICO")[];
  return types.map((type) => places[`FAVICON_${type}`]).find((image) => image !== undefined);
}

/** @param order as it was stored: its elements are not checked */
function isLocalFirst(order: unknown): boolean {
  const methods = Array.isArray(order) ? order.flat() : [];
  const placeOf = (type: string) => methods.findIndex((method) => method?.type === type);
  const [local, federated] = [placeOf("USERNAME_PASSWORD"), placeOf("FEDERATED")];
  return local !== -1 && local < federated;
}

function alignment(place: string): "start" | "center" | "end" {
  if (place === "START") return "start";
  return place === "END" ? "end" : "center";
}
