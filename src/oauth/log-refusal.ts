import type { OperationContext } from "../user-pools/index.ts";

/** Function errors can be long. */
const MAX_REASON_CHARACTERS = 500;

interface RefusedRequest {
  readonly endpoint: string;
  /** The pool and the app client, as far as they were found. */
  readonly poolId: string | undefined;
  readonly clientId: string | undefined;
  readonly error: string;
  readonly reason: string | undefined;
}

/**
 * Logs a refused request as refused calls of the API are logged.
 *
 * @see docs/decisions/0325-entries-for-refused-calls.md
 */
export function logRefusal(
  { reason, ...refused }: RefusedRequest,
  { log, request: { sourceIp } }: Pick<OperationContext, "log" | "request">,
): void {
  log.info({ ...refused, reason: reason?.slice(0, MAX_REASON_CHARACTERS), sourceIp }, "A call was refused");
}
