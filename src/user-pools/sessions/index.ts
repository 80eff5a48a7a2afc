/**
 * A user's sessions: the sign-ins whose tokens can still be refreshed. One row stands for each, so that a session can be
 * listed and revoked by itself.
 */
export { listSessions, revokeSession } from "./sessions.ts";
