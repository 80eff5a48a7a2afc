import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Settings } from "../config/index.ts";
import { type DataDirectory, namesOf, openDataDirectory } from "../data-directory.ts";
import { DatabaseInUse, lockFile } from "../storage/index.ts";

export interface ClaimedFiles {
  readonly files: DataDirectory;
  release(): Promise<void>;
}

/**
 * The files of the data folder. Clients find a server by the files `config` and `credentials` there, so only one server
 * at a time may write them. A server whose database is elsewhere locks the place of the database in the folder. If
 * another server runs there, the server keeps its own files in a new folder, which it removes at its end. On Postgres
 * the master key is still in the data folder, and nodes can share it.
 */
export async function claimFiles({ dataDir, inMemory, databaseUrl }: Settings): Promise<ClaimedFiles> {
  const files = openDataDirectory(dataDir);
  // SQLite's store locks its database itself.
  if (!inMemory && databaseUrl === undefined) return { files, release: async () => undefined };
  try {
    const release = lockFile(files.database);
    return { files, release: async () => release() };
  } catch (error) {
    if (!(error instanceof DatabaseInUse)) throw error;
    const folder = await mkdtemp(join(tmpdir(), "cognate-"));
    const own = namesOf(folder);
    return {
      files: inMemory ? own : { ...own, masterKey: files.masterKey },
      release: () => rm(folder, { recursive: true, force: true }),
    };
  }
}
