/** Where the state of imports in bulk is kept: the last ones of each pool. */
import type { Repositories, UserPoolRecord } from "../../storage/index.ts";

/** A record that was not imported, by its position in the source. */
export interface ImportProblem {
  readonly position: number;
  readonly username?: string | undefined;
  readonly reason: string;
}

/** How far an import into a pool has come. */
export interface BulkImport {
  readonly id: string;
  readonly source: string;
  /** Records of the source that are done. */
  readonly position: number;
  /** Of the source's bytes, for a progress bar. */
  readonly bytes: number;
  readonly totalBytes: number;
  readonly imported: number;
  readonly skipped: number;
  readonly failed: number;
  readonly startedAt: number;
  readonly lastAt: number;
  readonly isFinished: boolean;
  /** The last ones; all of the last batch are among them. */
  readonly problems: readonly ImportProblem[];
}

type Kept = Pick<Repositories, "installation">;

/** A pool of a fixed id can be deleted and made again: what was imported into the former one does not count. */
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
