import { NO_FOLDER } from "../../lambda/index.ts";
import { configuredFunction, configuredFunctions } from "./configured.ts";
import { type InvokerOptions, invokeFunction } from "./invoke-function.ts";
import { lambdaEvent } from "./lambda-event.ts";
import { responseOf } from "./lambda-response.ts";
import type { TriggerResponse, TriggerSource } from "./sources.ts";
import type { TriggerEvent, Triggers } from "./triggers.ts";

/** Triggers that invoke the functions of a pool's `LambdaConfig`. */
export function createLambdaTriggers(options: InvokerOptions): Triggers {
  return {
    has: (pool, source) => configuredFunction(pool, source) !== undefined,

    missing: (pool) =>
      configuredFunctions(pool).flatMap((configured) => {
        const target = options.functions.targetOf(configured.arn);
        return target.kind === "nothing" ? [{ ...configured, lookedFor: target.lookedFor ?? NO_FOLDER }] : [];
      }),

    async invoke<Source extends TriggerSource>(source: Source, given: TriggerEvent<Source>) {
      const configured = configuredFunction(given.pool, source);
      if (configured === undefined) return undefined;
      const call = {
        poolId: given.pool.id,
        source,
        configured,
        event: JSON.stringify(lambdaEvent(source, configured, given)),
        requestId: given.requestContext.requestId,
      };
      if (/^Custom(Email|SMS)Sender$/.test(configured.trigger)) {
        // Invoked as an event: what comes of it is published and otherwise ignored.
        void invokeFunction({ ...call, isAsynchronous: true }, options);
        return undefined;
      }
      const outcome = await invokeFunction({ ...call, isAsynchronous: false }, options);
      return responseOf(configured.trigger, given.username, outcome) as TriggerResponse<Source>;
    },
  };
}
