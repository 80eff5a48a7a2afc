import { type RawBuilder, sql } from "kysely";
import { type Parameter, prepared, type Query } from "../query.ts";

/**
 * A query whose table and columns are known only from a table's description, written as SQL: Kysely's builder could not
 * check their names.
 */
export function derivedQuery<Parameters, Row>(
  build: (parameter: Parameter<Parameters>) => RawBuilder<Row>,
): Query<Parameters, Row> {
  return prepared<Parameters>()<Row>((db, parameter) => {
    const statement = build(parameter);
    return { compile: () => statement.compile(db) };
  });
}

/** `(a, b)`: the columns as one value that can be compared and looked for. */
export function rowOf(columns: readonly string[]): RawBuilder<unknown> {
  return sql`(${sql.join(columns.map((column) => sql.ref(column)))})`;
}
