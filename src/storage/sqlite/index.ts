/**
 * The store over SQLite: one file, one process.
 *
 * It owns how transactions are queued, grouped and made durable, and that no other process has the file. The queries are
 * the repositories'.
 */
import type { Clock } from "../../clock.ts";
import { ConfigurationCache } from "../configuration-cache.ts";
import { sqliteDialect } from "../dialect.ts";
import type { Bindable, Executor, Session, Writer } from "../engine.ts";
import { DatabaseUnavailable } from "../errors.ts";
import { sqlMaintenance } from "../maintenance/index.ts";
import { migrate, type SchemaChange } from "../migrate.ts";
import { pingQuery } from "../ping.ts";
import type { Query } from "../query.ts";
import { SqlRepositories } from "../repositories.ts";
import type { Sealer } from "../sealer.ts";
import { rememberOpened } from "../sealing.ts";
import { type Snapshot, type Snapshots, type Swap, unusableSnapshot } from "../snapshots.ts";
import type { Maintenance, Repositories, Store } from "../store.ts";
import { SqliteConnection } from "./connection.ts";
import type { SqliteDatabase } from "./database.ts";
import { GroupCommit } from "./group-commit.ts";
import { filePlace, type MovedSnapshot, memoryPlace, type Place, type PreparedSnapshot } from "./places.ts";

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

/**
 * Opens the store over SQLite, bringing its schema up to date.
 *
 * @throws CannotOpenDatabase another process has the file, or a newer version of this program wrote it
 */
export async function openSqliteStore(options: SqliteOptions): Promise<Store> {
  const place = "file" in options ? filePlace(options.file) : memoryPlace(options.clock);
  try {
    return await openStoreOn(place.connect(), place, options);
  } catch (error) {
    place.release();
    throw error;
  }
}

async function openStoreOn(
  database: SqliteDatabase,
  place: Place,
  options: SqliteOptions,
): Promise<SqliteStore> {
  try {
    const store = new SqliteStore(database, place, options);
    const change = await migrate(store.session, sqliteDialect, options.clock);
    if (change !== undefined) options.onMigrated?.(change);
    return store;
  } catch (error) {
    await database.close();
    throw error;
  }
}

class SqliteSession implements Session {
  reader: Executor;
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

  /** Refuses to read from now on, what is cached too; the group refuses to write. */
  end(refusal: Error): void {
    const refuse = () => Promise.reject(refusal);
    this.reader = { all: refuse, first: refuse, run: refuse };
    this.cached = refuse;
  }

  write<T>(work: (writer: Writer) => Promise<T>): Promise<T> {
    return this.#group.transaction(work);
  }
}

class SqliteStore extends SqlRepositories implements Store {
  readonly isShared = false;
  /** The cache always has the values of the database. */
  readonly uncached: Store = this;
  readonly session: SqliteSession;
  readonly maintenance: Maintenance;
  readonly snapshots: Snapshots;
  readonly #database: SqliteDatabase;
  readonly #place: Place;
  readonly #group: GroupCommit;
  readonly #sealer: Sealer;

  constructor(database: SqliteDatabase, place: Place, options: SqliteOptions) {
    const { sealer, clock } = options;
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
    this.#place = place;
    this.#group = group;
    this.#sealer = remembering;
    this.maintenance = sqlMaintenance(session, sealer);
    this.snapshots = {
      list: async () => (await place.snapshots()).list(),
      take: (name, replaces) => this.#take(name, replaces),
      prepare: (name) => this.#prepare(name, options),
      delete: async (name) => (await place.snapshots()).delete(name),
    };
  }

  transaction<T>(work: (repositories: Repositories) => Promise<T>): Promise<T> {
    return this.#group.transaction((session) => work(new SqlRepositories(session, this.#sealer)));
  }

  async ping(): Promise<void> {
    if (this.#group.refusal) throw this.#group.refusal;
    await this.session.reader.first(pingQuery, {});
  }

  async close(): Promise<void> {
    await this.#group.close(new Error("The store is closed."));
    if (!this.#database.writer.isOpen) return;
    await this.#database.close();
    this.#place.release();
  }

  async #take(name: string, replaces: boolean): Promise<Snapshot> {
    const snapshots = await this.#place.snapshots();
    while (this.#group.underWay) await this.#group.underWay;
    return snapshots.take(name, replaces, this.#database);
  }

  async #prepare(name: string, options: SqliteOptions): Promise<Swap> {
    const prepared = await (await this.#place.snapshots()).prepare(name);
    try {
      if (!prepared.isProven) await this.#prove(prepared, options);
      await prepared.flush();
    } catch (error) {
      prepared.discard();
      throw unusableSnapshot(name, error);
    }
    const reopen = () => openStoreOn(this.#place.connect(), this.#place, options);
    return async (use) => {
      await this.#endForGood();
      let moved: MovedSnapshot | undefined;
      let restored: SqliteStore | undefined;
      try {
        moved = await prepared.moveIn();
        restored = await reopen();
        await use(restored, true);
      } catch (error) {
        if (restored !== undefined) await restored.#endForGood();
        prepared.discard();
        await moved?.moveOut();
        await use(await reopen(), false);
        throw unusableSnapshot(name, error);
      }
      moved.keep();
    };
  }

  /** Opens it as a start would: that migrates it, and finds out whether the master key opens its secrets. */
  async #prove(prepared: PreparedSnapshot, options: SqliteOptions): Promise<void> {
    let isChanged = false;
    const trial = await openStoreOn(
      prepared.connect(),
      { ...this.#place, release: () => undefined },
      {
        ...options,
        onMigrated(change) {
          isChanged = true;
          options.onMigrated?.(change);
        },
      },
    );
    await trial.maintenance.openAnySecret().finally(() => trial.close());
    if (!isChanged) prepared.noteProven();
  }

  /** Closes the database and keeps its place. What still uses this store fails, reads included. */
  async #endForGood(): Promise<void> {
    const refusal = new DatabaseUnavailable("The state of the server was replaced by that of a snapshot.");
    await this.#group.close(refusal);
    this.session.end(refusal);
    await this.#place.disconnect(this.#database);
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
