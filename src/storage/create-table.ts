import { type Compilable, type CreateTableBuilder, sql } from "kysely";
import type { Dialect } from "./dialect.ts";
import type { Column, Table } from "./schema.ts";

function columnOf(table: Table, name: string): Column<unknown> {
  const column = table.columns[name];
  if (!column) throw new Error(`The table ${table.name} has no column ${name}.`);
  return column;
}

/** The statements that make a table and its indexes. */
export function createTable(table: Table, { kysely, types, clustered }: Dialect): Compilable[] {
  let made: CreateTableBuilder<string, string> = kysely.schema.createTable(table.name);
  // The key's columns first: `integrity_check` of SQLite before 3.41 calls clustered tables of another order damaged.
  const columns = [...table.key, ...Object.keys(table.columns).filter((name) => !table.key.includes(name))];
  for (const name of columns) {
    const { type, isRequired } = columnOf(table, name);
    const isKey = table.key.length === 1 && table.key[0] === name;
    made = made.addColumn(name, types[type], (column) => {
      if (isKey) return column.primaryKey();
      return isRequired ? column.notNull() : column;
    });
  }
  if (table.key.length > 1) made = made.addPrimaryKeyConstraint(`${table.name}_primary`, [...table.key]);
  for (const [name, columns] of Object.entries(table.unique ?? {})) {
    made = made.addUniqueConstraint(name, [...columns]);
  }
  for (const [name, { columns, table: owner, foreignColumns }] of Object.entries(table.references ?? {})) {
    made = made.addForeignKeyConstraint(
      `${table.name}_${name}`,
      [...columns],
      owner,
      [...foreignColumns],
      (reference) => reference.onDelete("cascade"),
    );
  }
  const indexes = Object.entries(table.indexes ?? {}).map(([name, index]) => {
    const { columns, whereSet } = "columns" in index ? index : { columns: index, whereSet: undefined };
    const created = kysely.schema
      .createIndex(name)
      .on(table.name)
      .columns([...columns]);
    return whereSet === undefined ? created : created.where(sql.ref(whereSet), "is not", null);
  });
  return [table.isClustered ? clustered(made) : made, ...indexes];
}
