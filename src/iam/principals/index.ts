/**
 * Users, roles, access keys and OpenID Connect providers: how they are found, cached and shown, and the caller that a
 * request is made by.
 */
export { noSuchAccessKey, requireAccessKey } from "./access-keys.ts";
export { BOOTSTRAP_USER, type Bootstrap, ensureBootstrap } from "./bootstrap.ts";
export type { Caller, SessionOrigin } from "./caller.ts";
export { type Principal, PrincipalDirectory } from "./directory.ts";
export {
  arnOfPolicy,
  awsPolicySummary,
  checkAccountQuota,
  deleteConflict,
  findPolicy,
  newPath,
  noSuchPolicy,
  noSuchRole,
  noSuchUser,
  policyDetail,
  policyExists,
  policySummary,
  requireNoPolicies,
  requirePolicy,
  requireRole,
  requireUser,
  roleDetail,
  roleSummary,
  unlessTaken,
  userDetail,
  userNameOr,
  userSummary,
} from "./entities.ts";
export { findProvider, providerTags, requireProvider, uniqueClientIds } from "./oidc-providers.ts";
