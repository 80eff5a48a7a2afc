/** The functions of a pool's triggers: where they lead, their last invocations, and a try of them. */
import type { InvocationOutcome } from "../../../src/lambda/outcome.ts";
import type { FunctionTarget } from "../../../src/lambda/target.ts";
import { control, ofPool } from "./control.ts";

export interface PoolFunction {
  readonly trigger: string;
  readonly arn: string;
  readonly target: FunctionTarget;
  /** The trigger sources that it is invoked for. */
  readonly sources: readonly string[];
}

export interface Invocation {
  readonly id: string;
  readonly at: number;
  readonly trigger: string;
  readonly source: string;
  readonly arn: string;
  readonly error?: string;
  readonly durationMilliseconds: number;
}

export interface InvocationContent {
  readonly event?: unknown;
  readonly response?: unknown;
}

export const listFunctions = async (poolId: string) =>
  (await control<{ functions: readonly PoolFunction[] }>("GET", ofPool(poolId, "functions"))).functions;

export const getFunctionTarget = (poolId: string, arn: string) =>
  control<FunctionTarget>("GET", ofPool(poolId, `function-target?${new URLSearchParams({ arn })}`));

export const getSampleEvent = (poolId: string, source: string) =>
  control<object>("GET", ofPool(poolId, `sample-event?${new URLSearchParams({ source })}`));

export const invokeFunction = (poolId: string, source: string, event: object) =>
  control<InvocationOutcome>("POST", ofPool(poolId, "invocations"), { source, event });

export const listInvocations = async (poolId: string) =>
  (await control<{ invocations: readonly Invocation[] }>("GET", ofPool(poolId, "invocations"))).invocations;

export const getInvocationContent = (poolId: string, id: string) =>
  control<InvocationContent>("GET", ofPool(poolId, `invocations/${encodeURIComponent(id)}`));
