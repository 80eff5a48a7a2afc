/**
 * Checks passwords against imported hashes, which are slow by design. Worker threads do it, so that the main thread and
 * the sign-ins of other users do not wait. Checks are queued in the order of their requests.
 */
import { createThread, Overloaded } from "../../thread.ts";
import type { HashCheck } from "./imported-hash-thread.ts";

export interface ImportedHashes {
  /**
   * Whether `password` is the one that `hash` was made of. A hash of an unknown form, or a dearer one than
   * `isAffordable` takes, matches nothing.
   *
   * @throws Overloaded too many others are waiting
   */
  matches(password: string, hash: string): Promise<boolean>;
  close(): Promise<void>;
}

/** Some minutes of work for hashes of a tenth of a second. No client waits longer. */
const MAX_WAITING = 1000;

interface Waiting extends HashCheck {
  resolve(matches: boolean): void;
  reject(error: Error): void;
}

/** The thread is a module of its own: beside this one in the sources, and at the top of `dist` in the bundle. */
const threadFile = new URL(
  import.meta.url.endsWith(".ts") ? "./imported-hash-thread.ts" : "./imported-hash-thread.js",
  import.meta.url,
);

export function createImportedHashes(threadCount: number, maxWaiting = MAX_WAITING): ImportedHashes {
  const queue: Waiting[] = [];
  // The first ones are used first, so that no more of them start than are needed.
  const threads = Array.from({ length: threadCount }, () =>
    createThread<HashCheck, boolean>({ name: "imported hashes", program: threadFile }),
  );
  let isClosed = false;

  function workOff(): void {
    for (const thread of threads) {
      const next = thread.underWay() === 0 ? queue.shift() : undefined;
      if (next === undefined) continue;
      const { password, hash, resolve, reject } = next;
      thread.ask({ password, hash }).then(resolve, reject).then(workOff);
    }
  }

  return {
    matches(password, hash) {
      if (isClosed) return Promise.reject(new Error("The threads of imported hashes are closed."));
      if (queue.length >= maxWaiting)
        return Promise.reject(new Overloaded("Too many passwords are being checked."));
      return new Promise((resolve, reject) => {
        queue.push({ password, hash, resolve, reject });
        workOff();
      });
    },
    async close() {
      isClosed = true;
      for (const { reject } of queue.splice(0)) reject(new Error("The server stops."));
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}
