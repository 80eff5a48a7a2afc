/**
 * Transactions one after another on SQLite's single writer, committed in groups. A commit waits for the disk.
 * Transactions that arrive meanwhile wait, and the next commit makes them durable together.
 *
 * Each transaction runs alone in its own savepoint, so that a failed one is rolled back by itself. None is acknowledged
 * or visible to readers before the group is on the disk.
 */
import type { DatabaseSync } from "node:sqlite";
import { DatabaseUnavailable } from "../errors.ts";
import { TransactionSession } from "../transaction.ts";
import type { SqliteConnection } from "./connection.ts";

/** Bounds how long the first of a group waits for the last. */
const MAX_GROUP = 128;

/** A transaction that takes this long waits for something that it must not wait for, and holds up all others. */
const MAX_TRANSACTION_MILLISECONDS = 10_000;

const TOO_LATE =
  `A transaction took over ${MAX_TRANSACTION_MILLISECONDS} ms and was undone: its work may wait for nothing but the ` +
  "repositories that it was given.";

/** The settings that make commits survive a power loss. */
export interface Durability {
  /** Waits until everything committed so far does. */
  flush(): Promise<void>;
  /** Lets readers see what was committed up to the last {@link flush}. */
  advance(): void;
}

interface Waiting {
  /** Runs the transaction. @returns how to acknowledge it */
  run(session: TransactionSession): Promise<() => void>;
  reject(error: unknown): void;
}

/** A transaction that has run: undone already if it failed, and not yet acknowledged. */
interface Settled {
  acknowledge: () => void;
  readonly reject: (error: unknown) => void;
}

export class GroupCommit {
  readonly #database: DatabaseSync;
  readonly #connection: SqliteConnection;
  readonly #log: Durability | undefined;
  readonly #configurationChanged: () => void;
  readonly #statements: Readonly<Record<keyof typeof transactionControl, () => void>>;
  readonly #waiting: Waiting[] = [];
  #underWay: Promise<void> | undefined;
  #isScheduled = false;
  #refusal: Error | undefined;

  constructor(
    database: DatabaseSync,
    connection: SqliteConnection,
    options: {
      /** Undefined where nothing needs to outlive the process. */
      readonly log?: Durability | undefined;
      /** Called after the commit of a group if one of its transactions asked for it. */
      readonly configurationChanged: () => void;
    },
  ) {
    const prepare = (sql: string) => {
      const statement = database.prepare(sql);
      return () => void statement.run();
    };
    this.#database = database;
    this.#connection = connection;
    this.#log = options.log;
    this.#configurationChanged = options.configurationChanged;
    this.#statements = {
      begin: prepare(transactionControl.begin),
      commit: prepare(transactionControl.commit),
      enter: prepare(transactionControl.enter),
      leave: prepare(transactionControl.leave),
      undo: prepare(transactionControl.undo),
    };
  }

  /** Settles when the group that is open now has ended; undefined when none is open. */
  get underWay(): Promise<void> | undefined {
    return this.#underWay;
  }

  /** Why nothing is written any more; undefined while writes are accepted. */
  get refusal(): Error | undefined {
    return this.#refusal;
  }

  /** Runs `work` as a transaction. @throws what `work` throws, having undone it */
  transaction<T>(work: (session: TransactionSession) => Promise<T>): Promise<T> {
    if (this.#refusal) return Promise.reject(this.#refusal);
    return new Promise<T>((resolve, reject) => {
      const run = async (session: TransactionSession) => {
        const result = await inTime(work(session));
        session.mustBeWhole();
        return () => resolve(result);
      };
      this.#waiting.push({ run, reject });
      this.#schedule();
    });
  }

  /** Waits for the queued transactions, and accepts no more. @param refusal for those that come later */
  async close(refusal: Error): Promise<void> {
    this.#refusal ??= refusal;
    while (this.#underWay || this.#waiting.length > 0) {
      await (this.#underWay ?? new Promise((resolve) => setImmediate(resolve)));
    }
  }

  /** After the input that is ready now has been handled, so that whatever it wants to write joins the group. */
  #schedule(): void {
    if (this.#isScheduled || this.#underWay) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      const group: Settled[] = [];
      this.#underWay = this.#runGroup(group)
        .catch((error: unknown) => this.#giveUp(group, error))
        .finally(() => {
          this.#underWay = undefined;
          if (this.#waiting.length > 0) this.#schedule();
        });
    });
  }

  /** @param group is filled with the transactions that took part */
  async #runGroup(group: Settled[]): Promise<void> {
    let isConfigurationChanged = false;
    const writesBefore = this.#connection.writes;
    try {
      this.#statements.begin();
      while (group.length < MAX_GROUP) {
        const next = this.#waiting.shift();
        if (!next) break;
        const session = new TransactionSession(this.#connection, () => {
          isConfigurationChanged = true;
        });
        const settled: Settled = { acknowledge: () => undefined, reject: next.reject };
        group.push(settled);
        settled.acknowledge = await this.#runAlone(next, session);
      }
      this.#statements.commit();
    } catch (error) {
      // SQLite itself failed, at the group's beginning or end: nothing of it was kept.
      if (this.#database.isTransaction) this.#database.exec("rollback");
      const refused = group.length > 0 ? group : this.#waiting.splice(0);
      for (const { reject } of refused) reject(error);
      return;
    }
    // The rows that they have read were on the disk before they began.
    if (this.#connection.writes > writesBefore) {
      await this.#log?.flush();
      this.#log?.advance();
    }
    if (isConfigurationChanged) this.#configurationChanged();
    for (const { acknowledge } of group) acknowledge();
  }

  /**
   * After a failure of the disk it is unknown what was kept, and stays unknown: a second flush may succeed without having written
   * what the first one lost. So nothing more is written until the file is opened again.
   */
  #giveUp(group: readonly Settled[], cause: unknown): void {
    const refusal = new DatabaseUnavailable(
      "The disk failed to keep a write; the server must be started again.",
      { cause },
    );
    this.#refusal = refusal;
    for (const { reject } of [...group, ...this.#waiting.splice(0)]) reject(refusal);
  }

  async #runAlone({ run, reject }: Waiting, session: TransactionSession): Promise<() => void> {
    this.#statements.enter();
    try {
      return await run(session);
    } catch (error) {
      this.#statements.undo();
      // Later, like the others: what it failed on may be a row that is not committed yet.
      return () => reject(error);
    } finally {
      session.end();
      this.#statements.leave();
    }
  }
}

const transactionControl = {
  begin: "begin immediate",
  commit: "commit",
  enter: "savepoint one",
  leave: "release one",
  undo: "rollback to one",
} as const;

function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    // The error is made only when it is needed: its stack costs more than an ordinary transaction's statements.
    const fail = () => reject(new Error(TOO_LATE));
    // In two parts, so that a process that was suspended, as with its machine, has the time of the second one to go on.
    const part = MAX_TRANSACTION_MILLISECONDS / 2;
    let timer = setTimeout(() => {
      timer = setTimeout(fail, part);
    }, part);
    const settle = () => clearTimeout(timer);
    work.then(settle, settle);
    work.then(resolve, reject);
  });
}
