/**
 * Access keys and temporary credentials: finding the holder of a key, issuing session tokens, and whether a role may be
 * assumed.
 */
export { checkDuration, findRole, mayAssume, trustOf } from "./assume-role-rules.ts";
export { findKey, userCaller } from "./find-key.ts";
export { issueCredentials, type NewSession, packedPolicySize } from "./issue-credentials.ts";
export { rememberOpened, type SessionSealer, type SignInOfSession } from "./session-token.ts";
export { isStillGood, passwordProof, type SignInProof } from "./sign-in-proof.ts";
