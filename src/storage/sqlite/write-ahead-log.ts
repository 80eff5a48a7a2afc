/**
 * Durability without blocking: SQLite would wait for the disk in every COMMIT, on the one thread that serves requests.
 *
 * So the connection that writes runs with `synchronous = normal`: a COMMIT appends to the write-ahead log, in order and
 * recoverable to any of its commits, and returns. The log is then flushed off the main thread, and only after that is
 * anything acknowledged or shown to readers. SQLite still waits for the disk itself where the order of writes keeps the
 * file whole: when the log is copied into the database, and when it starts again from its beginning.
 *
 * @see SQLite documentation, "Write-Ahead Logging", section "Checkpointing", and "PRAGMA synchronous"
 */
import { closeSync, fdatasync, fdatasyncSync, openSync } from "node:fs";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { promisify } from "node:util";
import type { Durability } from "./group-commit.ts";

/**
 * Flushes a file on a thread that is free sooner than libuv's, where flushes wait for all signatures that were asked for before.
 *
 * @returns false if there is none: it must be flushed by libuv
 * @see docs/decisions/0190-flushes-before-exponentiations.md
 */
export type Flush = (descriptor: number) => Promise<boolean>;

const flushByLibuv = promisify(fdatasync);

/**
 * Pages in the log, of 4 KiB each, from which on it is copied into the database. SQLite's own 1,000 are reached so often
 * under load that the copying, on this thread, takes a quarter of a write's time; a page that was written twice in
 * between is copied once.
 */
export const CHECKPOINT_PAGES = 4000;

export class WriteAheadLog implements Durability {
  readonly #descriptor: number;
  readonly #flush: Flush | undefined;
  readonly #checkpoint: StatementSync;
  readonly #size: StatementSync;
  readonly #release: StatementSync;
  readonly #begin: StatementSync;
  readonly #look: StatementSync;

  /**
   * @param file the database's path
   * @param reader is held at the last durable state from now on
   */
  constructor(
    file: string,
    { writer, reader, flush }: { writer: DatabaseSync; reader: DatabaseSync; flush: Flush | undefined },
  ) {
    this.#flush = flush;
    writer.exec("pragma journal_mode = wal; pragma synchronous = normal; pragma wal_autocheckpoint = 0");
    // Any access makes the log.
    writer.exec("begin immediate; commit");
    this.#checkpoint = writer.prepare("pragma wal_checkpoint(passive)");
    this.#size = writer.prepare("pragma wal_checkpoint(noop)");
    this.#begin = reader.prepare("begin");
    this.#look = reader.prepare("select count(*) from sqlite_schema");
    this.#release = reader.prepare("commit");
    this.#descriptor = openSync(`${file}-wal`, "r+");
    // Records that a killed process had appended count as written from here on.
    fdatasyncSync(this.#descriptor);
    this.#pin();
  }

  /** Off the main thread. */
  async flush(): Promise<void> {
    if (!(await this.#flush?.(this.#descriptor))) await flushByLibuv(this.#descriptor);
  }

  /** Also keeps the log short. */
  advance(): void {
    this.#release.run();
    this.#keepShort();
    this.#pin();
  }

  /** To be called after both connections are closed. */
  close(): void {
    closeSync(this.#descriptor);
  }

  #keepShort(): void {
    try {
      const { log } = this.#size.get() ?? {};
      if (Number(log) >= CHECKPOINT_PAGES) this.#checkpoint.get();
    } catch {
      // The disk is full, perhaps. The flushed part stays in the log, and the next group tries again.
    }
  }

  /** A read transaction sees the database as it was at its first read. */
  #pin(): void {
    this.#begin.run();
    this.#look.get();
  }
}
