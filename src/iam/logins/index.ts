/**
 * Passwords of IAM users for the console, the account's password policy, and sign-in to the console with them.
 */
export {
  checkNewPassword,
  passwordPolicyOf,
  setPasswordPolicy,
  withRightsToOwnPassword,
} from "./password-policy.ts";
export {
  changeOwnPassword,
  createOldPasswordLimit,
  hashPassword,
  isLoginPassword,
  noPasswordPolicy,
  noSuchLoginProfile,
  type OldPasswordLimit,
  PASSWORD_HASH_COST,
} from "./passwords.ts";
export {
  createPeople,
  type People,
  type Person,
  type PersonRequest,
  type SignedIn,
} from "./people.ts";
