import type { Settings } from "../config/index.ts";
import { type Call, type Events, errorMessageOf } from "../events.ts";
import { type Log, logRefusedCall } from "../log.ts";

/** Longer than every id; the input may not have been validated. */
const MAX_ID_CHARACTERS = 128;

/**
 * Logs each call under its request id, without what it carried: what was refused as information, for those who ask why, and the
 * rest for debugging. Defects have an entry of their own, with their cause.
 */
export function logCalls(events: Events, log: Log, level: Settings["logLevel"]): void {
  if (level !== "info" && level !== "debug") return;
  events.subscribe("call", (call) => {
    if (call.error !== undefined)
      logRefusedCall(log, { ...fieldsOf(call), error: call.error, reason: errorMessageOf(call) });
    else if (level === "debug") log.debug(fieldsOf(call), "A call was answered");
  });
}

function fieldsOf(call: Call) {
  const { input } = call;
  return {
    requestId: call.requestId,
    service: call.service,
    operation: call.operation,
    status: call.status,
    caller: call.caller?.arn,
    sourceIp: call.sourceIp,
    poolId: idIn(input?.UserPoolId),
    clientId: idIn(input?.ClientId),
    milliseconds: call.durationMilliseconds,
  };
}

function idIn(value: unknown): string | undefined {
  return typeof value === "string" && value.length <= MAX_ID_CHARACTERS ? value : undefined;
}
