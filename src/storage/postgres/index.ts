/**
 * The store over Postgres, or a distributed engine with its protocol, for any number of nodes. It owns connections,
 * serialisable transactions and their retries, and the meaning of the server's errors. The queries are the
 * repositories'.
 */
import { setTimeout as wait } from "node:timers/promises";
import type { Pool, PoolClient, PoolConfig } from "pg";
import type { Clock } from "../../clock.ts";
import { urlsOfServers } from "../../database-servers.ts";
import { messageOf } from "../../message-of.ts";
import { systemRandom } from "../../random.ts";
import { ConfigurationCache } from "../configuration-cache.ts";
import { postgresDialect } from "../dialect.ts";
import type { Executor, Session, Writer } from "../engine.ts";
import { CannotOpenDatabase, DatabaseUnavailable } from "../errors.ts";
import { sqlMaintenance } from "../maintenance/index.ts";
import { migrate, type SchemaChange } from "../migrate.ts";
import { pingQuery } from "../ping.ts";
import { SqlRepositories } from "../repositories.ts";
import type { Sealer } from "../sealer.ts";
import { rememberOpened } from "../sealing.ts";
import {
  CONFIGURATION_CACHE_MILLISECONDS,
  type Maintenance,
  type Repositories,
  type Store,
} from "../store.ts";
import { TransactionSession } from "../transaction.ts";
import { PostgresConnection } from "./connection.ts";
import { asStoreError, isConflict } from "./errors.ts";
import { refuseReadOnly } from "./read-only.ts";
import { ConflictRetries } from "./retry.ts";

interface PostgresOptions {
  /**
   * `postgres://user:password@host:5432/database`; TLS by `?sslmode=verify-full` and the like, as libpq names them. Of several
   * hosts, with commas between, the one that accepts writes is used.
   */
  readonly url: string;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly onMigrated?: ((change: SchemaChange) => void) | undefined;
  /** Connections that this node holds at most; 10 by default. */
  readonly connections?: number | undefined;
  /** See {@link TIMEOUT_MILLISECONDS}; given only by tests. */
  readonly timeoutMilliseconds?: number | undefined;
}

/**
 * How long a request waits for a connection, and how long for a statement. A server that stops answering thus fails it within
 * twice that; healthy ones answer in milliseconds.
 */
const TIMEOUT_MILLISECONDS = 5000;

/** How long the start waits for the server. */
const START_TIMEOUT_MILLISECONDS = 10_000;

/** A migration waits for another node's, and may build indexes. */
const MIGRATION_TIMEOUT_MILLISECONDS = 60 * 60 * 1000;

/** The type `bigint` of Postgres. */
const INT8 = 20;

/**
 * Opens the store over Postgres, or a server that speaks its protocol, bringing its schema up to date.
 *
 * @throws CannotOpenDatabase the server cannot be reached, or a newer version of this program wrote the database
 */
export async function openPostgresStore(options: PostgresOptions): Promise<Store> {
  const { sealer, clock, timeoutMilliseconds = TIMEOUT_MILLISECONDS } = options;
  // Loaded here, so that a server over SQLite starts without it.
  const { default: pg } = await import("pg");
  const servers = urlsOfServers(options.url);
  const FailoverPool = servers.length > 1 ? (await import("./failover-pool.ts")).FailoverPool : undefined;
  const configuration: PoolConfig = {
    connectionString: options.url,
    keepAlive: true,
    types: {
      // Every bigint here is a time, a count or a key, far below 2^53; by default they would be strings.
      getTypeParser: (type, format) => (type === INT8 ? Number : pg.types.getTypeParser(type, format)),
    },
  };
  const openPool = (max: number, connectMilliseconds: number, queryMilliseconds: number) => {
    const limits = {
      max,
      // Every server may be tried within the time.
      connectionTimeoutMillis: connectMilliseconds / servers.length,
      query_timeout: queryMilliseconds,
    };
    const pool =
      FailoverPool === undefined
        ? new pg.Pool({ ...configuration, ...limits })
        : new FailoverPool(servers, { ...configuration, ...limits });
    // A broken connection fails the query that uses it. Without these, one that breaks unused would end the process.
    pool.on("error", () => undefined);
    pool.on("connect", (client) => client.on("error", () => undefined));
    return pool;
  };
  const migrationPool = openPool(1, START_TIMEOUT_MILLISECONDS, MIGRATION_TIMEOUT_MILLISECONDS);
  try {
    const cache = new ConfigurationCache(clock, 0);
    const session = new PostgresSession(migrationPool, cache, MIGRATION_TIMEOUT_MILLISECONDS);
    const change = await migrate(session, postgresDialect, clock);
    if (change !== undefined) options.onMigrated?.(change);
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) throw error;
    const reason = messageOf(error.cause);
    throw new CannotOpenDatabase(`Postgres cannot be used: ${reason}`, { cause: error.cause });
  } finally {
    await migrationPool.end();
  }
  const pool = openPool(options.connections ?? 10, timeoutMilliseconds, timeoutMilliseconds);
  const cache = new ConfigurationCache(clock, CONFIGURATION_CACHE_MILLISECONDS);
  const storeOf = (session: PostgresSession, uncached?: Store) =>
    new PostgresStore(session, sealer, { pool, timeoutMilliseconds, uncached });
  const session = new PostgresSession(pool, cache, timeoutMilliseconds);
  return storeOf(session, storeOf(session.withoutCache()));
}

class PostgresSession implements Session {
  readonly reader: Executor;
  readonly #pool: Pool;
  readonly #cache: ConfigurationCache;
  readonly #timeoutMilliseconds: number;
  readonly #retries: ConflictRetries;
  /** The server itself cancels a statement that this node no longer waits for, and a transaction whose node is gone. */
  readonly #begin: string;

  constructor(pool: Pool, cache: ConfigurationCache, timeoutMilliseconds: number) {
    this.reader = new PostgresConnection(pool);
    // Set with each transaction, not with the connection: poolers refuse unknown settings of connections.
    this.#begin =
      "begin isolation level serializable; " +
      `set local statement_timeout = ${timeoutMilliseconds}; ` +
      `set local idle_in_transaction_session_timeout = ${2 * timeoutMilliseconds}`;
    this.#retries = new ConflictRetries(systemRandom);
    this.#pool = pool;
    this.#cache = cache;
    this.#timeoutMilliseconds = timeoutMilliseconds;
  }

  /** A session that reads configuration from the database. Values that it writes are dropped from the cache all the same. */
  withoutCache(): PostgresSession {
    const session = new PostgresSession(this.#pool, this.#cache, this.#timeoutMilliseconds);
    session.cached = (_, load) => load();
    return session;
  }

  cached<T>(key: string, load: () => Promise<T | undefined>): Promise<T | undefined> {
    return this.#cache.get(key, load);
  }

  write<T>(work: (writer: Writer) => Promise<T>): Promise<T> {
    return this.transaction(work);
  }

  transaction<T>(work: (session: TransactionSession) => Promise<T>): Promise<T> {
    return this.#retries.run(() => this.#attempt(work));
  }

  async #attempt<T>(work: (session: TransactionSession) => Promise<T>): Promise<T> {
    const client = await this.#connect();
    let isConfigurationChanged = false;
    const session = new TransactionSession(new PostgresConnection(client), () => {
      isConfigurationChanged = true;
    });
    let result: T;
    try {
      await client.query(this.#begin);
      result = await work(session);
      session.mustBeWhole();
      await client.query("commit");
    } catch (error) {
      session.end();
      const failure = asStoreError(isConflict(session.failure) ? session.failure : error);
      await this.#giveBack(client, failure instanceof DatabaseUnavailable);
      throw failure;
    }
    session.end();
    client.release();
    if (isConfigurationChanged) this.#cache.clear();
    return result;
  }

  /** After a failure. A connection that does not answer is dropped: the server undoes what it was doing. */
  async #giveBack(client: PoolClient, isBroken: boolean): Promise<void> {
    if (isBroken) return client.release(true);
    await client.query("rollback").then(
      () => client.release(),
      () => client.release(true),
    );
  }

  async #connect() {
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw asStoreError(error);
    }
  }
}

class PostgresStore extends SqlRepositories implements Store {
  readonly isShared = true;
  readonly snapshots = undefined;
  readonly uncached: Store;
  readonly session: PostgresSession;
  readonly maintenance: Maintenance;
  readonly #pool: Pool;
  readonly #sealer: Sealer;
  readonly #timeoutMilliseconds: number;

  /** @param uncached undefined for the store that is this one */
  constructor(
    session: PostgresSession,
    sealer: Sealer,
    {
      pool,
      timeoutMilliseconds,
      uncached,
    }: { pool: Pool; timeoutMilliseconds: number; uncached?: Store | undefined },
  ) {
    const remembering = rememberOpened(sealer);
    super(session, remembering);
    this.session = session;
    this.uncached = uncached ?? this;
    this.#pool = pool;
    this.#sealer = remembering;
    this.#timeoutMilliseconds = timeoutMilliseconds;
    this.maintenance = sqlMaintenance(session, sealer);
  }

  transaction<T>(work: (repositories: Repositories) => Promise<T>): Promise<T> {
    return this.session.transaction((session) => work(new SqlRepositories(session, this.#sealer)));
  }

  /** A server that only reads, such as a replica after a failover, counts as one that does not answer. */
  async ping(): Promise<void> {
    await this.session.reader.first(pingQuery, {});
    await refuseReadOnly(this.#pool).catch((error: unknown) => {
      throw asStoreError(error);
    });
  }

  async close(): Promise<void> {
    if (this.#pool.ending) return;
    // A server that does not answer does not end its connections either.
    const tooLate = new AbortController();
    const waited = wait(this.#timeoutMilliseconds, undefined, { signal: tooLate.signal }).catch(
      () => undefined,
    );
    await Promise.race([this.#pool.end(), waited]);
    tooLate.abort();
  }
}
