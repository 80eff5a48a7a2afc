import type { FunctionTarget, InvocationOutcome } from "../../lambda/index.ts";
import type { Store, UserPoolRecord } from "../../storage/index.ts";
import { configuredFunction, configuredFunctions } from "./configured.ts";
import { type InvokerOptions, invokeFunction } from "./invoke-function.ts";
import { isTriggerSource, sampleEvent, triggerSources } from "./samples.ts";

/** A function of a pool, its file or endpoint, and the triggers that invoke it. */
interface InspectedFunction {
  readonly trigger: string;
  readonly arn: string;
  readonly target: FunctionTarget;
  readonly sources: readonly string[];
}

/** Looking at a pool's functions and trying them, for administrators. */
export interface FunctionInspection {
  list(pool: UserPoolRecord): readonly InspectedFunction[];
  targetOf(arn: string): FunctionTarget;
  /** @returns undefined when the pool has no function for the source */
  sampleOf(pool: UserPoolRecord, source: string): Promise<object | undefined>;
  /** Invokes the function of a source as the trigger does, and waits also for senders. Its answer changes nothing. */
  invoke(pool: UserPoolRecord, source: string, event: object): Promise<InvocationOutcome | undefined>;
}

interface InspectionOptions extends InvokerOptions {
  readonly store: Pick<Store, "clients">;
}

export function createFunctionInspection(options: InspectionOptions): FunctionInspection {
  const { functions, random, store } = options;
  const configuredFor = (pool: UserPoolRecord, source: string) =>
    isTriggerSource(source) ? configuredFunction(pool, source) : undefined;
  return {
    list: (pool) =>
      configuredFunctions(pool).map(({ trigger, arn }) => ({
        trigger,
        arn,
        target: functions.targetOf(arn),
        sources: triggerSources.filter((source) => configuredFunction(pool, source)?.trigger === trigger),
      })),
    targetOf: (arn) => functions.targetOf(arn),
    async sampleOf(pool, source) {
      const configured = configuredFor(pool, source);
      if (configured === undefined || !isTriggerSource(source)) return undefined;
      const [client] = (await store.clients.list(pool.id, { limit: 1 })).items;
      return sampleEvent(pool, source, configured, client?.id ?? "example");
    },
    async invoke(pool, source, event) {
      const configured = configuredFor(pool, source);
      if (configured === undefined) return undefined;
      return invokeFunction(
        {
          poolId: pool.id,
          source,
          configured,
          event: JSON.stringify(event),
          requestId: random.uuid(),
          isAsynchronous: false,
        },
        options,
      );
    },
  };
}
