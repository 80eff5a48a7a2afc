/**
 * Tables as data. Each aggregate's `table.ts` describes its tables with this, and a test compares them with the tables
 * of the migrations. The descriptions provide the types of rows, the seal contexts, and the work of `maintenance/`:
 * re-encryption, and the removal of expired rows and of rows of deleted owners.
 */

/** A column. `T` is the type of its values. */
export interface Column<T> {
  readonly type: "text" | "integer" | "bytes";
  readonly isRequired: boolean;
  /** Only for the type checker. */
  readonly holds?: T;
}

/** Compared byte by byte, which for UTF-8 is the order of code points. */
export function text<T extends string = string>(): Column<T> {
  return { type: "text", isRequired: true };
}

/** A whole number up to 2^53. Times are milliseconds since the Unix epoch. */
export function integer(): Column<number> {
  return { type: "integer", isRequired: true };
}

export function bytes(): Column<Uint8Array> {
  return { type: "bytes", isRequired: true };
}

export function nullable<T>(column: Column<T>): Column<T | null> {
  return { type: column.type, isRequired: false };
}

type Columns = Readonly<Record<string, Column<unknown>>>;
type NameIn<C extends Columns> = keyof C & string;

export interface Table<Name extends string = string, C extends Columns = Columns> {
  readonly name: Name;
  readonly columns: C;
  /** The primary key. */
  readonly key: readonly NameIn<C>[];
  /** Short rows that are found by their primary key: SQLite keeps them in the key's own tree. */
  readonly isClustered?: boolean;
  /** Constraints beside the primary key, by name. */
  readonly unique?: Readonly<Record<string, readonly NameIn<C>[]>>;
  readonly indexes?: Readonly<Record<string, Index<C>>>;
  /** Rows that this table's rows belong to and are deleted with, by the name that the constraint ends in. */
  readonly references?: Readonly<Record<string, Reference<C>>>;
  /** Other owners of the rows. No reference of the schema says it, because the owner's row goes at once. */
  readonly owners?: readonly Owner<C>[];
  /**
   * Columns whose values are sealed, each with the columns that name a row in its seal context. `pool_id` there is the id of
   * the pool with the row's `pool_key`.
   */
  readonly sealed?: Readonly<Partial<Record<NameIn<C>, readonly (NameIn<C> | "pool_id")[]>>>;
  readonly expiry?: Expiry<C>;
}

/** The columns of an index, or of one that leaves out rows whose column `whereSet` is null. */
type Index<C extends Columns> =
  | readonly NameIn<C>[]
  | { readonly columns: readonly NameIn<C>[]; readonly whereSet: NameIn<C> };

interface Reference<C extends Columns> {
  readonly columns: readonly NameIn<C>[];
  readonly table: string;
  readonly foreignColumns: readonly string[];
}

export type OwnerKind = "pool" | "client" | "group";

interface Owner<C extends Columns> {
  readonly kind: OwnerKind;
  /** Holds the owner's key; for `pool_id` its id. */
  readonly column: NameIn<C>;
  /**
   * When the rows go: in the transaction that deletes the owner (few rows, or names that others want), in steps of
   * housekeeping afterwards, or when they expire.
   */
  readonly removal: "at once" | "in steps" | "on expiry";
}

/** Rows are removed by housekeeping when `column` is more than `keptMilliseconds` ago. An index leads with the column. */
interface Expiry<C extends Columns> {
  readonly column: NameIn<C>;
  readonly keptMilliseconds: number;
}

/** Describes a table, with the names of its columns checked. */
export function defineTable<const C extends Columns, const T extends Table<string, C>>(
  table: T & Table<string, C>,
): T {
  return table;
}

/** A row of the table, as queries see it. */
export type RowOf<T extends Table> = {
  -readonly [Name in keyof T["columns"]]: T["columns"][Name] extends Column<infer Value> ? Value : never;
};

/** The columns and the reference of a table of what belongs to one user and is deleted with them. */
export const ofUser = {
  columns: { pool_key: integer(), sub: text() },
  reference: { columns: ["pool_key", "sub"], table: "users", foreignColumns: ["pool_key", "sub"] },
} as const;
