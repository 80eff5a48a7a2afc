/**
 * The input of the merge from both readers: a service's operations and shapes, without prose.
 */
import type { OperationModel, Shape } from "../../src/api-model/model.ts";

export interface ModelSource {
  readonly operations: ReadonlyMap<string, OperationModel>;
  readonly shapes: ReadonlyMap<string, Shape>;
}
