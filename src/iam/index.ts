/**
 * Identity and access management: who can call this server, with which keys, and what their policies let them do. Users,
 * roles, policies, temporary credentials, and the operations of IAM and STS on them, as in one AWS account.
 *
 * Knows no HTTP and no SQL. Signatures are checked in `src/aws/sigv4`, calls authenticated and authorised in
 * `src/aws/callers`, and the wire form of IAM and STS is in `src/aws/query-protocol`.
 */
export { type RawInput, type Target, targetOf } from "./access.ts";
export {
  type IamOperationName,
  type IamOperations,
  iamModel,
  type QueryServiceModel,
  type StsOperationName,
  type StsOperations,
  stsModel,
} from "./api-model/index.ts";
export {
  ADMINISTRATOR_PROFILE,
  POWER_USER_PROFILE,
  renderConfigFile,
  renderCredentialsFile,
} from "./aws-files.ts";
export { BOOTSTRAP_ROLE, BOOTSTRAP_USER, type Bootstrap, ensureBootstrap } from "./bootstrap.ts";
export type { Caller, CallerSession } from "./caller.ts";
export { findKey, type KeyClaim, type KnownKey } from "./credentials.ts";
export { type KeyUse, type Principal, PrincipalDirectory } from "./directory.ts";
export type {
  IamEnvironment,
  IamOperationContext,
  IamRequestContext,
  WebIdentity,
  WebIdentityVerdict,
} from "./environment.ts";
export {
  AccessDenied,
  IamError,
  InvalidClientTokenId,
  NoSuchEntityException,
  PasswordPolicyViolationException,
  ValidationError,
} from "./errors.ts";
export { userArn } from "./identifiers.ts";
export { verifyLogin } from "./login.ts";
export type { IamOperation, StsOperation, UnsignedStsOperationName } from "./operation.ts";
export { runIamOperation } from "./operations/index.ts";
export { withRightsToOwnPassword } from "./password-policy.ts";
export {
  createPeople,
  type People,
  type Person,
  type PersonCredentials,
  type PersonRequest,
  type SignedIn,
} from "./people.ts";
export {
  awsManagedPolicy,
  compilePolicy,
  type Decision,
  decide,
  denialText,
  type KeyLookup,
  type PolicySet,
  usesConditionKey,
} from "./policy/index.ts";
export {
  type KeyValues,
  type RequestFacts,
  requestKeys,
  requestTagKeys,
  resourceTagKeys,
  withKeys,
} from "./request-keys.ts";
export { type PrincipalSeed, seedPrincipals } from "./seed.ts";
export { rememberOpened, type SessionSealer } from "./session-token.ts";
export type { SignInProof } from "./sign-in-proof.ts";
export { runStsOperation, runUnsignedStsOperation } from "./sts/index.ts";
