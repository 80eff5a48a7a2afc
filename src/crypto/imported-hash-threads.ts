/**
 * Checks passwords against imported hashes, which are slow on purpose: on worker threads of their own, so that neither the
 * main thread nor the sign-ins of other users wait for them. Checks wait in a queue in the order in which they came.
 */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { Overloaded } from "./exponentiation.ts";
import type { HashCheck, HashVerdict } from "./imported-hash-thread.ts";

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

/** Some minutes of work for hashes of a tenth of a second: a client that waits longer has gone. */
const MAX_WAITING = 1000;

interface Waiting {
  readonly password: string;
  readonly hash: string;
  resolve(matches: boolean): void;
  reject(error: Error): void;
}

/** The thread is a module of its own: beside this one in the sources, and at the top of `dist` in the bundle. */
const threadFile = new URL(
  import.meta.url.endsWith(".ts") ? "./imported-hash-thread.ts" : "./imported-hash-thread.js",
  import.meta.url,
);

export function createImportedHashes(
  threadCount = Math.max(1, Math.floor(availableParallelism() / 2)),
  maxWaiting = MAX_WAITING,
): ImportedHashes {
  const queue: Waiting[] = [];
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  let isClosed = false;
  let nextId = 0;

  function startThread(): Worker {
    const worker = new Worker(threadFile, { execArgv: [], env: {} });
    worker.unref();
    all.add(worker);
    worker.on("exit", () => all.delete(worker));
    return worker;
  }

  function workOff(): void {
    while (queue.length > 0) {
      const worker = idle.pop() ?? (all.size < threadCount ? startThread() : undefined);
      const next = worker && queue.shift();
      if (!worker || !next) return;
      check(worker, next);
    }
  }

  function check(worker: Worker, { password, hash, resolve, reject }: Waiting): void {
    worker.ref();
    const end = () => {
      worker.off("message", onVerdict).off("error", onError).off("exit", onExit);
      worker.unref();
    };
    const onVerdict = (verdict: HashVerdict) => {
      end();
      idle.push(worker);
      if ("matches" in verdict) resolve(verdict.matches);
      else reject(new Error(`A hash failed: ${verdict.failure}`));
      workOff();
    };
    const onError = (error: unknown) => {
      end();
      all.delete(worker);
      reject(error instanceof Error ? error : new Error(String(error)));
      workOff();
    };
    const onExit = () => onError(new Error("The thread of imported hashes ended."));
    worker.on("message", onVerdict).on("error", onError).on("exit", onExit);
    worker.postMessage({ id: nextId++, password, hash } satisfies HashCheck);
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
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}
