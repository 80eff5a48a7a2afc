import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Activity, createActivity } from "../activity.ts";
import { type Clock, type MovableClock, movableClock, systemClock } from "../clock.ts";
import type { Settings } from "../config/index.ts";
import {
  type BreachedPasswords,
  type Crypto,
  createCrypto,
  MasterKeyError,
  masterKeysOfFile,
  openBreachedPasswords,
  parseMasterKeys,
} from "../crypto/index.ts";
import { type DataDirectory, namesOf, openDataDirectory } from "../data-directory.ts";
import { type ClosableDelivery, createDelivery, createOutbox, type Outbox } from "../delivery/index.ts";
import { createEvents, type Events } from "../events.ts";
import { createInvocations, type Invocations } from "../invocations.ts";
import type { Log } from "../log.ts";
import { createLogSinks, type LogSinks } from "../log-sinks/index.ts";
import { createLog } from "../logging.ts";
import { type Random, systemRandom } from "../random.ts";
import {
  DatabaseInUse,
  lockFile,
  openPostgresStore,
  openSqliteStore,
  type SchemaChange,
  type Store,
} from "../storage/index.ts";

/** The ports that the domain and the surfaces use, made from the settings. */
export interface Ports {
  readonly log: Log;
  /** The clock of user pools; `dev` lets callers move it. */
  readonly clock: Clock;
  /** The same clock where it can be moved; undefined in `serve`. */
  readonly movableClock: MovableClock | undefined;
  readonly random: Random;
  readonly files: DataDirectory;
  readonly crypto: Crypto;
  /** Whether older master keys than the one that seals are still given. */
  readonly isRotatingMasterKey: boolean;
  /** Undefined where the settings name no list. */
  readonly breachedPasswords: BreachedPasswords | undefined;
  readonly store: Store;
  readonly delivery: ClosableDelivery;
  readonly outbox: Outbox;
  readonly events: Events;
  readonly logSinks: LogSinks;
  readonly activity: Activity;
  readonly invocations: Invocations;
  close(): Promise<void>;
}

/** What a test can replace: to make an RSA key takes more processor time than to start a server. */
export type PortReplacements = Partial<Pick<Crypto, "generateSigningKey">>;

/** @throws an error whose message says what is wrong with the data folder, the master key or the database */
export async function openPorts(settings: Settings, replacements: PortReplacements): Promise<Ports> {
  const opened = await openFiles(settings);
  try {
    return await openPortsOn(opened, settings, replacements);
  } catch (error) {
    await opened.release();
    throw error;
  }
}

/** @throws MasterKeyError also when there is a database, but no longer the file of its key: a new key would not open it */
async function masterKeysFor(
  { databaseUrl, inMemory, masterKey }: Settings,
  files: DataDirectory,
  random: Random,
): Promise<Uint8Array[]> {
  if (masterKey !== undefined) return parseMasterKeys(masterKey);
  const isSealed = databaseUrl === undefined && !inMemory && existsSync(files.database);
  if (isSealed && !existsSync(files.masterKey)) {
    throw new MasterKeyError(
      `There is no ${files.masterKey}, whose key sealed the database ${files.database}. Put a backup in its place, or give the key as the setting masterKey; without it the database is useless.`,
    );
  }
  return masterKeysOfFile(files.masterKey, random);
}

async function openPortsOn(
  { files, release }: OpenedFiles,
  settings: Settings,
  replacements: PortReplacements,
): Promise<Ports> {
  const isDev = settings.mode === "dev";
  const movable = isDev ? movableClock() : undefined;
  const clock = movable ?? systemClock;
  const random = systemRandom;
  const masterKeys = await masterKeysFor(settings, files, random);
  const crypto: Crypto = { ...createCrypto({ random, masterKeys }), ...replacements };
  const log = createLog({ level: settings.logLevel, isReadable: isDev });
  const store = await openStore(settings, files, crypto, log);
  const delivery = createDelivery({ ...settings, store, clock, random, keepsInbox: isDev });
  const events = createEvents();
  const outbox = createOutbox({ log });
  const logSinks = createLogSinks({ destinations: settings.logDestinations, log });
  const breachedPasswords =
    settings.breachedPasswords === undefined
      ? undefined
      : openBreachedPasswords({
          path: settings.breachedPasswords,
          onLeftOut: (leftOut) =>
            log.warn(
              { leftOut },
              "The file of breached passwords is not sorted and too large: its last hashes are left out. Sort it by hash",
            ),
        });
  return {
    log,
    clock,
    movableClock: movable,
    random,
    files,
    crypto,
    isRotatingMasterKey: masterKeys.length > 1,
    breachedPasswords,
    store,
    delivery,
    outbox,
    events,
    logSinks,
    activity: createActivity(events, { keepsContent: isDev }),
    invocations: createInvocations(events, { keepsContent: isDev }),
    async close() {
      await outbox.close();
      await logSinks.close();
      await delivery.close();
      await store.close();
      await breachedPasswords?.close();
      await crypto.close();
      await release();
    },
  };
}

interface OpenedFiles {
  readonly files: DataDirectory;
  release(): Promise<void>;
}

/**
 * The files of the data folder. Clients find a server by the files `config` and `credentials` there, so only one server
 * at a time may write them. A server whose database is elsewhere locks the place of the database in the folder. If
 * another server runs there, the server keeps its own files in a new folder, which it removes at its end. On Postgres
 * the master key is still in the data folder, and nodes can share it.
 */
async function openFiles({ dataDir, inMemory, databaseUrl }: Settings): Promise<OpenedFiles> {
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

async function openStore(settings: Settings, files: DataDirectory, crypto: Crypto, log: Log): Promise<Store> {
  // Caches and locks of the store keep the system's time, whatever the clock of the domain is moved to.
  const ports = {
    sealer: crypto.sealer,
    clock: systemClock,
    onMigrated: ({ from, to }: SchemaChange) =>
      log.info({ from, to }, `Migrated the database from schema version ${from} to ${to}`),
  };
  if (settings.databaseUrl !== undefined) return openPostgresStore({ url: settings.databaseUrl, ...ports });
  return openSqliteStore(
    settings.inMemory ? { inMemory: true, ...ports } : { file: files.database, ...ports },
  );
}
