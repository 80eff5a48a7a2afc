import type { ConfiguredFunction } from "./configured.ts";
import { type InvokerOptions, invokeFunction } from "./invoke-function.ts";
import { lambdaEvent } from "./lambda-event.ts";
import { responseOf } from "./lambda-response.ts";
import type { TriggerResponse, TriggerSource } from "./sources.ts";
import type { TriggerEvent } from "./triggers.ts";

/** Invokes the function of a trigger: the event that it gets, and the meaning of its answer. */
export async function invokeTrigger<Source extends TriggerSource>(
  source: Source,
  configured: ConfiguredFunction,
  given: TriggerEvent<Source>,
  options: InvokerOptions,
): Promise<TriggerResponse<Source> | undefined> {
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
}
