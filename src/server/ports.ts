import { existsSync, statSync } from "node:fs";
import { type Activity, createActivity } from "../activity.ts";
import { type Clock, type MovableClock, movableClock, systemClock } from "../clock.ts";
import type { Settings } from "../config/index.ts";
import {
  type BreachedPasswords,
  CannotOpen,
  type Crypto,
  createCrypto,
  keepMasterKey,
  MasterKeyError,
  makeMasterKey,
  openBreachedPasswords,
  parseMasterKeys,
  readMasterKeys,
  type ScryptCost,
} from "../crypto/index.ts";
import type { DataDirectory } from "../data-directory.ts";
import { type ClosableDelivery, createDelivery, createOutbox, type Outbox } from "../delivery/index.ts";
import { createEvents, type Events } from "../events.ts";
import { PASSWORD_HASH_COST } from "../iam/index.ts";
import { createInvocations, type Invocations } from "../invocations.ts";
import type { Log } from "../log.ts";
import { createLogSinks, type LogSinks, requireUsableTargets } from "../log-sinks/index.ts";
import { createLog } from "../logging.ts";
import { type Random, systemRandom } from "../random.ts";
import {
  CannotOpenDatabase,
  openPostgresStore,
  openSqliteStore,
  type SchemaChange,
  type Store,
} from "../storage/index.ts";
import { type ClaimedFiles, claimFiles } from "./claimed-files.ts";
import { continueRotation } from "./master-key-rotation.ts";
import type { ProcessOfSeveral } from "./process-of-several.ts";

/** The ports that the domain and the surfaces use, made from the settings. */
export interface Ports extends PortsOfStore {
  readonly log: Log;
  /** The clock of user pools; `dev` lets callers move it. */
  readonly clock: Clock;
  /** The same clock where it can be moved; undefined in `serve`. */
  readonly movableClock: MovableClock | undefined;
  readonly random: Random;
  readonly files: DataDirectory;
  readonly crypto: Crypto;
  /** Of new hashes of console passwords. */
  readonly passwordHashCost: ScryptCost;
  /** Whether older master keys than the one that seals are still given. */
  readonly isRotatingMasterKey: boolean;
  /** Undefined where the settings name no list. */
  readonly breachedPasswords: BreachedPasswords | undefined;
  readonly events: Events;
  readonly logSinks: LogSinks;
  readonly activity: Activity;
  readonly invocations: Invocations;
  /** Makes the ports that know the store anew, for another one. */
  portsOf(store: Store): PortsOfStore;
  /** Closes these ports, with those of the store that they have. */
  close(this: Ports): Promise<void>;
}

/** The store, and the ports that write into it. */
export interface PortsOfStore {
  readonly store: Store;
  readonly delivery: ClosableDelivery;
  readonly outbox: Outbox;
}

/** What a test can replace: to make an RSA key, or to hash a console password, takes more processor time than to start a server. */
export interface PortReplacements extends Partial<Pick<Crypto, "generateSigningKey">> {
  readonly passwordHashCost?: ScryptCost;
}

/** @throws an error whose message says what is wrong with the data folder, the master key or the database */
export async function openPorts(
  settings: Settings,
  replacements: PortReplacements,
  part: ProcessOfSeveral | undefined,
): Promise<Ports> {
  // The program holds the files of its processes.
  const claimed = part && { files: part.files, release: async () => undefined };
  const files = claimed ?? (await claimFiles(settings));
  try {
    return await openPortsOn(files, settings, replacements, part);
  } catch (error) {
    await files.release();
    throw error;
  }
}

async function openPortsOn(
  { files, release }: ClaimedFiles,
  settings: Settings,
  { passwordHashCost = PASSWORD_HASH_COST, ...replacements }: PortReplacements,
  part: ProcessOfSeveral | undefined,
): Promise<Ports> {
  const isDev = settings.mode === "dev";
  const movable = isDev ? movableClock() : undefined;
  const clock = movable ?? systemClock;
  const random = systemRandom;
  requireUsableTargets(settings);
  const log = createLog({ level: settings.logLevel, isReadable: isDev, processNumber: part?.number });
  const { masterKeys, crypto, store } = await openSealedStore(settings, files, random, log, part?.count);
  const portsOf = (store: Store): PortsOfStore => ({
    store,
    delivery: createDelivery({ ...settings, store, clock, random, keepsInbox: isDev }),
    outbox: createOutbox({ log }),
  });
  const events = createEvents();
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
    crypto: { ...crypto, ...replacements },
    passwordHashCost,
    isRotatingMasterKey: masterKeys.length > 1,
    breachedPasswords,
    ...portsOf(store),
    portsOf,
    events,
    logSinks,
    activity: createActivity(events, { keepsContent: isDev }),
    invocations: createInvocations(events, { keepsContent: isDev }),
    async close() {
      await this.outbox.close();
      await logSinks.close();
      await this.delivery.close();
      await this.store.close();
      await breachedPasswords?.close();
      await crypto.close();
      await release();
    },
  };
}

interface SealedStore {
  readonly masterKeys: readonly Uint8Array[];
  readonly crypto: Crypto;
  readonly store: Store;
}

/**
 * Opens the database with the master keys of the settings or of the data folder. If there are none, a new key is kept in the
 * folder once it is certain that no other one sealed the database: with two keys, neither would open everything.
 *
 * @throws CannotOpen the database was sealed with another master key
 * @throws MasterKeyError the database is sealed, and the file of its key is not there
 */
async function openSealedStore(
  settings: Settings,
  files: DataDirectory,
  random: Random,
  log: Log,
  processes: number | undefined,
): Promise<SealedStore> {
  refuseEmptyDatabase(settings, files);
  const given = givenMasterKeys(settings, files);
  const newKey = makeMasterKey(random);
  const masterKeys = given ?? [newKey];
  const crypto = createCrypto({ random, masterKeys, processes });
  const store = await openStore(settings, files, crypto, log);
  try {
    const place = settings.masterKey === undefined ? files.masterKey : "the setting masterKey";
    await continueRotation(store, masterKeys, place);
    await store.maintenance.openAnySecret();
    const isKept =
      given !== undefined || settings.inMemory || (await keepMasterKey(files.masterKey, newKey, random));
    if (isKept) return { masterKeys, crypto, store };
    await store.close();
  } catch (error) {
    await store.close();
    if (given !== undefined || !(error instanceof CannotOpen)) throw error;
    if (!existsSync(files.masterKey)) throw lostMasterKey(files.masterKey, error);
  }
  // Another node on Postgres, which shares the data folder, has kept its key meanwhile.
  return openSealedStore(settings, files, random, log, processes);
}

function lostMasterKey(file: string, cause: CannotOpen): MasterKeyError {
  const remedy =
    "Put a backup in its place, or give the key as the setting masterKey; without it the database is useless.";
  return new MasterKeyError(`There is no ${file}, whose key sealed the database. ${remedy}`, { cause });
}

/** A database that is no longer has no tables: everything was in its log. */
const PAGE_BYTES = 4096;

/**
 * A server that has run has left no empty database, but a copy on a full disk does, and so does a copy without the log. A first
 * start that was cut short has made none of the other files.
 */
function refuseEmptyDatabase({ databaseUrl, inMemory }: Settings, files: DataDirectory): void {
  if (databaseUrl !== undefined || inMemory) return;
  const [size, logSize = 0] = [files.database, `${files.database}-wal`].map(
    (file) => statSync(file, { throwIfNoEntry: false })?.size,
  );
  const isEmpty = size !== undefined && size <= PAGE_BYTES && logSize === 0;
  if (isEmpty && (existsSync(files.masterKey) || existsSync(files.config))) {
    throw new CannotOpenDatabase(
      `The database ${files.database} is empty, although a server has run in this folder. Put a backup or the missing ${files.database}-wal in its place, or remove it to begin anew.`,
    );
  }
}

/** Undefined if there is no master key yet. A database in memory is gone before another server could read it. */
function givenMasterKeys(
  { masterKey, inMemory }: Settings,
  files: DataDirectory,
): readonly Uint8Array[] | undefined {
  if (masterKey !== undefined) return parseMasterKeys(masterKey);
  return inMemory ? undefined : readMasterKeys(files.masterKey);
}

async function openStore(settings: Settings, files: DataDirectory, crypto: Crypto, log: Log): Promise<Store> {
  // Caches and locks of the store keep the system's time, whatever the clock of the domain is moved to.
  const ports = {
    sealer: crypto.sealer,
    clock: systemClock,
    onMigrated: ({ from, to }: SchemaChange) =>
      from === 0
        ? log.info({ to }, "Created a new database")
        : log.info({ from, to }, `Migrated the database from schema version ${from} to ${to}`),
  };
  if (settings.databaseUrl !== undefined) return openPostgresStore({ url: settings.databaseUrl, ...ports });
  return openSqliteStore(
    settings.inMemory ? { inMemory: true, ...ports } : { file: files.database, ...ports },
  );
}
