import type { Clock } from "../../clock.ts";
import type { Events } from "../../events.ts";
import type { Functions, InvocationOutcome } from "../../lambda/index.ts";
import type { Random } from "../../random.ts";
import { type ConfiguredFunction, configuredFunction } from "./configured.ts";
import { lambdaEvent } from "./lambda-event.ts";
import { responseOf } from "./lambda-response.ts";
import type { TriggerResponse, TriggerSource } from "./sources.ts";
import type { TriggerEvent, Triggers } from "./triggers.ts";

export interface LambdaTriggersOptions {
  readonly functions: Pick<Functions, "invoke">;
  readonly events: Events;
  /** Real time, for durations. */
  readonly clock: Clock;
  readonly random: Random;
}

/** Triggers that invoke the functions of a pool's `LambdaConfig`. */
export function createLambdaTriggers({ functions, events, clock, random }: LambdaTriggersOptions): Triggers {
  const run = async <Source extends TriggerSource>(
    source: Source,
    configured: ConfiguredFunction,
    given: TriggerEvent<Source>,
    isAsynchronous: boolean,
  ): Promise<InvocationOutcome> => {
    const { arn, trigger } = configured;
    const event = JSON.stringify(lambdaEvent(source, configured, given));
    const at = clock.now();
    const requestId = random.uuid();
    const outcome = await functions.invoke({ arn, event, requestId, isAsynchronous });
    events.publish("invocation", {
      requestId: given.requestContext.requestId,
      at,
      poolId: given.pool.id,
      trigger,
      source,
      arn,
      event,
      response: outcome.kind === "answered" ? outcome.payload : undefined,
      error: errorOf(outcome),
      durationMilliseconds: clock.now() - at,
    });
    return outcome;
  };

  return {
    has: (pool, source) => configuredFunction(pool, source) !== undefined,

    async invoke<Source extends TriggerSource>(source: Source, event: TriggerEvent<Source>) {
      const configured = configuredFunction(event.pool, source);
      if (configured === undefined) return undefined;
      if (isSender(configured)) {
        // Invoked as an event: what comes of it is published and otherwise ignored.
        void run(source, configured, event, true);
        return undefined;
      }
      const outcome = await run(source, configured, event, false);
      return responseOf(configured.trigger, event.username, outcome) as TriggerResponse<Source>;
    },
  };
}

function isSender({ trigger }: ConfiguredFunction): boolean {
  return trigger === "CustomEmailSender" || trigger === "CustomSMSSender";
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
