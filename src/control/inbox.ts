/**
 * Reading the inbox of `dev`, at once or as soon as there is something in it.
 */
import type { Events } from "../events.ts";
import type { InboxMessageRecord, Store } from "../storage/index.ts";

const MAX_WAIT_SECONDS = 60;

export interface InboxDependencies {
  readonly store: Store;
  readonly events: Events;
}

export interface InboxPage {
  readonly messages: readonly InboxMessageRecord[];
  readonly next?: string | undefined;
}

/**
 * Messages as the query asks for them, newest first. With `wait` the answer comes with the first message that fits, or empty
 * after so many seconds; `since` excludes older ones.
 *
 * @throws InvalidPagePosition `after` is not a position of this list
 */
export async function readInbox(
  query: URLSearchParams,
  limit: number,
  { store, events }: InboxDependencies,
): Promise<InboxPage> {
  const arrivals = watchArrivals(events);
  const deadline = performance.now() + numberOf(query, "wait", MAX_WAIT_SECONDS) * 1000;
  try {
    for (;;) {
      const page = await listMessages(query, limit, store);
      const left = deadline - performance.now();
      if (page.messages.length > 0 || left <= 0) return page;
      await arrivals.next(left);
    }
  } finally {
    arrivals.end();
  }
}

async function listMessages(query: URLSearchParams, limit: number, store: Store): Promise<InboxPage> {
  const page = await store.inbox.list(
    {
      poolId: query.get("poolId") ?? undefined,
      destination: query.get("destination") ?? undefined,
      username: query.get("username") ?? undefined,
    },
    { limit, after: query.get("after") ?? undefined },
  );
  const since = numberOf(query, "since", Number.MAX_SAFE_INTEGER);
  return {
    messages: page.items.filter(({ sentAt }) => sentAt >= since),
    ...(page.next !== undefined && { next: page.next }),
  };
}

/** A number of the query, 0 where there is none. */
function numberOf(query: URLSearchParams, name: string, most: number): number {
  const number = Number(query.get(name) ?? Number.NaN);
  return Number.isFinite(number) && number >= 0 ? Math.min(number, most) : 0;
}

/** Counts messages from now on, so that none is missed between reading the inbox and waiting. */
function watchArrivals(events: Events) {
  let arrived = 0;
  let wake: (() => void) | undefined;
  const end = events.subscribe("message", () => {
    arrived += 1;
    wake?.();
  });
  return {
    end,
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
