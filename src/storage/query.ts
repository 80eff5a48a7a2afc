/**
 * Queries that are built and compiled once per engine and then only bound: building one in Kysely costs far more than
 * SQLite takes to run it.
 */
import { type Compilable, type Expression, type Kysely, sql } from "kysely";
import type { Dialect, EngineName } from "./dialect.ts";
import { UnstorableText } from "./errors.ts";
import type { Database } from "./tables.ts";

/** The values that can be bound to a query. */
export type Value = string | number | null | Uint8Array;

/** Marks the parameter of that name while the query is built. */
export type Parameter<Parameters> = <Name extends keyof Parameters & string>(
  name: Name,
) => Expression<Parameters[Name]>;

export interface CompiledStatement {
  readonly sql: string;
  /** The value at each placeholder: the parameter of this name, or a constant of the query. */
  readonly bindings: readonly (ParameterName | Value)[];
  /** Whether it changes the database. */
  readonly writes: boolean;
  /** Whether it puts values into the database, beside comparing with them. */
  readonly keeps: boolean;
}

export interface CompilableQuery {
  compiledFor(dialect: Dialect): CompiledStatement;
}

/** A query over `Parameters` that gives rows of `Row`. */
export interface Query<Parameters, Row> extends CompilableQuery {
  /** Only for the type checker. */
  readonly types?: { readonly parameters: Parameters; readonly row: Row };
}

class ParameterName {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** Every query that was defined so far: a test looks at how each is run. */
export const queries: CompilableQuery[] = [];

/**
 * Defines a query: `prepared<{ id: string }>()((db, p) => db.selectFrom("pools").selectAll().where("id", "=", p("id")))`.
 * It is compiled when it first runs.
 */
export function prepared<Parameters>() {
  return <Row>(
    build: (db: Kysely<Database>, parameter: Parameter<Parameters>) => Compilable<Row>,
  ): Query<Parameters, Row> => {
    const query = compiledOnce(build);
    queries.push(query);
    return query;
  };
}

/**
 * An insert of many rows. SQLite runs the statement of one row again and again: binding few values costs it less than a longer
 * statement saves. Postgres takes several rows at a time, since each statement is a round trip.
 */
export interface RowInsert<Row> {
  readonly one: Query<Row, unknown>;
  readonly several: Query<NumberedRows<Row>, unknown>;
}

/** Rows of the statement of several. */
export const ROWS_AT_ONCE = 20;

/** The columns of several rows as parameters: `0.sub`, `1.sub` and so on. */
export type NumberedRows<Row> = Record<`${number}.${keyof Row & string}`, Row[keyof Row]>;

/** Defines a {@link RowInsert}, by a statement that inserts as many rows as it is given parameters for. */
export function rowInsert<Row>(
  build: (db: Kysely<Database>, rows: readonly Parameter<Row>[]) => Compilable<unknown>,
): RowInsert<Row> {
  return {
    one: prepared<Row>()((db, p) => build(db, [p])),
    several: prepared<NumberedRows<Row>>()((db, p) =>
      build(
        db,
        Array.from(
          { length: ROWS_AT_ONCE },
          // The rows of a numbered set have the columns' own types.
          (_, index): Parameter<Row> =>
            (name) =>
              p(`${index}.${name}`) as never,
        ),
      ),
    ),
  };
}

/** At most {@link ROWS_AT_ONCE} rows as the parameters of one statement. */
export function numberedRows<Row extends object>(rows: readonly Row[]): NumberedRows<Row> {
  const values: Record<string, unknown> = {};
  for (const [index, row] of rows.entries())
    for (const [column, value] of Object.entries(row)) values[`${index}.${column}`] = value;
  // Every column was just set.
  return values as NumberedRows<Row>;
}

/** As {@link prepared}, for a statement without parameters that runs once. */
export function runOnce(statement: Compilable): Query<Record<never, never>, unknown> {
  return compiledOnce(() => statement);
}

function compiledOnce<Parameters, Row>(
  build: (db: Kysely<Database>, parameter: Parameter<Parameters>) => Compilable<Row>,
): Query<Parameters, Row> {
  const compiled: { [Engine in EngineName]?: CompiledStatement } = {};
  return {
    compiledFor(dialect) {
      let statement = compiled[dialect.name];
      if (!statement) {
        const query = build(dialect.kysely, (name) => sql`${new ParameterName(name)}`).compile();
        statement = {
          sql: query.sql,
          bindings: query.parameters.map(asBinding),
          writes: query.query.kind !== "SelectQueryNode",
          keeps: query.query.kind === "InsertQueryNode" || query.query.kind === "UpdateQueryNode",
        };
        compiled[dialect.name] = statement;
      }
      return statement;
    },
  };
}

/**
 * The values of a statement's placeholders, in their order; undefined for one that needs not run, since no row can be what
 * it looks for: Postgres keeps no text with U+0000 in it, and fails on a query with one.
 *
 * @throws UnstorableText the statement would keep such a text
 */
export function bind(statement: CompiledStatement, parameters: object): Value[] | undefined {
  // Checked by the type of Executor's methods; an index signature would shut out interfaces.
  const values = parameters as Readonly<Record<string, Value | undefined>>;
  let isStorable = true;
  const bound = statement.bindings.map((binding) => {
    if (!(binding instanceof ParameterName)) return binding;
    const value = values[binding.name];
    if (value === undefined) throw new TypeError(`The query's parameter ${binding.name} was not given.`);
    if (typeof value === "number") return wholeNumber(value);
    if (typeof value === "string" && value.includes("\0")) isStorable = false;
    return value;
  });
  if (isStorable) return bound;
  if (statement.keeps) throw new UnstorableText();
  return undefined;
}

/** Every number of the schema is whole. Postgres refuses a fraction of a millisecond, and SQLite would keep it. */
function wholeNumber(value: number): number {
  const whole = Math.floor(value);
  if (!Number.isSafeInteger(whole)) throw new TypeError(`A query cannot be bound to the number ${value}.`);
  return whole;
}

function asBinding(value: unknown): ParameterName | Value {
  if (value instanceof ParameterName || value === null || value instanceof Uint8Array) return value;
  if (typeof value === "string" || typeof value === "number") return value;
  throw new TypeError(`A query cannot be bound to a ${typeof value}.`);
}

/**
 * A parameter as the limit of a query.
 *
 * SQLite reads the value of a plain parameter there when it plans, and plans again whenever another is bound, even the
 * same: 15 µs for every page. In an expression it does not.
 */
export function atMost(count: Expression<number>): Expression<number> {
  return sql`(${count} + 0)`;
}

/** One `parameter(name)` per column: the values of an insert that takes a whole row. */
export function parametersFor<Row, Column extends keyof Row & string>(
  parameter: Parameter<Row>,
  columns: readonly Column[],
): { [Name in Column]: Expression<Row[Name]> } {
  const values: Partial<{ [Name in Column]: Expression<Row[Name]> }> = {};
  for (const column of columns) values[column] = parameter(column);
  // Every column was just set.
  return values as { [Name in Column]: Expression<Row[Name]> };
}
