import type { Events, TriggerInvocation } from "./events.ts";
import { withoutSecrets } from "./secret-members.ts";

/** An invocation as a list shows it, without event and response. */
export interface ListedInvocation extends Omit<TriggerInvocation, "event" | "response"> {
  readonly id: string;
}

/** The content of an invocation, without secrets. */
export interface InvocationContent {
  readonly event: unknown;
  readonly response: unknown;
}

/** The newest invocations of triggers by this node. Kept in memory only: they are for looking at, not a log. */
export interface Invocations {
  /** Newest first. */
  ofPool(poolId: string): readonly ListedInvocation[];
  /** Undefined when it is not kept any more, was too large to keep, or contents are not kept at all. */
  contentOf(poolId: string, id: string): InvocationContent | undefined;
}

export const KEPT_INVOCATIONS = 200;

/** The longest event and the longest response that are kept, in characters. */
const MAX_KEPT_LENGTH = 16 * 1024;

interface Options {
  /**
   * Whether events and responses are kept: only in `dev`. In production, reading them must not be a way around the
   * permissions that reading users needs.
   */
  readonly keepsContent: boolean;
}

export function createInvocations(events: Events, { keepsContent }: Options): Invocations {
  const kept: ListedInvocation[] = [];
  const contents = new Map<string, Pick<TriggerInvocation, "event" | "response">>();
  let count = 0;
  events.subscribe("invocation", ({ event, response, ...invocation }) => {
    count += 1;
    const id = String(count);
    if (kept.length === KEPT_INVOCATIONS) contents.delete(kept.pop()?.id ?? "");
    kept.unshift({ ...invocation, error: bounded(invocation.error), id });
    if (keepsContent && Math.max(event.length, response?.length ?? 0) <= MAX_KEPT_LENGTH)
      contents.set(id, { event, response });
  });
  return {
    ofPool: (poolId) => kept.filter((invocation) => invocation.poolId === poolId),
    contentOf(poolId, id) {
      const content = contents.get(id);
      const isOfPool = kept.some((invocation) => invocation.id === id && invocation.poolId === poolId);
      if (content === undefined || !isOfPool) return undefined;
      return { event: readable(content.event), response: content.response && readable(content.response) };
    },
  };
}

/** A copy: a part of a string keeps the whole of it in memory. */
function bounded(text: string | undefined): string | undefined {
  if (text === undefined || text.length <= MAX_KEPT_LENGTH) return text;
  return Buffer.from(text.slice(0, MAX_KEPT_LENGTH)).toString();
}

/** A function elsewhere can answer with text that is no JSON. It is not shown: its secrets could not be found. */
function readable(text: string): unknown {
  try {
    return withoutSecrets(JSON.parse(text));
  } catch {
    return undefined;
  }
}
