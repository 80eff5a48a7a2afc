import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from "node:sqlite";
import { setImmediate as nextTurn } from "node:timers/promises";
import { sqliteDialect } from "../dialect.ts";
import { type Bindable, type BulkExecutor, ConstraintViolation } from "../engine.ts";
import { bind, type CompilableQuery, type CompiledStatement, type Query, type RowInsert } from "../query.ts";

/** Rows that are inserted before other requests get their turn: some 5 ms. */
const ROWS_PER_TURN = 100;

/** What a statement returns after `setReturnArrays`. */
type RowValues = readonly SQLOutputValue[];

interface ArrayStatement extends Pick<StatementSync, "run"> {
  all(...values: SQLInputValue[]): RowValues[];
  get(...values: SQLInputValue[]): RowValues | undefined;
}

interface PreparedStatement {
  readonly compiled: CompiledStatement;
  readonly statement: ArrayStatement;
  /** Of the columns of its rows. */
  readonly names: readonly string[];
}

/**
 * Runs queries on one connection, preparing each once.
 *
 * The queries of this program are a fixed few hundred, so the statements need no bound.
 */
export class SqliteConnection implements BulkExecutor {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<CompilableQuery, PreparedStatement>();
  #writes = 0;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** How many statements have run that change the database. */
  get writes(): number {
    return this.#writes;
  }

  async all<Parameters extends Bindable<Parameters>, Row>(
    query: Query<Parameters, Row>,
    parameters: Parameters,
  ): Promise<Row[]> {
    const { compiled, statement, names } = this.#prepare(query);
    const values = bind(compiled, parameters);
    if (values === undefined) return [];
    try {
      return statement.all(...values).map((row) => asRow<Row>(names, row));
    } catch (error) {
      throw asViolation(error);
    }
  }

  async first<Parameters extends Bindable<Parameters>, Row>(
    query: Query<Parameters, Row>,
    parameters: Parameters,
  ): Promise<Row | undefined> {
    const { compiled, statement, names } = this.#prepare(query);
    const values = bind(compiled, parameters);
    if (values === undefined) return undefined;
    try {
      const row = statement.get(...values);
      return row && asRow<Row>(names, row);
    } catch (error) {
      throw asViolation(error);
    }
  }

  async run<Parameters extends Bindable<Parameters>>(
    query: Query<Parameters, unknown>,
    parameters: Parameters,
  ): Promise<number> {
    const { compiled, statement } = this.#prepare(query);
    const values = bind(compiled, parameters);
    if (values === undefined) return 0;
    try {
      return Number(statement.run(...values).changes);
    } catch (error) {
      throw asViolation(error);
    }
  }

  async insertEach<Row extends Bindable<Row>>({ one }: RowInsert<Row>, rows: Iterable<Row>): Promise<void> {
    const { compiled, statement } = this.#prepare(one);
    let inserted = 0;
    try {
      for (const row of rows) {
        statement.run(...(bind(compiled, row) ?? []));
        inserted += 1;
        if (inserted % ROWS_PER_TURN === 0) await nextTurn();
      }
    } catch (error) {
      throw asViolation(error);
    }
  }

  #prepare(query: CompilableQuery): PreparedStatement {
    let prepared = this.#statements.get(query);
    if (!prepared) {
      const compiled = query.compiledFor(sqliteDialect);
      const statement = this.#database.prepare(compiled.sql);
      // The objects that it makes of rows itself are dictionaries, which take twice as long to make and to read.
      statement.setReturnArrays(true);
      prepared = {
        compiled,
        // Node's types do not know of it.
        statement: statement as unknown as ArrayStatement,
        names: statement.columns().map(({ name }) => name),
      };
      this.#statements.set(query, prepared);
    }
    if (prepared.compiled.writes) this.#writes += 1;
    return prepared;
  }
}

/** The query's type says what its rows are. */
function asRow<Row>(names: readonly string[], values: RowValues): Row {
  const row: Record<string, SQLOutputValue | undefined> = {};
  for (let index = 0; index < names.length; index++) row[names[index] ?? ""] = values[index];
  return row as Row;
}

// Result codes of SQLite: SQLITE_CONSTRAINT (19) in the low byte, which constraint in the next.
const CONSTRAINT_FOREIGN_KEY = 787;
const CONSTRAINT_NOT_NULL = 1299;
const CONSTRAINT_PRIMARY_KEY = 1555;
const CONSTRAINT_UNIQUE = 2067;

function asViolation(error: unknown): unknown {
  switch (resultCodeOf(error)) {
    case CONSTRAINT_PRIMARY_KEY:
    case CONSTRAINT_UNIQUE:
      return new ConstraintViolation("unique", error);
    case CONSTRAINT_FOREIGN_KEY:
      return new ConstraintViolation("reference", error);
    case CONSTRAINT_NOT_NULL:
      return new ConstraintViolation("required", error);
    default:
      return error;
  }
}

/** SQLite's extended result code of an error, if it is SQLite's. */
export function resultCodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number")
    return undefined;
  return error.errcode;
}
