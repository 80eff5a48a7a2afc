import type { Target } from "../subjects/target.ts";
import type { ScenarioName } from "./scenarios.ts";

/** An order to the load generator. */
export interface Order {
  readonly scenario: ScenarioName;
  readonly target: Target;
  readonly seed: number;
  readonly connections: number;
  readonly warmUpMilliseconds: number;
  readonly measureMilliseconds: number;
  /** Stops early after this many steps, warm-up included, so that a pool does not outgrow its size. */
  readonly maxSteps: number;
}

export interface Measurement {
  /** Steps that were answered within `seconds`. */
  readonly steps: number;
  readonly seconds: number;
  readonly perSecond: number;
  /** Of a step, in milliseconds; NaN when there was none. */
  readonly median: number;
  readonly percentile99: number;
}

export type Report = { readonly measurement: Measurement } | { readonly failure: string };
