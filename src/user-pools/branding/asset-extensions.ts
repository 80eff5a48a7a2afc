/**
 * The kinds of images that each place of a managed login style takes.
 *
 * @see API Reference, "AssetType"; Developer Guide, "The branding editor and customizing managed login"
 */
import type { AssetType } from "../../api-model/index.ts";

const PICTURES = ["PNG", "SVG", "JPEG"] as const;
const OTHERS: Readonly<Partial<Record<AssetType["Category"], readonly AssetType["Extension"][]>>> = {
  FAVICON_ICO: ["ICO"],
  FAVICON_SVG: ["SVG"],
  IDP_BUTTON_ICON: ["ICO", "SVG"],
};

export function extensionsOf(category: AssetType["Category"]): readonly AssetType["Extension"][] {
  return OTHERS[category] ?? PICTURES;
}
