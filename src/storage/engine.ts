/**
 * The interface between repositories and an engine: to run prepared queries, and to run several as one atomic step.
 */
import type { Query, RowInsert, Value } from "./query.ts";

/** Runs queries one at a time. */
export interface Executor {
  all<Parameters extends Bindable<Parameters>, Row>(
    query: Query<Parameters, Row>,
    parameters: Parameters,
  ): Promise<Row[]>;
  first<Parameters extends Bindable<Parameters>, Row>(
    query: Query<Parameters, Row>,
    parameters: Parameters,
  ): Promise<Row | undefined>;
  /** @returns how many rows it wrote */
  run<Parameters extends Bindable<Parameters>>(
    query: Query<Parameters, unknown>,
    parameters: Parameters,
  ): Promise<number>;
}

/** Parameters by name, each something that can be bound. */
export type Bindable<Parameters> = { readonly [Name in keyof Parameters]: Value };

/** An executor that also inserts many rows, in the way that costs the engine least. */
export interface BulkExecutor extends Executor {
  insertEach<Row extends Bindable<Row>>(insert: RowInsert<Row>, rows: Iterable<Row>): Promise<void>;
}

/** An executor inside a transaction. */
export interface Writer extends BulkExecutor {
  /** Configuration was written (see `store.ts`): what the cache holds of it is dropped when the transaction commits. */
  configurationChanged(): void;
}

/** The executor of a repository: the store itself, or one transaction of it. */
export interface Session {
  readonly reader: Executor;
  /**
   * What `load` gives, or what it gave before for that key of configuration. The value is frozen, and shared by callers.
   * Inside a transaction it is always loaded.
   */
  cached<T>(key: string, load: () => Promise<T | undefined>): Promise<T | undefined>;
  /** Runs `work` as one serialisable step of its own, or as a part of the transaction that this session is. */
  write<T>(work: (writer: Writer) => Promise<T>): Promise<T>;
}

/** A constraint of the schema refused a row. */
export class ConstraintViolation extends Error {
  readonly constraint: "unique" | "reference" | "required";
  constructor(constraint: ConstraintViolation["constraint"], cause: unknown) {
    super(`A constraint of the database (${constraint}) refused a row.`, { cause });
    this.constraint = constraint;
  }
}

/** Runs `statement` and, where a constraint of the kind refuses the row, throws `replacement()` instead. */
export async function replacingViolation<T>(
  constraint: ConstraintViolation["constraint"],
  replacement: () => Error,
  statement: () => Promise<T>,
): Promise<T> {
  try {
    return await statement();
  } catch (error) {
    throw error instanceof ConstraintViolation && error.constraint === constraint ? replacement() : error;
  }
}
