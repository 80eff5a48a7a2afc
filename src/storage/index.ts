/**
 * The stored data: the store's interface, its records, and the two engines (SQLite and Postgres) behind it.
 *
 * Each aggregate has a folder: its record, the description of its tables, its repository with the queries, and its contract
 * as tests. Engines run queries and transactions; `maintenance/` works from the tables' descriptions.
 *
 * The rules of user pools and of IAM are not here: a repository promises uniqueness, atomicity and order, and leaves what
 * they are for to the domain. How secrets are sealed is not here either: the sealer is given in.
 */
export * from "./errors.ts";
export { purgeExpired } from "./housekeeping.ts";
export type { IamRepositories, PolicyUsage } from "./iam/repository.ts";
export type { InstallationRepository } from "./installation/repository.ts";
export type { SchemaChange } from "./migrate.ts";
export type { Page, PageRequest } from "./page.ts";
export { isCertificateError } from "./postgres/errors.ts";
export { openPostgresStore } from "./postgres/index.ts";
export type * from "./records.ts";
export type * from "./sealer.ts";
export { type Snapshot, SnapshotRefused, type Snapshots, type Swap } from "./snapshots.ts";
export { lockFile, openSqliteStore } from "./sqlite/index.ts";
export * from "./store.ts";
export { isSamePassword } from "./users/index.ts";
export type { UserSearch } from "./users/search.ts";
export { type SearchableAttribute, searchableAttributes } from "./users/searchable-attributes.ts";
