import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { MovableClock } from "../clock.ts";
import type { ServerSnapshots } from "../control/index.ts";
import type { Admission } from "../http/index.ts";
import { SnapshotRefused, type Snapshots, type Store, type Swap } from "../storage/index.ts";
import { replenishSpareKeys } from "../user-pools/index.ts";
import type { Generation } from "./generation.ts";

export interface Restorer extends ServerSnapshots {
  /** Lets requests in, except while a restore is under way, to the generation that runs. */
  readonly admit: Admission;
  readonly current: Generation;
  /** @param first answers until the first restore */
  begin(first: Generation): void;
}

/** How long a restore waits for requests that are under way; those that take longer fail. */
const DRAIN_MILLISECONDS = 5_000;

/** Where the store keeps the clock as it was when a snapshot was taken. */
const CLOCK = "clock of snapshot";

/**
 * Makes a generation on another store.
 *
 * @param isRestored whether it has what a snapshot holds; else what the generation before had, which must go on
 */
type OpenGeneration = (store: Store, isRestored: boolean) => Promise<Generation>;

/** @param clock the server's */
export function createRestorer(open: OpenGeneration, clock: MovableClock): Restorer {
  let current: Generation | undefined;
  let restores = 0;
  let turn: Promise<unknown> = Promise.resolve();
  const underWay = createDrain();
  let restoring: Promise<void> | undefined;

  const running = () => {
    if (current === undefined) throw new Error("The server has not begun.");
    return current;
  };

  /** Runs `work` on the store's snapshots after everything that was asked for before. */
  function inTurn<T>(work: (snapshots: Snapshots, generation: Generation) => Promise<T>): Promise<T> {
    const result = turn.then(() => {
      const generation = running();
      const { snapshots } = generation.server.ports.store;
      if (snapshots === undefined) throw new SnapshotRefused("unsupported", WITHOUT_SNAPSHOTS);
      return work(snapshots, generation);
    });
    turn = result.catch(() => undefined);
    return result;
  }

  async function replace(swap: Swap): Promise<void> {
    const generation = running();
    const { outbox, delivery } = generation.server.ports;
    generation.endWaiting();
    // Not for a signing key that housekeeping makes: it is of no use any more.
    const { imports } = generation.endWork();
    const done = Promise.all([underWay.idle(), outbox.idle(), imports]);
    await Promise.race([done, wait(DRAIN_MILLISECONDS, undefined, { ref: false })]);
    await generation.close();
    const position = positionOf(clock);
    try {
      await swap(async (store, isRestored) => {
        move(clock, isRestored ? await positionOfSnapshot(store) : position);
        current = await open(store, isRestored);
        current.startWork();
        restores += 1;
      });
    } finally {
      void outbox.close("The server's state was replaced.").then(() => delivery.close());
    }
  }

  return {
    get current() {
      return running();
    },
    get restores() {
      return restores;
    },
    begin(first) {
      current = first;
    },
    doNotWaitFor: (response) => underWay.remove(response),
    admit(_request, response, enter) {
      const admitted = () => {
        underWay.add(response);
        enter(restores === 0 ? undefined : running().app);
      };
      if (restoring === undefined) admitted();
      else restoring.then(admitted);
    },
    list: () => inTurn((snapshots) => snapshots.list()),
    take: (name, { replace: replaces = false } = {}) =>
      inTurn(async (snapshots, { server }) => {
        const { store } = server.ports;
        // Each restore would begin to make these keys again.
        await replenishSpareKeys(server.domain.environment);
        await store.installation.set(CLOCK, JSON.stringify(positionOf(clock)));
        return snapshots.take(name, replaces);
      }),
    restore: (name) =>
      inTurn(async (snapshots) => {
        const swap = await snapshots.prepare(name);
        const restored = replace(swap);
        restoring = restored
          .catch(() => undefined)
          .finally(() => {
            restoring = undefined;
          });
        await restored;
      }),
    delete: (name) => inTurn((snapshots) => snapshots.delete(name)),
  };
}

const WITHOUT_SNAPSHOTS = "Snapshots need SQLite; this server keeps its data in Postgres (--database-url).";

/** Waits until none of the responses that were added is under way. */
function createDrain() {
  const underWay = new Set<ServerResponse>();
  let settle: (() => void) | undefined;
  function remove(response: ServerResponse): void {
    if (underWay.delete(response) && underWay.size === 0) settle?.();
  }
  return {
    remove,
    add(response: ServerResponse): void {
      underWay.add(response);
      response.once("close", () => remove(response));
    },
    async idle(): Promise<void> {
      if (underWay.size === 0) return;
      await new Promise<void>((resolve) => {
        settle = resolve;
      });
    },
  };
}

/** A stopped clock stays at its time; a running one keeps its distance from the system's. */
type ClockPosition = { readonly stoppedAt: number } | { readonly offset: number };

function positionOf(clock: MovableClock): ClockPosition {
  return clock.isStopped ? { stoppedAt: clock.now() } : { offset: clock.offsetMilliseconds };
}

async function positionOfSnapshot({ installation }: Store): Promise<ClockPosition> {
  const kept = await installation.get(CLOCK);
  // Each snapshot has it.
  return JSON.parse(kept ?? '{"offset":0}') as ClockPosition;
}

function move(clock: MovableClock, position: ClockPosition): void {
  clock.reset();
  if ("offset" in position) clock.advance(position.offset);
  else {
    clock.stop();
    clock.set(position.stoppedAt);
  }
}
