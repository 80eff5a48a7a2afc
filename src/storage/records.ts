/**
 * The records of all aggregates: the shapes that the store keeps. Times are milliseconds since the Unix epoch. Members marked
 * *sealed* are kept encrypted under the master key by every engine; callers see them in the clear.
 */
export type * from "./access-keys/record.ts";
export type * from "./app-clients/record.ts";
export type * from "./auth-events/record.ts";
export type * from "./codes/record.ts";
export type * from "./devices/record.ts";
export type * from "./documents/record.ts";
export type * from "./domains/record.ts";
export type * from "./groups/record.ts";
export type * from "./iam/record.ts";
export type * from "./identity-providers/record.ts";
export type * from "./import-jobs/record.ts";
export type * from "./inbox/record.ts";
export type * from "./linked-identities/record.ts";
export type * from "./passkeys/record.ts";
export type * from "./resource-servers/record.ts";
export type * from "./sign-in-attempts/record.ts";
export type * from "./sign-in-counts/record.ts";
export type * from "./sign-ins/record.ts";
export type * from "./signing-keys/record.ts";
export type * from "./sso-sessions/record.ts";
export type * from "./unknown-names/record.ts";
export type * from "./user-pools/record.ts";
export type * from "./users/record.ts";
