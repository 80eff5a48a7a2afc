/**
 * A user's sessions: the sign-ins whose tokens can still be refreshed. One row stands for each, so that a session can be
 * listed and revoked by itself. Pools that track sessions limit how many a user has, and show when each was active.
 */
export { sessionType } from "./session-type.ts";
export { listSessions, revokeSession } from "./sessions.ts";
export {
  evictSessions,
  maxSessionsPerUser,
  type SessionConfiguration,
  sessionConfiguration,
  storeSignIn,
  trackedSignIns,
  withActivity,
  withSession,
} from "./tracking.ts";
