import { type Stats, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { CannotOpenDatabase } from "../errors.ts";
import { resultCodeOf } from "./connection.ts";

const SQLITE_CORRUPT = 11;

/**
 * SQLite applies any write-ahead log that it finds beside a database. The log that a killed server left would damage a copy of the
 * database that was put in its place. So a database that was changed after its log is checked with the log applied.
 *
 * By the time at which the file itself was changed, which copying and moving a file do not keep. A server that was killed right
 * after it had copied the log into the database leaves the same times, and a database that passes.
 *
 * A log that contains all changes since the copy was made fits, and would undo the restore. It is refused if the database was written or
 * made long after it.
 *
 * @throws CannotOpenDatabase they do not fit together, or the database is a restored copy; neither was changed
 */
export function refuseForeignLog(file: string): void {
  const log = `${file}-wal`;
  const [ofDatabase, ofLog] = [file, log].map((path) => statSync(path, { throwIfNoEntry: false }));
  if (!ofDatabase || !ofLog || ofLog.size === 0 || ofDatabase.ctimeMs <= ofLog.mtimeMs) return;
  const fault = faultOf(file);
  const remedy = `If the database is a restored copy, remove ${log} and ${file}-shm, which belong to the database before it;`;
  if (fault !== undefined) {
    throw new CannotOpenDatabase(
      `The database ${file} and its log ${log} do not fit together (${fault}). ${remedy} otherwise restore a backup.`,
    );
  }
  if (!isFromLaterThan(ofDatabase, ofLog)) return;
  throw new CannotOpenDatabase(
    `The database ${file} was written after its log ${log}, by another program than Cognate. ${remedy} otherwise, to keep what is in the log, run: touch ${log}`,
  );
}

/** A server copies its log into the database right after it has written the log, and makes the log after the database. */
const MOST_SECONDS_APART = 60;

/**
 * Whether a database was written, as by copying a backup over it, or made, as a backup that was moved to its place, so late after its
 * log that no server can have done it. Changing its owner is neither.
 */
export function isFromLaterThan(
  database: Pick<Stats, "mtimeMs" | "birthtimeMs">,
  log: Pick<Stats, "mtimeMs" | "birthtimeMs">,
): boolean {
  const apart = Math.max(database.mtimeMs - log.mtimeMs, database.birthtimeMs - log.birthtimeMs);
  return apart > MOST_SECONDS_APART * 1000;
}

function faultOf(file: string): string | undefined {
  // A connection that writes would copy the log into the database when it is closed.
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const found = database.prepare("pragma integrity_check(1)").get()?.integrity_check;
    return found === "ok" ? undefined : String(found).replace(/\s+/g, " ");
  } catch (error) {
    if (((resultCodeOf(error) ?? 0) & 0xff) !== SQLITE_CORRUPT) throw error;
    return "database disk image is malformed";
  } finally {
    database.close();
  }
}
