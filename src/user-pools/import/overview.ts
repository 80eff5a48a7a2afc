import { parseImportedHash } from "../../crypto/index.ts";
import type { Repositories, UserPoolRecord } from "../../storage/index.ts";
import { bulkImportsOf } from "./bulk-state.ts";
import type { UserImports } from "./reports.ts";

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
