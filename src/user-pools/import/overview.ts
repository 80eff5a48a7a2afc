import { parseImportedHash } from "../../crypto/index.ts";
import type { Repositories, UserPoolRecord } from "../../storage/index.ts";
import { type BulkImport, bulkImportsOf } from "./bulk-state.ts";

/** Facts about the imports into a pool that the API's operations do not tell. */
export interface UserImports {
  /** Users whose password is a hash of another system, because they have not signed in with it yet: they cannot use SRP. */
  readonly importedPasswords: number;
  /** The last imports in bulk, the newest first. */
  readonly bulk: readonly BulkImport[];
}

export async function userImportsOf(
  repositories: Pick<Repositories, "users" | "installation">,
  pool: UserPoolRecord,
): Promise<UserImports> {
  return {
    importedPasswords: await repositories.users.countImportedPasswords(pool.id),
    bulk: await bulkImportsOf(repositories, pool),
  };
}

/** The algorithm of a user's imported hash, which is there until the first sign-in; undefined when there is none. */
export async function importedHashKind(
  { users }: Pick<Repositories, "users">,
  poolId: string,
  sub: string,
): Promise<string | undefined> {
  const hash = (await users.getBySub(poolId, sub))?.importedPassword?.hash;
  return hash && (parseImportedHash(hash)?.kind ?? "unknown");
}
