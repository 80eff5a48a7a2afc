import { closeSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { DatabaseInUse } from "../errors.ts";
import { resultCodeOf } from "./connection.ts";

const SQLITE_BUSY = 5;

/**
 * Makes sure that this process alone has the database `file` open: it caches what it wrote, and counts on seeing every
 * write.
 *
 * The lock is the operating system's, on an empty SQLite database beside the file, so it ends with the process however the
 * process ends.
 *
 * @returns the release
 * @throws DatabaseInUse another process has it
 */
export function lockFile(file: string): () => void {
  // SQLite would make it readable to everybody.
  closeSync(openSync(`${file}.lock`, "a", 0o600));
  const lock = new DatabaseSync(`${file}.lock`);
  try {
    // A journal in memory leaves nothing behind after a crash.
    lock.exec("pragma busy_timeout = 0; pragma journal_mode = memory; begin exclusive");
  } catch (error) {
    lock.close();
    if (resultCodeOf(error) !== SQLITE_BUSY) throw error;
    throw new DatabaseInUse(
      `The database ${file} is in use by another process. A SQLite database serves one server; use Postgres for several.`,
    );
  }
  return () => lock.close();
}
