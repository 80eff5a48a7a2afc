/**
 * The store over SQLite: one file, one process.
 *
 * It owns how transactions are queued, grouped and made durable, and that no other process has the file. The queries are
 * the repositories'.
 */
import { closeSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { Clock } from "../../clock.ts";
import { ConfigurationCache } from "../configuration-cache.ts";
import { sqliteDialect } from "../dialect.ts";
import type { Bindable, Executor, Session, Writer } from "../engine.ts";
import { CannotOpenDatabase } from "../errors.ts";
import { sqlMaintenance } from "../maintenance/index.ts";
import { migrate, type SchemaChange } from "../migrate.ts";
import { pingQuery } from "../ping.ts";
import type { Query } from "../query.ts";
import { SqlRepositories } from "../repositories.ts";
import type { Sealer } from "../sealer.ts";
import { rememberOpened } from "../sealing.ts";
import type { Maintenance, Repositories, Store } from "../store.ts";
import { SqliteConnection } from "./connection.ts";
import { lockFile } from "./file-lock.ts";
import { refuseForeignLog } from "./foreign-log.ts";
import { GroupCommit } from "./group-commit.ts";
import { WriteAheadLog } from "./write-ahead-log.ts";

export { lockFile } from "./file-lock.ts";

type SqliteOptions = (
  | {
      /** Path of the database; it is made when it is not there, in a directory that is. */
      readonly file: string;
    }
  | { readonly inMemory: true }
) & {
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly onMigrated?: ((change: SchemaChange) => void) | undefined;
};

/** How long to wait for a tool of SQLite that reads the file, in milliseconds. */
const BUSY_MILLISECONDS = 5000;

/**
 * SQLite's own 2 MiB hold little more than the upper levels of the trees at 10,000 users. Mapping the file into memory
 * instead would make reads of large pools a sixth faster, and count all of the file as resident.
 */
const READER_CACHE_KIB = 8192;

/**
 * Opens the store over SQLite, bringing its schema up to date.
 *
 * @throws CannotOpenDatabase another process has the file, or a newer version of this program wrote it
 */
export async function openSqliteStore(options: SqliteOptions): Promise<Store> {
  const { sealer, clock } = options;
  const database = "file" in options ? openFile(options.file) : openMemory();
  try {
    const store = new SqliteStore(database, sealer, clock);
    const change = await migrate(store.session, sqliteDialect, clock);
    if (change !== undefined) options.onMigrated?.(change);
    return store;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** The connections of a database: one that writes, and one that reads what is committed. */
interface SqliteDatabase {
  readonly writer: DatabaseSync;
  /** The writer itself for a database in memory, which only one connection can see. */
  readonly reader: DatabaseSync;
  /** None for a database in memory, where nothing outlives the process. */
  readonly log?: WriteAheadLog;
  close(): Promise<void>;
}

function openFile(file: string): SqliteDatabase {
  const unlock = lockFile(file);
  const connections: DatabaseSync[] = [];
  const connect = () => {
    const connection = new DatabaseSync(file, { timeout: BUSY_MILLISECONDS });
    connections.push(connection);
    return connection;
  };
  const disconnect = () => {
    // The one that writes goes last: it can copy the log into the database.
    for (const connection of connections.reverse()) connection.close();
    unlock();
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

function openMemory(): SqliteDatabase {
  const database = new DatabaseSync(":memory:");
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

class SqliteSession implements Session {
  readonly reader: Executor;
  readonly #group: GroupCommit;
  readonly #cache: ConfigurationCache;

  constructor(reader: Executor, group: GroupCommit, cache: ConfigurationCache) {
    this.reader = reader;
    this.#group = group;
    this.#cache = cache;
  }

  cached<T>(key: string, load: () => Promise<T | undefined>): Promise<T | undefined> {
    return this.#cache.get(key, load);
  }

  write<T>(work: (writer: Writer) => Promise<T>): Promise<T> {
    return this.#group.transaction(work);
  }
}

class SqliteStore extends SqlRepositories implements Store {
  readonly isShared = false;
  readonly session: Session;
  readonly maintenance: Maintenance;
  readonly #database: SqliteDatabase;
  readonly #group: GroupCommit;
  readonly #sealer: Sealer;

  constructor(database: SqliteDatabase, sealer: Sealer, clock: Clock) {
    // No other process writes, so cached values are valid until this one writes.
    const cache = new ConfigurationCache(clock, Number.POSITIVE_INFINITY);
    const writer = new SqliteConnection(database.writer);
    const group = new GroupCommit(database.writer, writer, {
      log: database.log,
      configurationChanged: () => cache.clear(),
    });
    const reader =
      database.reader === database.writer
        ? new ReaderBetweenGroups(writer, group)
        : new SqliteConnection(database.reader);
    const session = new SqliteSession(reader, group, cache);
    const remembering = rememberOpened(sealer);
    super(session, remembering);
    this.session = session;
    this.#database = database;
    this.#group = group;
    this.#sealer = remembering;
    this.maintenance = sqlMaintenance(session, sealer);
  }

  transaction<T>(work: (repositories: Repositories) => Promise<T>): Promise<T> {
    return this.#group.transaction((session) => work(new SqlRepositories(session, this.#sealer)));
  }

  async ping(): Promise<void> {
    if (this.#group.refusal) throw this.#group.refusal;
    await this.session.reader.first(pingQuery, {});
  }

  async close(): Promise<void> {
    await this.#group.close();
    if (this.#database.writer.isOpen) await this.#database.close();
  }
}

/** Reads on the writer's own connection, and so only while no group is open: it would see what is not committed. */
class ReaderBetweenGroups implements Executor {
  readonly #executor: Executor;
  readonly #group: GroupCommit;

  constructor(executor: Executor, group: GroupCommit) {
    this.#executor = executor;
    this.#group = group;
  }

  async all<Parameters extends Bindable<Parameters>, Row>(
    query: Query<Parameters, Row>,
    parameters: Parameters,
  ): Promise<Row[]> {
    while (this.#group.underWay) await this.#group.underWay;
    return this.#executor.all(query, parameters);
  }

  async first<Parameters extends Bindable<Parameters>, Row>(
    query: Query<Parameters, Row>,
    parameters: Parameters,
  ): Promise<Row | undefined> {
    while (this.#group.underWay) await this.#group.underWay;
    return this.#executor.first(query, parameters);
  }

  async run<Parameters extends Bindable<Parameters>>(
    query: Query<Parameters, unknown>,
    parameters: Parameters,
  ): Promise<number> {
    while (this.#group.underWay) await this.#group.underWay;
    return this.#executor.run(query, parameters);
  }
}
