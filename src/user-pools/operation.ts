/**
 * An operation of the user pools API: a function from its input and its context to its output.
 *
 * The caller has been authenticated and authorised and the input validated against the API model before it runs.
 */
import type { OperationName, Operations } from "../api-model/index.ts";
import type { JsonObject } from "../json.ts";
import type { Environment } from "./environment.ts";
import type { RequestContext } from "./request-context.ts";
import type { TokenService } from "./tokens/index.ts";

/** Ids for what an operation makes, in place of random ones: how a seed makes the same things on every machine. */
export interface GivenIds {
  readonly poolId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly sub?: string | undefined;
}

export interface OperationContext extends Environment {
  readonly tokens: TokenService;
  readonly request: RequestContext;
  readonly givenIds?: GivenIds | undefined;
  /**
   * Counts a request to the pages or the OAuth endpoints, where AWS's quotas apply, in the category of an operation or
   * in a named category.
   *
   * @throws TooManyRequestsException the category has none left
   */
  readonly takeRequest?: ((name: string) => Promise<void>) | undefined;
}

export type Operation<Name extends OperationName> = (
  input: Operations[Name]["input"],
  context: OperationContext,
) => Promise<Operations[Name]["output"]>;

/** All operations under their wire names. */
export type OperationTable = { readonly [Name in OperationName]: Operation<Name> };

/** An operation whose types do not matter. */
type AnyOperation = (input: JsonObject, context: OperationContext) => Promise<unknown>;

/** The operations, each in a function that does something before or after it. */
export function aroundEach<Table extends Partial<OperationTable>>(
  table: Table,
  around: (operate: AnyOperation, name: OperationName) => AnyOperation,
): Table {
  const entries = Object.entries(table).map(([name, operate]) => [
    name,
    // A function of this table's type: what goes around it hands on its input and its output.
    around(operate as AnyOperation, name as OperationName),
  ]);
  return Object.fromEntries(entries);
}
