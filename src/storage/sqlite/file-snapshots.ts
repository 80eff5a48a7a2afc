import {
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
} from "node:fs";
import { chmod, copyFile, open, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import {
  existingSnapshot,
  isSnapshotName,
  requireSnapshotName,
  type Snapshot,
  unknownSnapshot,
} from "../snapshots.ts";
import { connectToFile } from "./database.ts";
import type { PlaceSnapshots } from "./places.ts";

const SUFFIX = ".db";
/** Pages that are copied at a time on libuv's threads: 8 MiB. */
const PAGES_AT_ONCE = 2048;

/** Snapshots of a database in a file: copies of it in the folder `snapshots` beside it, sealed under the same master key. */
export function fileSnapshots(file: string): PlaceSnapshots {
  const folder = join(dirname(file), "snapshots");
  const copy = `${file}.restoring`;
  const before = `${file}.before`;
  const aside = join(folder, "unfinished");
  /** What the files were when their content was known to be usable. */
  const proven = new Map<string, string>();
  const pathOf = (name: string) => {
    requireSnapshotName(name);
    return join(folder, name + SUFFIX);
  };
  const existing = (name: string) => {
    const path = pathOf(name);
    if (!existsSync(path)) throw unknownSnapshot(name);
    return path;
  };

  const moveOut = async () => {
    await flushFile(before);
    // The log is of the database that goes.
    for (const end of ENDS_OF_LOG) rmSync(file + end, { force: true });
    renameSync(before, file);
    flushFolder(dirname(file));
  };

  return {
    async list() {
      if (!existsSync(folder)) return [];
      const names = (await readdir(folder))
        .filter((entry) => entry.endsWith(SUFFIX))
        .map((entry) => entry.slice(0, -SUFFIX.length))
        .filter(isSnapshotName);
      return Promise.all(names.sort().map((name) => describe(name, pathOf(name))));
    },
    async take(name, replaces) {
      const path = pathOf(name);
      if (existsSync(path) && !replaces) throw existingSnapshot(name);
      // A connection of its own: its transaction goes on to see the database as it is at the call.
      const source = new DatabaseSync(file, { readOnly: true });
      try {
        source.exec("begin");
        source.prepare("select count(*) from sqlite_schema").get();
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        removeDatabase(aside);
        // Made here because of its mode.
        closeSync(openSync(aside, "wx", 0o600));
        await backup(source, aside, { rate: PAGES_AT_ONCE });
      } catch (error) {
        removeDatabase(aside);
        throw error;
      } finally {
        source.close();
      }
      await flushFile(aside);
      renameSync(aside, path);
      flushFolder(folder);
      proven.set(name, await identityOf(path));
      return describe(name, path);
    },
    async prepare(name) {
      const path = existing(name);
      removeDatabase(copy);
      try {
        await copyPrivately(path, copy);
      } catch (error) {
        removeDatabase(copy);
        throw error;
      }
      const identity = await identityOf(path);
      return {
        isProven: proven.get(name) === identity,
        noteProven: () => void proven.set(name, identity),
        connect: () => connectToFile(copy),
        flush: () => flushFile(copy),
        async moveIn() {
          // SQLite deletes it with the last connection. Another program's would damage the new database.
          if (existsSync(`${file}-wal`)) throw new Error(`Another program has ${file} open.`);
          try {
            await copyPrivately(file, before);
            renameSync(copy, file);
          } catch (error) {
            removeDatabase(before);
            throw error;
          }
          try {
            flushFolder(dirname(file));
          } catch (error) {
            await moveOut();
            throw error;
          }
          return { moveOut, keep: () => removeDatabase(before) };
        },
        discard: () => removeDatabase(copy),
      };
    },
    async delete(name) {
      rmSync(existing(name));
      flushFolder(folder);
    },
  };
}

/** Differs where the file was replaced or changed. */
async function identityOf(path: string): Promise<string> {
  const { ino, size, mtimeMs, ctimeMs } = await stat(path);
  return [ino, size, mtimeMs, ctimeMs].join();
}

async function describe(name: string, path: string): Promise<Snapshot> {
  const { mtimeMs, size } = await stat(path);
  return { name, takenAt: Math.floor(mtimeMs), bytes: size };
}

async function flushFile(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** Makes the names of its files survive a power loss. */
function flushFolder(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Without copying the bytes where the file system can. */
async function copyPrivately(path: string, copy: string): Promise<void> {
  await copyFile(path, copy, constants.COPYFILE_FICLONE);
  await chmod(copy, 0o600);
}

const ENDS_OF_LOG = ["-wal", "-shm", "-journal"];

/** With what a process that was killed left of it. */
function removeDatabase(path: string): void {
  for (const end of ["", ...ENDS_OF_LOG]) rmSync(path + end, { force: true });
}
