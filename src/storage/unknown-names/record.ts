import type { UserRecord } from "../users/index.ts";

/** What is counted against a name that no user has: the same as against a user. */
export type UnknownNameCounts = Pick<UserRecord, "failedSignIns" | "attempts">;
