/**
 * The last calls that this node answered, for whoever watches the console. Kept in memory only: it is a window, not a log.
 */
export interface Call {
  readonly requestId: string;
  /** Milliseconds since the Unix epoch, by the server's clock. */
  readonly at: number;
  /** `cognito-idp`, `sts` or `iam`. */
  readonly service: string;
  /** Undefined when the request named none that exists. */
  readonly operation: string | undefined;
  /** ARN of who called; undefined for operations without a signature and for calls that were refused before that was known. */
  readonly caller: string | undefined;
  readonly status: number;
  /** The error's name; undefined when the call succeeded. */
  readonly error: string | undefined;
  readonly durationMilliseconds: number;
}

export interface Activity {
  record(call: Call): void;
  /** The newest calls, oldest first; at most {@link KEPT_CALLS}. */
  recent(): readonly Call[];
  /** Calls `listener` for each call from now on. @returns what stops it */
  subscribe(listener: (call: Call) => void): () => void;
}

export const KEPT_CALLS = 500;

export function createActivity(): Activity {
  const calls: Call[] = [];
  const listeners = new Set<(call: Call) => void>();
  return {
    record(call) {
      if (calls.length === KEPT_CALLS) calls.shift();
      calls.push(call);
      for (const listener of listeners) listener(call);
    },
    recent: () => [...calls],
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
