/**
 * What Cognate keeps, and how: the store's interface, its records, and the two engines (SQLite and Postgres) behind it.
 *
 * The rules of user pools and of IAM are not here: a repository promises uniqueness, atomicity and order, and leaves what
 * they are for to the domain.
 */
export type * from "./records.ts";
export * from "./store.ts";
