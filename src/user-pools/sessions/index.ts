/**
 * A user's sessions. A token session is a sign-in whose tokens can still be refreshed; each has one row, so that it can
 * be listed and revoked by itself. A page session lets a browser sign in again without a password. Pools that track
 * sessions limit how many token sessions a user has, and list both kinds.
 *
 * Leaves to others: the browser's cookie (`src/oauth`), and which tokens a session is given (`oauth/`, `tokens/`).
 */
export {
  checkTierOfSessions,
  describing,
  ending,
  maxSessionsPerUser,
  requireSessionTier,
  type SessionConfiguration,
  sessionConfiguration,
  tracking,
} from "./configuration.ts";
export type { FoundSession } from "./ending.ts";
export {
  endPageSession,
  isReusable,
  type OpenPageSession,
  openPageSession,
  type PageSession,
  startPageSession,
  storeSignInThrough,
} from "./page-sessions.ts";
export { listSessions, revokeSession } from "./sessions.ts";
export { clientSessionConfiguration, ssoMinutesOfPool } from "./sso-validity.ts";
