/**
 * Reading the inbox of `dev`, at once or as soon as there is something in it.
 */
import type { Events } from "../events.ts";
import type { InboxMessageRecord, Store } from "../storage/index.ts";
import { BadRequest } from "./bad-request.ts";

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;
const MAX_WAIT_SECONDS = 60;

export interface InboxDependencies {
  readonly store: Store;
  readonly events: Events;
  /** Aborted when those who wait must be answered. */
  readonly ending: AbortSignal;
}

export interface InboxPage {
  readonly messages: readonly InboxMessageRecord[];
  readonly next?: string | undefined;
}

/**
 * Messages as the query asks for them, newest first. With `wait` the answer comes with the first message that fits, or empty
 * after so many seconds, 60 at most; `since` excludes older ones.
 *
 * @throws BadRequest a number of the query is none
 * @throws InvalidPagePosition `after` is not a position of this list
 */
export async function readInbox(
  query: URLSearchParams,
  { store, events, ending }: InboxDependencies,
): Promise<InboxPage> {
  const limit = limitOf(query);
  const since = numberOf(query, "since");
  const deadline = performance.now() + Math.min(numberOf(query, "wait"), MAX_WAIT_SECONDS) * 1000;
  const arrivals = watchArrivals(events, ending);
  try {
    for (;;) {
      const page = await listMessages(query, limit, since, store);
      const left = deadline - performance.now();
      if (page.messages.length > 0 || left <= 0 || ending.aborted) return page;
      await arrivals.next(left);
    }
  } finally {
    arrivals.end();
  }
}

async function listMessages(
  query: URLSearchParams,
  limit: number,
  since: number,
  store: Store,
): Promise<InboxPage> {
  const page = await store.inbox.list(
    {
      poolId: query.get("poolId") ?? undefined,
      destination: query.get("destination") ?? undefined,
      username: query.get("username") ?? undefined,
    },
    { limit, after: query.get("after") ?? undefined },
  );
  return {
    messages: page.items.filter(({ sentAt }) => sentAt >= since),
    ...(page.next !== undefined && { next: page.next }),
  };
}

function limitOf(query: URLSearchParams): number {
  const limit = Number(query.get("limit") ?? DEFAULT_LIMIT);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    throw new BadRequest(`limit must be a whole number from 1 to ${MAX_LIMIT}.`);
  return limit;
}

/** A number of the query from 0 on; 0 where there is none. */
function numberOf(query: URLSearchParams, name: string): number {
  const number = Number(query.get(name) ?? 0);
  if (!Number.isFinite(number) || number < 0) throw new BadRequest(`${name} must be a number from 0.`);
  return number;
}

/** Counts messages from now on, so that none is missed between reading the inbox and waiting. */
function watchArrivals(events: Events, ending: AbortSignal) {
  let arrived = 0;
  let wake: (() => void) | undefined;
  const note = () => {
    arrived += 1;
    wake?.();
  };
  const unsubscribe = events.subscribe("message", note);
  ending.addEventListener("abort", note);
  return {
    end() {
      unsubscribe();
      ending.removeEventListener("abort", note);
    },
    async next(milliseconds: number): Promise<void> {
      if (arrived === 0) {
        const { promise, resolve } = Promise.withResolvers<void>();
        const timer = setTimeout(resolve, milliseconds);
        wake = resolve;
        await promise;
        clearTimeout(timer);
      }
      arrived = 0;
    },
  };
}
