import { hash } from "node:crypto";
import type { ClientBase, Pool } from "pg";
import { postgresDialect } from "../dialect.ts";
import type { Bindable, BulkExecutor } from "../engine.ts";
import {
  bind,
  type CompilableQuery,
  type CompiledStatement,
  numberedRows,
  type Query,
  ROWS_AT_ONCE,
  type RowInsert,
} from "../query.ts";
import { asStoreError } from "./errors.ts";

interface NamedStatement {
  readonly compiled: CompiledStatement;
  /** The server plans a named statement once per connection. The name follows from the text, whatever program gave it. */
  readonly name: string;
}

const statements = new Map<CompilableQuery, NamedStatement>();

function statementOf(query: CompilableQuery): NamedStatement {
  let statement = statements.get(query);
  if (!statement) {
    const compiled = query.compiledFor(postgresDialect);
    statement = { compiled, name: hash("sha256", compiled.sql, "base64url").slice(0, 16) };
    statements.set(query, statement);
  }
  return statement;
}

/** The answer of a statement that needs not run. */
const NOTHING = { rows: [], rowCount: 0 };

/** Runs queries on one connection, or each on any connection of a pool. */
export class PostgresConnection implements BulkExecutor {
  readonly #connection: ClientBase | Pool;

  constructor(connection: ClientBase | Pool) {
    this.#connection = connection;
  }

  async all<Parameters extends Bindable<Parameters>, Row>(
    query: Query<Parameters, Row>,
    parameters: Parameters,
  ): Promise<Row[]> {
    const { rows } = await this.#query(query, parameters);
    // The query's type says what its rows are.
    return rows as Row[];
  }

  async first<Parameters extends Bindable<Parameters>, Row>(
    query: Query<Parameters, Row>,
    parameters: Parameters,
  ): Promise<Row | undefined> {
    const { rows } = await this.#query(query, parameters);
    return rows[0] as Row | undefined;
  }

  async run<Parameters extends Bindable<Parameters>>(
    query: Query<Parameters, unknown>,
    parameters: Parameters,
  ): Promise<number> {
    const { rowCount } = await this.#query(query, parameters);
    return rowCount ?? 0;
  }

  async insertEach<Row extends Bindable<Row>>(insert: RowInsert<Row>, rows: Iterable<Row>): Promise<void> {
    let part: Row[] = [];
    for (const row of rows) {
      if (part.push(row) < ROWS_AT_ONCE) continue;
      await this.#query(insert.several, numberedRows(part));
      part = [];
    }
    // One by one, so that there are two statements in all.
    for (const row of part) await this.#query(insert.one, row);
  }

  async #query(query: CompilableQuery, parameters: object) {
    const { compiled, name } = statementOf(query);
    const values = bind(compiled, parameters);
    if (values === undefined) return NOTHING;
    try {
      return await this.#connection.query<object>({ name, text: compiled.sql, values });
    } catch (error) {
      throw asStoreError(error);
    }
  }
}
