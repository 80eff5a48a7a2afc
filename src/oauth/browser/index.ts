/** What the endpoints keep in a browser: its session, the value that its forms bring back, the state of a sign-in elsewhere. */
export {
  browserSession,
  endBrowserSession,
  markSamlSessionEnded,
  optionsFor,
  type ProviderSession,
  providerOfSession,
  startBrowserSession,
} from "./browser-session.ts";
export { csrfToken, hasCsrfCookie, isOfBrowser, isOwnForm } from "./csrf.ts";
export {
  markProviderStateUsed,
  openProviderState,
  type ProviderSignInState,
  type ProviderStart,
  sealProviderState,
} from "./provider-state.ts";
