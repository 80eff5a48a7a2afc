/**
 * Durability without blocking: SQLite would wait for the disk in every COMMIT, on the one thread that serves requests.
 *
 * So the connection that writes runs with `synchronous = normal`: a COMMIT appends to the write-ahead log, in order and
 * recoverable to any of its commits, and returns. The log is then flushed off the main thread, and only after that is
 * anything acknowledged or shown to readers. A long log is copied into the database off the main thread, too. The main thread
 * copies the little that was written meanwhile, since the log starts again from its beginning only when nothing is left.
 *
 * @see SQLite documentation, "Write-Ahead Logging", section "Checkpointing", and "PRAGMA synchronous"
 */
import { closeSync, fdatasync, fdatasyncSync, futimesSync, openSync, statSync } from "node:fs";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { promisify } from "node:util";
import { systemClock } from "../../clock.ts";
import { codeOf } from "../../code-of.ts";
import { createDiskThread, type DiskThread } from "./disk-thread.ts";
import type { Durability } from "./group-commit.ts";

const flushByLibuv = promisify(fdatasync);

/**
 * Pages in the log, of 4 KiB each, above which it is copied into the database. SQLite's default of 1,000 is reached so
 * often under load that copying takes a quarter of a write's time. A page that was written twice in between is copied
 * once.
 */
export const CHECKPOINT_PAGES = 4000;

/** Flushes before the disk's thread is started: it takes 11 MiB, which a server that hardly writes does without. */
const FEW_FLUSHES = 64;

/** While the log is copied it may grow to this; then commits wait for the copy. */
const MAX_PAGES = 1.25 * CHECKPOINT_PAGES;

export class WriteAheadLog implements Durability {
  readonly #descriptor: number;
  /** The database and its log, as they were opened. */
  readonly #files: readonly OpenedFile[];
  readonly #disk: DiskThread;
  #pages = 0;
  #flushes = 0;
  /** The thread copies the log. */
  #copying: Promise<void> | undefined;
  /** The thread has copied the log; the pages that were written meanwhile remain. */
  #isCopied = false;
  readonly #checkpoint: StatementSync;
  readonly #size: StatementSync;
  readonly #release: StatementSync;
  readonly #begin: StatementSync;
  readonly #look: StatementSync;

  /**
   * @param file the database's path
   * @param reader is held at the last durable state from now on
   */
  constructor(file: string, writer: DatabaseSync, reader: DatabaseSync) {
    writer.exec("pragma journal_mode = wal; pragma synchronous = normal; pragma wal_autocheckpoint = 0");
    // Any access makes the log.
    writer.exec("begin immediate; commit");
    this.#checkpoint = writer.prepare("pragma wal_checkpoint(passive)");
    this.#size = writer.prepare("pragma wal_checkpoint(noop)");
    this.#begin = reader.prepare("begin");
    this.#look = reader.prepare("select count(*) from sqlite_schema");
    this.#release = reader.prepare("commit");
    this.#pin();
    this.#descriptor = openFlushed(`${file}-wal`);
    this.#files = [file, `${file}-wal`].map(asOpened);
    this.#disk = createDiskThread({ database: file, log: this.#descriptor });
  }

  /** Off the main thread; by libuv at first, and while the disk's thread copies the log. */
  async flush(): Promise<void> {
    if (this.#copying && this.#pages >= MAX_PAGES) await this.#copying;
    this.#flushes += 1;
    const byLibuv = this.#copying !== undefined || this.#flushes <= FEW_FLUSHES;
    await (byLibuv ? flushByLibuv(this.#descriptor) : this.#flushByThread());
    for (const each of this.#files) requireInPlace(each);
  }

  async #flushByThread(): Promise<void> {
    try {
      await this.#disk.flush();
    } catch (error) {
      if (!isWithoutThread(error)) throw error;
      await flushByLibuv(this.#descriptor);
    }
  }

  /** Also keeps the log short. */
  advance(): void {
    this.#release.run();
    this.#keepShort();
    this.#pin();
  }

  /** To be called before both connections are closed: the last to close copies the log, and deletes it. */
  async close(): Promise<void> {
    await this.#copying;
    try {
      await this.#disk.close();
    } finally {
      this.#touch();
      closeSync(this.#descriptor);
    }
  }

  /**
   * The copy at the close can come long after the last write. If the process is killed in it, `refuseForeignLog` must not take the
   * database for one that was written by another program.
   */
  #touch(): void {
    const seconds = systemClock.now() / 1000;
    try {
      futimesSync(this.#descriptor, seconds, seconds);
    } catch {
      // The log is of another user, who let this one write it.
    }
  }

  #keepShort(): void {
    try {
      this.#pages = Number(this.#size.get()?.log);
      if (this.#copying || this.#pages < CHECKPOINT_PAGES) return;
      if (this.#isCopied) this.#checkpoint.get();
      else this.#copying = this.#copy();
      this.#isCopied = false;
    } catch {
      // The disk is full, perhaps. The flushed part stays in the log, and the next group tries again.
    }
  }

  async #copy(): Promise<void> {
    try {
      await this.#disk.checkpoint();
      this.#isCopied = true;
    } catch (error) {
      // As above. Without a thread, the main thread copies all of it.
      this.#isCopied = isWithoutThread(error);
    } finally {
      this.#copying = undefined;
    }
  }

  /** A read transaction sees the database as it was at its first read. */
  #pin(): void {
    this.#begin.run();
    this.#look.get();
  }
}

/** Whether the system gave no thread to the disk, because of a limit of processes. Nothing was done then. */
function isWithoutThread(error: unknown): boolean {
  return codeOf(error) === "ERR_WORKER_INIT_FAILED";
}

interface OpenedFile {
  readonly path: string;
  readonly inode: number;
}

function asOpened(path: string): OpenedFile {
  return { path, inode: statSync(path).ino };
}

/** Writes into a file that was removed, or replaced by a backup, are lost with the process. @throws Error */
function requireInPlace({ path, inode }: OpenedFile): void {
  if (statSync(path, { throwIfNoEntry: false })?.ino === inode) return;
  throw new Error(`${path} was removed or replaced while the server used it.`);
}

/** Records that a killed process had appended count as written from here on. */
function openFlushed(file: string): number {
  const descriptor = openSync(file, "r+");
  try {
    fdatasyncSync(descriptor);
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}
