/** A session that is one transaction: the `work` of a transaction reads and writes by it. */
import type { Bindable, BulkExecutor, Executor, Session, Writer } from "./engine.ts";
import type { Query, RowInsert } from "./query.ts";

/**
 * Wraps the executor of an open transaction. It refuses use after the end, which would write into another transaction.
 * After a repository has failed in the middle of a write, the transaction can only be rolled back, because part of that
 * write is in it.
 */
export class TransactionSession implements Session, Writer {
  readonly reader: Executor = this;
  readonly #executor: BulkExecutor;
  readonly #configurationChanged: () => void;
  #writes = 0;
  #failure: { readonly error: unknown } | undefined;
  #hasEnded = false;

  constructor(executor: BulkExecutor, configurationChanged: () => void) {
    this.#executor = executor;
    this.#configurationChanged = configurationChanged;
  }

  cached<T>(_key: string, load: () => Promise<T | undefined>): Promise<T | undefined> {
    return load();
  }

  async write<T>(work: (writer: Writer) => Promise<T>): Promise<T> {
    const [writesBefore, failureBefore] = [this.#writes, this.#failure];
    try {
      return await work(this);
    } catch (error) {
      // The repository's own error, rather than the database's.
      const isSpoilt = this.#writes !== writesBefore || this.#failure !== undefined;
      if (isSpoilt) this.#failure = failureBefore ?? { error };
      throw error;
    }
  }

  configurationChanged(): void {
    this.#configurationChanged();
  }

  all<Parameters extends Bindable<Parameters>, Row>(
    query: Query<Parameters, Row>,
    parameters: Parameters,
  ): Promise<Row[]> {
    return this.#guarded(() => this.#executor.all(query, parameters));
  }

  first<Parameters extends Bindable<Parameters>, Row>(
    query: Query<Parameters, Row>,
    parameters: Parameters,
  ): Promise<Row | undefined> {
    return this.#guarded(() => this.#executor.first(query, parameters));
  }

  run<Parameters extends Bindable<Parameters>>(
    query: Query<Parameters, unknown>,
    parameters: Parameters,
  ): Promise<number> {
    this.#writes += 1;
    return this.#guarded(() => this.#executor.run(query, parameters));
  }

  insertEach<Row extends Bindable<Row>>(insert: RowInsert<Row>, rows: Iterable<Row>): Promise<void> {
    this.#writes += 1;
    return this.#guarded(() => this.#executor.insertEach(insert, rows));
  }

  /** No more can be done in this transaction from now on. */
  end(): void {
    this.#hasEnded = true;
  }

  /** The first error, however the transaction's work has handled it. */
  get failure(): unknown {
    return this.#failure?.error;
  }

  /** @throws what a repository threw in this transaction, though its caller may have caught it */
  mustBeWhole(): void {
    if (this.#failure) throw this.#failure.error;
  }

  async #guarded<T>(statement: () => Promise<T>): Promise<T> {
    if (this.#hasEnded)
      throw new Error("The transaction has ended; its repositories cannot be used any more.");
    if (this.#failure) throw this.#failure.error;
    try {
      return await statement();
    } catch (error) {
      this.#failure ??= { error };
      throw error;
    }
  }
}
