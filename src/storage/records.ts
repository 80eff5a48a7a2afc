/**
 * The records of all aggregates: the shapes that the store keeps. Times are milliseconds since the Unix epoch. Members marked
 * *sealed* are kept encrypted under the master key by every engine; callers see them in the clear.
 */
export type * from "./access-keys/record.ts";
export type * from "./app-clients/record.ts";
export type * from "./codes/record.ts";
export type * from "./groups/record.ts";
export type * from "./iam/record.ts";
export type * from "./inbox/record.ts";
export type * from "./sign-ins/record.ts";
export type * from "./signing-keys/record.ts";
export type * from "./user-pools/record.ts";
export type * from "./users/record.ts";
