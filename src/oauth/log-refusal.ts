import { logRefusedCall } from "../log.ts";
import type { OperationContext } from "../user-pools/index.ts";

interface RefusedRequest {
  readonly endpoint: string;
  /** The pool and the app client, as far as they were found. */
  readonly poolId: string | undefined;
  readonly clientId: string | undefined;
  readonly error: string;
  readonly reason: string | undefined;
}

/** Logs a refused request as refused calls of the API are logged. */
export function logRefusal(
  refused: RefusedRequest,
  { log, request: { sourceIp } }: Pick<OperationContext, "log" | "request">,
): void {
  logRefusedCall(log, { ...refused, sourceIp });
}
