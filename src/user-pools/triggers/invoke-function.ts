import type { Clock } from "../../clock.ts";
import type { Events } from "../../events.ts";
import type { Functions, InvocationOutcome } from "../../lambda/index.ts";
import type { Log } from "../../log.ts";
import type { Random } from "../../random.ts";
import type { ConfiguredFunction } from "./configured.ts";

export interface InvokerOptions {
  readonly functions: Pick<Functions, "invoke" | "targetOf">;
  readonly events: Events;
  /** Real time, for durations. */
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

interface FunctionCall {
  readonly poolId: string;
  readonly source: string;
  readonly configured: ConfiguredFunction;
  /** JSON text. */
  readonly event: string;
  /** Of the call that led to it. */
  readonly requestId: string;
  readonly isAsynchronous: boolean;
}

/** Invokes a function and publishes what came of it. A failure that nobody is told of is logged. */
export async function invokeFunction(
  { poolId, source, configured: { arn, trigger }, event, requestId, isAsynchronous }: FunctionCall,
  { functions, events, clock, random, log }: InvokerOptions,
): Promise<InvocationOutcome> {
  const at = clock.now();
  const outcome = await functions.invoke({ arn, event, requestId: random.uuid(), isAsynchronous });
  const error = errorOf(outcome);
  if (error !== undefined && isAsynchronous)
    log.warn(
      { poolId, source, arn, requestId, reason: error },
      "A function that was invoked as an event failed",
    );
  events.publish("invocation", {
    requestId,
    at,
    poolId,
    trigger,
    source,
    arn,
    event,
    response: outcome.kind === "answered" ? outcome.payload : undefined,
    error,
    durationMilliseconds: clock.now() - at,
  });
  return outcome;
}

function errorOf(outcome: InvocationOutcome): string | undefined {
  switch (outcome.kind) {
    case "answered":
      return undefined;
    case "failed":
      return `${outcome.errorType}: ${outcome.errorMessage}`;
    case "timed out":
      return "The function did not answer in time.";
    case "not invoked":
      return `${outcome.reason}: ${outcome.detail}`;
  }
}
