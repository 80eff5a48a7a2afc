/**
 * The look of a pool's pages: styles of managed login, and CSS and logo of the classic pages.
 *
 * Leaves to others: rendering the pages (`src/managed-login`).
 */
export { checkAssets } from "./assets.ts";
export { checkCss, isAllowedCss } from "./css.ts";
export type { StyleSettings } from "./default-settings.ts";
export { checkLogo } from "./images.ts";
export { customizedLogo } from "./logo.ts";
export {
  type BrandingBody,
  brandingAssets,
  brandingDocument,
  brandingIdKey,
  brandingKey,
  brandingOfClient,
  brandingSubject,
  checkBrandingChoice,
  managedLoginBrandingType,
  requireBranding,
  writeAssets,
} from "./managed-login-branding.ts";
export { checkSettings, styleSettings } from "./managed-login-settings.ts";
export {
  ALL_CLIENTS,
  customizationDocument,
  customizationKey,
  logoPath,
  requireAnyDomain,
  type UICustomizationBody,
  uiCustomizationType,
} from "./ui-customization.ts";
