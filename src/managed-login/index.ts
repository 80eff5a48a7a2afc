/**
 * The managed login pages as HTML, and pages beside them: the one behind the link of a confirmation e-mail, and the logos of
 * classic pages.
 *
 * A page is a function from a model and the texts of a language to what is in the card; `layout.tsx` is around it, and
 * `branding/` says what it looks like. Leaves to others: requests, cookies and what a form leads to (`src/oauth`), and every
 * rule (`src/user-pools`).
 */

export type { Appearance } from "./appearance.ts";
export { eventFeedbackSurface } from "./auth-event-feedback.ts";
export {
  appearanceOf,
  assetSurface,
  type PageOwner,
  previewAppearance,
  storedAsset,
} from "./branding/index.ts";
export type { Hidden, Notice } from "./components.tsx";
export { confirmUserSurface } from "./confirm-user.ts";
export { messageText } from "./error-text.ts";
export { languageCode, languages, preferredLanguage, type Texts, textsOf } from "./languages/index.ts";
export { logoSurface } from "./logo.ts";
export { accountPage } from "./pages/account/account-page.tsx";
export { accountPasskeyPage } from "./pages/account/add-account-passkey.tsx";
export type { AccountModel, FactorState, Item } from "./pages/account/model.ts";
export { addPasskeyPage } from "./pages/add-passkey.tsx";
export {
  type ChallengeModel,
  choicePage,
  codePage,
  customChallengePage,
  type FactorOption,
  newPasswordPage,
  passkeyPage,
  passwordPage,
} from "./pages/challenges.tsx";
export { forgotPasswordPage, resetPasswordPage } from "./pages/forgot-password.tsx";
export { errorPage, messagePage } from "./pages/message.tsx";
export { type QrCode, setupAddressPage, setupAppPage } from "./pages/mfa-setup.tsx";
export { nameFormOf } from "./pages/names.ts";
export { signInPage, ssoPage } from "./pages/sign-in.tsx";
export { confirmPage, signUpPage } from "./pages/sign-up.tsx";
export { stepUpPage } from "./pages/step-up.tsx";
export { type Page, renderPage } from "./render.tsx";
