import { accessSync, closeSync, constants, existsSync, openSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { DatabaseInUse } from "../errors.ts";
import { resultCodeOf } from "./connection.ts";
import { refuseForeignLog } from "./foreign-log.ts";

const SQLITE_BUSY = 5;

/** How long to wait for a tool of SQLite that reads the database, in milliseconds. */
const BUSY_MILLISECONDS = 1000;

/**
 * Makes sure that this process alone has the database `file`, which need not be there: the process caches its writes, and must
 * see every write.
 *
 * The lock is the operating system's, on an empty SQLite database beside the file, so it ends with the process however the
 * process ends. If that file is missing, it may have been deleted while a server runs: then the database itself must
 * be free too.
 *
 * @returns the release
 * @throws DatabaseInUse another process has it
 * @throws CannotOpenDatabase its log is that of another database
 */
export function lockFile(file: string): () => void {
  const path = `${file}.lock`;
  const isNew = !existsSync(path);
  // SQLite would make it readable to everybody.
  if (isNew) closeSync(openSync(path, "a", 0o600));
  requireWritable(path);
  const lock = new DatabaseSync(path);
  try {
    // A journal in memory leaves nothing behind after a crash.
    lock.exec("pragma busy_timeout = 0; pragma journal_mode = memory; begin exclusive");
    if (isNew && existsSync(file)) requireUnused(file);
  } catch (error) {
    lock.close();
    if (resultCodeOf(error) !== SQLITE_BUSY) throw error;
    // The next attempt must look at the database again.
    if (isNew) rmSync(path);
    throw new DatabaseInUse(
      `The database ${file} is in use by another process. A SQLite database serves one server; use Postgres for several.`,
    );
  }
  return () => lock.close();
}

/** Locks the database for a moment, which fails while any other connection to it is open. */
function requireUnused(file: string): void {
  requireWritable(file);
  // A connection that writes applies the log.
  refuseForeignLog(file);
  const database = new DatabaseSync(file, { timeout: BUSY_MILLISECONDS });
  try {
    database.exec("pragma locking_mode = exclusive; begin exclusive; commit");
  } finally {
    database.close();
  }
}

/**
 * SQLite would open a file that this user may only read, and then fail with an error that does not say so.
 *
 * Without opening it: to close a file gives up all locks that this process has on it, those of another server in it too.
 *
 * @see SQLite documentation, "How To Corrupt An SQLite Database File", section "POSIX advisory locks canceled by a separate
 *   thread doing close()"
 */
function requireWritable(file: string): void {
  accessSync(file, constants.R_OK | constants.W_OK);
}
