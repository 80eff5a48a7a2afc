/**
 * Identity and access management: the principals of this server, their access keys and their permissions. Users,
 * roles, policies, temporary credentials, and the operations of IAM and STS on them, as in one AWS account.
 *
 * Knows no HTTP and no SQL. Signatures are checked in `src/aws/sigv4`, calls authenticated and authorised in
 * `src/aws/callers`, and the wire form of IAM and STS is in `src/aws/query-protocol`.
 */

export {
  type IamOperationName,
  iamModel,
  type QueryServiceModel,
  type StsOperationName,
  stsModel,
} from "./api-model/index.ts";
export {
  decideOnResource,
  type KeyValues,
  type RawInput,
  requestKeys,
  requestTagKeys,
  resourceTagKeys,
  tagKeyOf,
  tagValueOf,
  targetOf,
  withKeys,
} from "./authorization/index.ts";
export type { IamEnvironment } from "./environment.ts";
export { IamError, ValidationError } from "./errors.ts";
export { userArn } from "./identifiers.ts";
export {
  createOldPasswordLimit,
  createPeople,
  PASSWORD_HASH_COST,
  type People,
  type Person,
  type PersonRequest,
  type SignedIn,
  withRightsToOwnPassword,
} from "./logins/index.ts";
export { runIamOperation } from "./operations/index.ts";
export {
  awsManagedPolicy,
  compilePolicy,
  type Decision,
  decide,
  denialText,
  type KeyLookup,
  usesConditionKey,
} from "./policy-language/index.ts";
export type { Caller, SessionOrigin } from "./principals/index.ts";
export { BOOTSTRAP_USER, type Bootstrap, ensureBootstrap, PrincipalDirectory } from "./principals/index.ts";
export type { SignInProof } from "./sessions/index.ts";
export { findKey, rememberOpened } from "./sessions/index.ts";
export {
  renderConfigFile,
  renderCredentialsFile,
  seedPrincipals,
} from "./setup/index.ts";
export { runStsOperation, runUnsignedStsOperation } from "./sts/index.ts";
