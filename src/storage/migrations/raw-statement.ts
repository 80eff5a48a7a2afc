import { type Compilable, CompiledQuery, RawNode } from "kysely";

/** SQL of a frozen migration. */
export function rawStatement(text: string): Compilable {
  return {
    compile: () => CompiledQuery.raw(text),
    toOperationNode: () => RawNode.createWithSql(text),
  } as Compilable;
}
