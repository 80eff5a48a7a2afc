import { closeSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { CannotOpenDatabase } from "../errors.ts";
import { refuseForeignLog } from "./foreign-log.ts";
import { WriteAheadLog } from "./write-ahead-log.ts";

/** How long to wait for a tool of SQLite that reads the file, in milliseconds. */
const BUSY_MILLISECONDS = 5000;

/**
 * SQLite's own 2 MiB hold little more than the upper levels of the trees at 10,000 users. Mapping the file into memory
 * instead would make reads of large pools a sixth faster, and count all of the file as resident.
 */
const READER_CACHE_KIB = 8192;

/** The connections of a database: one that writes, and one that reads what is committed. */
export interface SqliteDatabase {
  readonly writer: DatabaseSync;
  /** The writer itself for a database in memory, which only one connection can see. */
  readonly reader: DatabaseSync;
  /** None for a database in memory, where nothing outlives the process. */
  readonly log?: WriteAheadLog;
  close(): Promise<void>;
}

/** Connects to a file, which this process must have locked. @throws CannotOpenDatabase it is no database of this program */
export function connectToFile(file: string): SqliteDatabase {
  const connections: DatabaseSync[] = [];
  const connect = () => {
    const connection = new DatabaseSync(file, { timeout: BUSY_MILLISECONDS });
    connections.push(connection);
    return connection;
  };
  const disconnect = () => {
    // The one that writes goes last: it can copy the log into the database.
    for (const connection of connections.reverse()) connection.close();
  };
  try {
    refuseForeignLog(file);
    // Created here because of its mode: the content is personal. SQLite gives its other files the same mode.
    closeSync(openSync(file, "a", 0o600));
    const writer = connect();
    const reader = connect();
    refuseOtherProgram(reader);
    // The journal of savepoints and statements: in temporary files it doubles the time of writing many rows.
    writer.exec("pragma temp_store = memory");
    reader.exec(`pragma query_only = on; pragma cache_size = -${READER_CACHE_KIB}`);
    const log = new WriteAheadLog(file, writer, reader);
    return {
      writer,
      reader,
      log,
      async close() {
        await log.close();
        disconnect();
      },
    };
  } catch (error) {
    disconnect();
    throw error;
  }
}

/** @param content what `serialize` gave of another; empty if undefined */
export function openInMemory(content?: Uint8Array): SqliteDatabase {
  const database = new DatabaseSync(":memory:");
  if (content !== undefined) database.deserialize(content);
  return { writer: database, reader: database, close: async () => database.close() };
}

/** Before anything is written: a migration would add the tables of Cognate to those of another program. @throws CannotOpenDatabase */
function refuseOtherProgram(database: DatabaseSync): void {
  const tables = database.prepare("select name from sqlite_schema where type = 'table'").all();
  if (tables.length === 0 || tables.some(({ name }) => name === "schema_migrations")) return;
  throw new CannotOpenDatabase(
    "The database is one of another program: it has tables, and none of Cognate's. Give another --data-dir.",
  );
}
