/**
 * The classic customization: a style sheet for known class names, and a logo. The pages have those class names beside their
 * own.
 *
 * @see Developer Guide, "Customizing the hosted UI (classic) branding"
 */
import { isAllowedCss } from "../../user-pools/index.ts";
import { type Appearance, defaultAppearance } from "../appearance.ts";

export interface ClassicCustomization {
  readonly css: string | undefined;
  /** Address of the logo on this server. */
  readonly logo: string | undefined;
}

export const plainClassicAppearance: Appearance = { ...defaultAppearance, isClassic: true };

/** Customized classic pages are light only. */
export function classicAppearance({ css, logo }: ClassicCustomization): Appearance {
  return {
    ...plainClassicAppearance,
    colorScheme: "light",
    // Checked when it was set, and again because a style sheet of an earlier version may hold more than is allowed today.
    css: css !== undefined && isAllowedCss(css) ? css : undefined,
    logo: logo === undefined ? undefined : { light: logo },
  };
}
