import type { Compilable } from "kysely";
import type { Dialect } from "../dialect.ts";

/** One forward step of the schema. It is never changed once released: a later migration mends what it got wrong. */
export interface Migration {
  /** One more than the migration before. */
  readonly version: number;
  readonly name: string;
  /** The statements that make the step, run in this order inside one transaction. */
  statements(dialect: Dialect): Compilable[];
}
