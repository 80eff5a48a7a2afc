/**
 * The look of a pool's pages: styles of managed login, and CSS and logo of the classic pages.
 *
 * Leaves to others: rendering the pages (`src/managed-login`).
 */
export { checkAssets } from "./assets.ts";
export { checkCss } from "./css.ts";
export { checkLogo } from "./images.ts";
export { customizedLogo } from "./logo.ts";
export {
  type Branding,
  type BrandingBody,
  brandingIdKey,
  brandingKey,
  brandingOfClient,
  checkBrandingChoice,
  managedLoginBrandingType,
  requireBranding,
  writeAssets,
} from "./managed-login-branding.ts";
export {
  ALL_CLIENTS,
  customizationKey,
  requireAnyDomain,
  type UICustomizationBody,
  uiCustomizationType,
} from "./ui-customization.ts";
