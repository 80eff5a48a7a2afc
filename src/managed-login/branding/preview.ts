import type { AssetType, JsonValue } from "../../api-model/index.ts";
import type { Appearance } from "../appearance.ts";
import { type ClassicCustomization, classicAppearance } from "./classic.ts";
import { styledPages } from "./style-appearance.ts";

/** The pages with branding that is not stored: images are in the page itself. */
export function previewAppearance({
  style,
  classic,
}: {
  /** Undefined for classic pages. */
  readonly style:
    | { readonly settings: JsonValue | undefined; readonly assets: readonly AssetType[] }
    | undefined;
  readonly classic: ClassicCustomization;
}): Appearance {
  if (style === undefined) return classicAppearance(classic);
  return styledPages(
    style,
    (_name, { bytes, contentType }) => `data:${contentType};base64,${Buffer.from(bytes).toString("base64")}`,
  ).appearance;
}
