import type { Call, Events } from "./events.ts";

export type { Call } from "./events.ts";

/** The newest calls that this node answered, for viewers of the console. Kept in memory only: it is a window, not a log. */
export interface Activity {
  /** The newest calls, oldest first; at most {@link KEPT_CALLS}. */
  recent(): readonly Call[];
  /** Calls `listener` for each call from now on. @returns what stops it */
  subscribe(listener: (call: Call) => void): () => void;
}

export const KEPT_CALLS = 500;

export function createActivity(events: Events): Activity {
  const calls: Call[] = [];
  events.subscribe("call", (call) => {
    if (calls.length === KEPT_CALLS) calls.shift();
    calls.push(call);
  });
  return {
    recent: () => [...calls],
    subscribe: (listener) => events.subscribe("call", listener),
  };
}
