/** Where the state of imports in bulk is kept: the last ones of each pool. */
import type { Repositories, UserPoolRecord } from "../../storage/index.ts";
import type { BulkImport } from "./reports.ts";

type Kept = Pick<Repositories, "installation">;

/** A pool with a fixed id can be deleted and created again. Imports into the former pool do not count. */
const prefixOf = ({ id, createdAt }: UserPoolRecord) => `import-users.${id}.${createdAt}`;

const MAX_IMPORTS_OF_POOL = 10;

/** The ids of a pool's imports, the newest first. */
async function idsOf({ installation }: Kept, pool: UserPoolRecord): Promise<string[]> {
  return JSON.parse((await installation.get(prefixOf(pool))) ?? "[]") as string[];
}

/** The last imports into a pool, the newest first. */
export async function bulkImportsOf(repositories: Kept, pool: UserPoolRecord): Promise<BulkImport[]> {
  const ids = await idsOf(repositories, pool);
  const found = await Promise.all(ids.map((id) => sameImport(repositories, pool, id)));
  return found.filter((state) => state !== undefined);
}

export async function sameImport(
  { installation }: Kept,
  pool: UserPoolRecord,
  id: string,
): Promise<BulkImport | undefined> {
  const value = await installation.get(`${prefixOf(pool)}.${id}`);
  return value ? (JSON.parse(value) as BulkImport) : undefined;
}

export function newImport(
  { id, source, totalBytes }: Pick<BulkImport, "id" | "source" | "totalBytes">,
  now: number,
): BulkImport {
  const counts = { position: 0, bytes: 0, imported: 0, skipped: 0, failed: 0 };
  return { id, source, totalBytes, ...counts, startedAt: now, lastAt: now, isFinished: false, problems: [] };
}

export async function keepImport(repositories: Kept, pool: UserPoolRecord, state: BulkImport): Promise<void> {
  const { installation } = repositories;
  await installation.set(`${prefixOf(pool)}.${state.id}`, JSON.stringify(state));
  const ids = await idsOf(repositories, pool);
  if (ids[0] === state.id) return;
  const kept = [state.id, ...ids.filter((id) => id !== state.id)];
  const dropped = kept.splice(MAX_IMPORTS_OF_POOL);
  for (const id of dropped) await installation.set(`${prefixOf(pool)}.${id}`, "");
  await installation.set(prefixOf(pool), JSON.stringify(kept));
}
