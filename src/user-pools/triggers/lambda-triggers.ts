import { NO_FOLDER } from "../../lambda/index.ts";
import { lazy } from "../../lazy.ts";
import { configuredFunction, configuredFunctions } from "./configured.ts";
import type { InvokerOptions } from "./invoke-function.ts";
import type { TriggerSource } from "./sources.ts";
import type { TriggerEvent, Triggers } from "./triggers.ts";

/** Few pools have functions. */
const invocation = lazy(() => import("./invoke-trigger.ts"));

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
      const { invokeTrigger } = await invocation();
      return invokeTrigger(source, configured, given, options);
    },
  };
}
