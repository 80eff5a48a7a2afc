/** Users: their records, the rows that keep them, their sign-in names, and the searches of ListUsers. */

export type { UserRecord } from "./record.ts";
export { isSamePassword, toUserRecord, userColumns } from "./row.ts";
