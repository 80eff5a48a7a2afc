/**
 * Terms documents of app clients: finding them, and how the API shows one.
 *
 * Leaves to others: showing their links on the sign-up page (`src/managed-login`).
 */
export {
  MAX_TERMS,
  refuseSecondTerms,
  requireTerms,
  type TermsBody,
  type TermsDocument,
  termsDescription,
  termsOfPool,
  termsSubject,
  termsType,
} from "./terms-document.ts";
