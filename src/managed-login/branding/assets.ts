/** The images of a style by their place, at addresses of this server. */
import { hash } from "node:crypto";
import type { AssetType } from "../../api-model/index.ts";
import type { Image } from "../appearance.ts";

/** Where they are served: `{ASSETS_PATH}/{poolId}/{clientId}/{name}`. */
export const ASSETS_PATH = "/managed-login/assets";

export interface AssetPath {
  readonly poolId: string;
  readonly clientId: string;
  readonly name: string;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ICO: "image/x-icon",
  JPEG: "image/jpeg",
  PNG: "image/png",
  SVG: "image/svg+xml",
  WEBP: "image/webp",
};

export interface StoredAsset {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** Places of images that a style has one of. */
export type Place = Exclude<AssetType["Category"], "IDP_BUTTON_ICON">;

export interface AssetImages {
  readonly places: Readonly<Partial<Record<Place, Image>>>;
  /** Icons of providers by `ResourceId`, which names the provider. */
  readonly providerIcons: ReadonlyMap<string, Image>;
  /** By the last part of the address. */
  readonly files: ReadonlyMap<string, StoredAsset>;
}

/** The head of the place of a provider's icon; its name follows. */
const PROVIDER_ICON = "IDP_BUTTON_ICON:";

/**
 * Names come from the contents, so what is behind an address never changes.
 *
 * @param addressOf makes an address of a name; the console's preview uses `data:` URLs instead
 */
export function assetImages(
  assets: readonly AssetType[],
  addressOf: (name: string, asset: StoredAsset) => string,
): AssetImages {
  const files = new Map<string, StoredAsset>();
  const addresses = new Map<string, Map<AssetType["ColorMode"], string>>();
  for (const { Category, ColorMode, Extension, Bytes, ResourceId = "" } of assets) {
    const contentType = CONTENT_TYPES[Extension];
    if (Bytes === undefined || contentType === undefined) continue;
    const name = `${hash("sha256", Bytes, "hex").slice(0, 32)}.${Extension.toLowerCase()}`;
    const asset = { bytes: Bytes, contentType };
    files.set(name, asset);
    const place = Category === "IDP_BUTTON_ICON" ? `${PROVIDER_ICON}${ResourceId}` : Category;
    addresses.set(place, (addresses.get(place) ?? new Map()).set(ColorMode, addressOf(name, asset)));
  }
  const images = [...addresses].map(([place, byMode]) => [place, imageOf(byMode)] as const);
  const icons = images.filter(([place]) => place.startsWith(PROVIDER_ICON));
  return {
    places: Object.fromEntries(images.filter((image) => !icons.includes(image))),
    providerIcons: new Map(icons.map(([place, image]) => [place.slice(PROVIDER_ICON.length), image])),
    files,
  };
}

/** An image for one mode is drawn in both until the other has its own; one that adapts (`DYNAMIC`) is for both. */
function imageOf(byMode: ReadonlyMap<AssetType["ColorMode"], string>): Image {
  const dynamic = byMode.get("DYNAMIC");
  const [light, dark] = [byMode.get("LIGHT") ?? dynamic, byMode.get("DARK") ?? dynamic];
  return { light: light ?? dark ?? "data:,", dark: dark ?? light };
}
