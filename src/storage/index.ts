/**
 * What Cognate keeps, and how: the store's interface, its records, and the two engines (SQLite and Postgres) behind it.
 *
 * The rules of user pools and of IAM are not here: a repository promises uniqueness, atomicity and order, and leaves what
 * they are for to the domain. How secrets are sealed is not here either: the sealer is given in.
 */
export { purgeExpired } from "./housekeeping.ts";
export { openPostgresStore, type PostgresOptions } from "./postgres/index.ts";
export type * from "./records.ts";
export type * from "./sealer.ts";
export { openSqliteStore, type SqliteOptions } from "./sqlite/index.ts";
export * from "./store.ts";
