/** Operations that show configuration show that of the database, whichever node or process has written it. */
import { isUnsigned, type OperationName } from "../../api-model/index.ts";
import { aroundEach, type OperationTable } from "../operation.ts";

/**
 * The operations, of which those that describe configuration read it past the cache. A client that changes a
 * pool by one process and looks at it by another, as Terraform does, sees the change.
 *
 * @see docs/decisions/0469-described-configuration-is-fresh.md
 */
export function withFreshConfiguration<Table extends Partial<OperationTable>>(table: Table): Table {
  return aroundEach(table, (operate, name) =>
    describesConfiguration(name)
      ? (input, context) => operate(input, { ...context, store: context.store.uncached })
      : operate,
  );
}

function describesConfiguration(name: OperationName): boolean {
  return /^(?:Describe|Get)/.test(name) && !isUnsigned(name);
}
