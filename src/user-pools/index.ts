/**
 * User pools: every rule of theirs, and the operations of their API. Knows no HTTP and no SQL.
 */

export { flowEnabled, provesClientSecret } from "./app-clients/index.ts";
export { type AcrLevel, levelOfMethods, levelsAsked, levelsNamed } from "./assurance/index.ts";
export { readableBy, schemaOf, writableBy } from "./attributes/index.ts";
export {
  brandingAssets,
  brandingDocument,
  customizationDocument,
  customizedLogo,
  isAllowedCss,
  logoPath,
  type StyleSettings,
  styleSettings,
} from "./branding/index.ts";
export {
  autoVerifiedAttributes,
  confirmByLink,
  confirmSignUpByCode,
  factorOfAddress,
  sealConfirmedSignUp,
} from "./confirmation.ts";
export {
  type BrowserDevice,
  deviceOfBrowser,
  leavesRememberingToUsers,
  rememberBrowser,
} from "./devices/index.ts";
export { usesClassicPages } from "./domains/index.ts";
export type { Environment, IssuerForm } from "./environment.ts";
export { type FederatedIdentity, signInFederated } from "./federation/index.ts";
export { withAllowedClientName, withFixedIds } from "./fixed-ids.ts";
export {
  currentSamlMetadata,
  MAX_PROVIDERS,
  readSamlMetadata,
  type SamlMetadata,
  samlEncryption,
} from "./identity-providers/index.ts";
export {
  claimJob,
  findJob,
  type ImportBatch,
  ImportOutOfStep,
  importedHashKind,
  importRecords,
  jobLog,
  MAX_FILE_BYTES,
  runJob,
  storeUpload,
  userImportsOf,
} from "./import/index.ts";
export { createBuckets, createRateLimits, withRateLimits } from "./limits/index.ts";
export { startLogDelivery } from "./log-delivery/index.ts";
export {
  allowedFirstFactors,
  factorsOfPool,
  factorsToSetUp,
  hasPasskeyMfa,
  passkeysAreBothFactors,
  usableFactors,
} from "./mfa/index.ts";
export {
  allowsFlow,
  finishSignIn,
  grantToSession,
  introspect,
  isCustomScope,
  issueCode,
  issueToClient,
  OAuthError,
  type OAuthErrorCode,
  RegistrationRefused,
  redeemCode,
  registerClient,
  registrationOf,
  requestedScopes,
  type UserGrant,
  userInfo,
} from "./oauth/index.ts";
export type { OperationContext } from "./operation.ts";
export { operations } from "./operations/registry.ts";
export {
  completeRegistration,
  isOriginOf,
  MAX_PASSKEYS,
  relyingPartyId,
  startRegistration,
} from "./passkeys/index.ts";
export { allowsPasswordless, checkPassword } from "./passwords/index.ts";
export { clientSettingsNotActedOn, poolSettingsNotActedOn, replenishSpareKeys } from "./pools/index.ts";
export { isLeftToAdministrators } from "./recovery.ts";
export { type ReceivedContext, requestContextOf } from "./request-context.ts";
export { OPENID_SCOPES, REGISTRATION_SCOPE } from "./resource-servers/index.ts";
export { createSignInCounts, type SignInCounts } from "./risk/index.ts";
export {
  endPageSession,
  isReusable,
  listSessions,
  type OpenPageSession,
  openPageSession,
  type PageSession,
  revokeSession,
  ssoMinutesOfPool,
  startPageSession,
} from "./sessions/index.ts";
export {
  answerChallenge,
  beginSignIn,
  type ChallengeStep,
  challengesOfStepUp,
  provedMethods,
  type Step,
  type StepUp,
  sendCodeAgain,
} from "./sign-in/index.ts";
export { withSubjects } from "./subjects.ts";
export { termsOfPool } from "./terms/index.ts";
export { createTokenService, rotateSigningKeys, type TokenService } from "./tokens/index.ts";
export { createFunctionInspection, createLambdaTriggers, type FunctionInspection } from "./triggers/index.ts";
export { sendVerificationCode } from "./verification.ts";
