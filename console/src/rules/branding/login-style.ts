/** Reads and writes single values of a style's settings document. */
import type { AssetType } from "@aws-sdk/client-cognito-identity-provider";
import { extensionsOf } from "../../../../src/user-pools/branding/asset-extensions.ts";
import { DEFAULT_SETTINGS } from "../../../../src/user-pools/branding/default-settings.ts";

/** JSON as the API has it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export type Settings = { readonly [name: string]: Json };

/** @returns the value of the style, else that of a new one */
export function valueAt(settings: Settings, path: string): Json | undefined {
  return memberAt(settings, path) ?? memberAt(DEFAULT_SETTINGS, path);
}

function memberAt(settings: Json | undefined, path: string): Json | undefined {
  return path
    .split(".")
    .reduce<Json | undefined>((value, name) => (isObject(value) ? value[name] : undefined), settings);
}

/** Settings with another value at a path; objects on the way are made. */
export function withValue(settings: Settings, path: string, value: Json): Settings {
  const [name = "", ...rest] = path.split(".");
  const member = settings[name];
  const inner = rest.length === 0 ? value : withValue(isObject(member) ? member : {}, rest.join("."), value);
  return { ...settings, [name]: inner };
}

function isObject(value: Json | undefined): value is Settings {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `#aabbcc`, as a browser's color field has it, of RGBA. */
export function cssColor(rgba: Json | undefined): string {
  return typeof rgba === "string" && /^[\da-f]{8}$/i.test(rgba)
    ? `#${rgba.slice(0, 6).toLowerCase()}`
    : "#000000";
}

/** RGBA of a browser's color; how transparent it was before stays. */
export function rgbaOf(color: string, before: Json | undefined): string {
  const alpha = typeof before === "string" && /^[\da-f]{8}$/i.test(before) ? before.slice(6) : "ff";
  return `${color.slice(1)}${alpha}`;
}

export const colorPaths = {
  pageBackground: "components.pageBackground.{mode}.color",
  formBackground: "components.form.{mode}.backgroundColor",
  formBorder: "components.form.{mode}.borderColor",
  heading: "components.pageText.{mode}.headingColor",
  body: "components.pageText.{mode}.bodyColor",
  link: "componentClasses.link.{mode}.defaults.textColor",
  inputBorder: "componentClasses.input.{mode}.defaults.borderColor",
  focus: "componentClasses.focusState.{mode}.borderColor",
  primaryBackground: "components.primaryButton.{mode}.defaults.backgroundColor",
  primaryText: "components.primaryButton.{mode}.defaults.textColor",
  primaryHover: "components.primaryButton.{mode}.hover.backgroundColor",
} as const;

export const radiusPaths = {
  form: "components.form.borderRadius",
  input: "componentClasses.input.borderRadius",
  buttons: "componentClasses.buttons.borderRadius",
} as const;

export const colorModes = ["lightMode", "darkMode"] as const;

/** Images that the editor has fields for, with what must be enabled for them to be shown. */
export const imagePlaces = {
  FORM_LOGO: ["components.form.logo.enabled"],
  PAGE_HEADER_LOGO: ["components.pageHeader.logo.enabled", "categories.global.pageHeader.enabled"],
  PAGE_BACKGROUND: ["components.pageBackground.image.enabled"],
  FAVICON_SVG: [],
  FAVICON_ICO: [],
  FORM_BACKGROUND: ["components.form.backgroundImage.enabled"],
  PAGE_HEADER_BACKGROUND: [
    "components.pageHeader.backgroundImage.enabled",
    "categories.global.pageHeader.enabled",
  ],
  PAGE_FOOTER_LOGO: ["components.pageFooter.logo.enabled", "categories.global.pageFooter.enabled"],
  PAGE_FOOTER_BACKGROUND: [
    "components.pageFooter.backgroundImage.enabled",
    "categories.global.pageFooter.enabled",
  ],
  EMAIL_GRAPHIC: [],
  SMS_GRAPHIC: [],
  AUTH_APP_GRAPHIC: [],
  PASSWORD_GRAPHIC: [],
  PASSKEY_GRAPHIC: [],
} as const;

export type ImagePlace = keyof typeof imagePlaces;

type ImageCategory = NonNullable<AssetType["Category"]>;

/** The settings that show an image of this kind. */
export function switchesOf(category: ImageCategory): readonly string[] {
  return category in imagePlaces ? imagePlaces[category as ImagePlace] : [];
}

/** Places that most styles have an image of; the others are shown after a click. */
export const commonPlaces: readonly ImagePlace[] = [
  "FORM_LOGO",
  "PAGE_HEADER_LOGO",
  "PAGE_BACKGROUND",
  "FAVICON_SVG",
  "FAVICON_ICO",
];

/** API Reference, "AssetType": bytes of an image. */
export const MAX_IMAGE_BYTES = 1_000_000;

/** Developer Guide, "Customizing hosted UI (classic) branding": bytes of a logo of classic pages. */
export const MAX_LOGO_BYTES = 100 * 1024;

/** How files begin. An SVG is text, which the server reads whole. */
const STARTS: Readonly<Partial<Record<Extension, readonly number[]>>> = {
  ICO: [0, 0, 1, 0],
  JPEG: [0xff, 0xd8, 0xff],
  PNG: [0x89, 0x50, 0x4e, 0x47],
};

/** Whether a file begins as an image of the kind that its name says. */
export function isImageOf(extension: Extension, bytes: Uint8Array): boolean {
  return (STARTS[extension] ?? []).every((byte, index) => bytes[index] === byte);
}

/** A place of an image; the icon of a provider's button belongs to one provider. */
export interface AssetPlace {
  readonly Category: ImageCategory;
  readonly ResourceId?: string;
}

type Extension = NonNullable<AssetType["Extension"]>;

/** Endings of file names. WEBP is missing because no place takes it. */
const ENDINGS: Readonly<Partial<Record<Extension, readonly string[]>>> = {
  ICO: ["ico"],
  JPEG: ["jpg", "jpeg"],
  PNG: ["png"],
  SVG: ["svg"],
};

/** The files that a place takes, as a file field names them. */
export function acceptedFiles(category: ImageCategory): string {
  return extensionsOf(category)
    .flatMap((extension) => ENDINGS[extension] ?? [])
    .map((ending) => `.${ending}`)
    .join(",");
}

/**
 * The kind of image by the name of its file.
 *
 * @returns undefined if the place does not take it; a file that is dropped can be of any kind
 */
export function extensionOf(fileName: string, category: ImageCategory): Extension | undefined {
  const ending = fileName.split(".").at(-1)?.toLowerCase() ?? "";
  return extensionsOf(category).find((extension) => ENDINGS[extension]?.includes(ending));
}
