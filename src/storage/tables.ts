/**
 * Every table of the schema, in the order of creation: a table follows those that it refers to.
 *
 * A pool's content is keyed by the pool's `key`, a number that is never used again. It is shorter than the pool's id in
 * every index, and content of a deleted pool cannot appear in a later pool with the same id. App clients and groups
 * have such keys too. Content has no foreign key to its pool: deleting the pool's row hides its content, and the
 * content is then deleted in bounded steps.
 */
import { accessKeysTable } from "./access-keys/table.ts";
import { appClientsTable } from "./app-clients/table.ts";
import { authEventsTable } from "./auth-events/table.ts";
import { confirmationCodesTable } from "./codes/table.ts";
import { devicesTable } from "./devices/table.ts";
import { documentsTable } from "./documents/table.ts";
import { domainsTable } from "./domains/table.ts";
import { groupMembersTable, groupsTable } from "./groups/table.ts";
import { iamAttachmentsTable, iamEntitiesTable } from "./iam/table.ts";
import { identityProviderIdentifiersTable, identityProvidersTable } from "./identity-providers/table.ts";
import { importJobPartsTable, importJobsTable } from "./import-jobs/table.ts";
import { inboxTable } from "./inbox/table.ts";
import { installationTable, keyCounterTable } from "./installation/table.ts";
import { linkedIdentitiesTable } from "./linked-identities/table.ts";
import { purgesTable } from "./maintenance/table.ts";
import { passkeyRegistrationsTable, passkeysTable } from "./passkeys/table.ts";
import { resourceServersTable } from "./resource-servers/table.ts";
import type { RowOf } from "./schema.ts";
import { signInAttemptsTable } from "./sign-in-attempts/table.ts";
import { signInCountsTable } from "./sign-in-counts/table.ts";
import { signInsTable } from "./sign-ins/table.ts";
import { signingKeysTable, spareKeysTable } from "./signing-keys/table.ts";
import { ssoSessionsTable } from "./sso-sessions/table.ts";
import { unknownNamesTable } from "./unknown-names/table.ts";
import { usedTicketsTable } from "./used-tickets/table.ts";
import { poolsTable } from "./user-pools/table.ts";
import { userCountsTable, userSignInNamesTable, usersTable } from "./users/table.ts";

export const tables = [
  installationTable,
  keyCounterTable,
  purgesTable,
  poolsTable,
  appClientsTable,
  signingKeysTable,
  spareKeysTable,
  usersTable,
  userSignInNamesTable,
  userCountsTable,
  groupsTable,
  groupMembersTable,
  signInsTable,
  confirmationCodesTable,
  usedTicketsTable,
  unknownNamesTable,
  signInAttemptsTable,
  devicesTable,
  passkeysTable,
  passkeyRegistrationsTable,
  ssoSessionsTable,
  authEventsTable,
  signInCountsTable,
  linkedIdentitiesTable,
  identityProvidersTable,
  identityProviderIdentifiersTable,
  resourceServersTable,
  domainsTable,
  documentsTable,
  importJobsTable,
  importJobPartsTable,
  inboxTable,
  iamEntitiesTable,
  iamAttachmentsTable,
  accessKeysTable,
] as const;

type DescribedTable = (typeof tables)[number];

/** The tables as the queries see them. */
export type Database = { [T in DescribedTable as T["name"]]: RowOf<T> } & {
  schema_migrations: SchemaMigrationsTable;
};

/** Made before all others; see `migrate.ts`. */
export interface SchemaMigrationsTable {
  version: number;
  name: string;
  applied_at: number;
}
