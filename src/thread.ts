/** Work on a thread of its own, by requests and answers. */
import { type ResourceLimits, Worker } from "node:worker_threads";
import { createFairQueue } from "./fair-queue.ts";

/** The queue of a thread is so long that clients would time out. */
export class Overloaded extends Error {}

/** A request took longer than its time limit. */
export class TookTooLong extends Error {}

export interface Thread<Request extends object, Result> {
  /** Requests that run or wait. */
  underWay(): number;
  /** @throws Error the program failed, or the thread ended */
  ask(request: Request): Promise<Result>;
  close(): Promise<void>;
}

/** The program's answer to a request. */
export type ThreadAnswer<Result> =
  | { readonly id: number; readonly result: Result }
  | { readonly id: number; readonly failure: string };

interface ThreadOptions {
  /** The work, for errors. */
  readonly name: string;
  /**
   * Runs in the thread and posts a {@link ThreadAnswer} for each request with its `id`: a module, or a function. Nothing
   * outside of the function exists there: it may use imported types, but no imported values.
   */
  readonly program: URL | ((require: (name: string) => unknown) => void);
  /** Made when the thread starts. */
  readonly workerData?: () => unknown;
  /** The defaults reserve as much as for the main thread. */
  readonly resourceLimits?: ResourceLimits;
  /** Gets messages that answer no request. */
  readonly onNotice?: (notice: unknown) => void;
}

interface Pending<Result> {
  resolve(result: Result): void;
  reject(error: Error): void;
}

/** The thread starts with the first request and does not keep the process alive when it is idle. After a crash it is restarted. */
export function createThread<Request extends object, Result>({
  name,
  program,
  workerData,
  resourceLimits = {},
  onNotice,
}: ThreadOptions): Thread<Request, Result> {
  const pending = new Map<number, Pending<Result>>();
  let thread: Worker | undefined;
  let nextId = 0;

  function start(): Worker {
    // The thread needs neither the process's flags nor its environment.
    const settings = { workerData: workerData?.(), resourceLimits, execArgv: [], env: {} };
    const worker =
      program instanceof URL
        ? new Worker(program, settings)
        : new Worker(`(${program.toString()})(require);`, { ...settings, eval: true });
    worker.on("message", (answer: ThreadAnswer<Result>) => {
      const request = pending.get(answer.id);
      if (request === undefined) return onNotice?.(answer);
      pending.delete(answer.id);
      if (pending.size === 0) worker.unref();
      if ("failure" in answer) request.reject(new Error(`The thread of ${name} failed: ${answer.failure}`));
      else request.resolve(answer.result);
    });
    const fail = (error: Error) => {
      // The exit after an error: the requests that wait are those of the next worker.
      if (thread !== worker) return;
      thread = undefined;
      for (const request of pending.values()) request.reject(error);
      pending.clear();
    };
    worker.on("error", fail);
    worker.on("exit", () => fail(new Error(`The thread of ${name} ended.`)));
    worker.unref();
    return worker;
  }

  return {
    underWay: () => pending.size,
    ask(request) {
      thread ??= start();
      const worker = thread;
      return new Promise((resolve, reject) => {
        const id = nextId++;
        pending.set(id, { resolve, reject });
        worker.ref();
        worker.postMessage({ ...request, id });
      });
    },
    async close() {
      await thread?.terminate();
    },
  };
}

/** Threads that work on one request each at a time, in the order of a {@link createFairQueue}. */
export interface ThreadQueue<Request extends object, Result> {
  /**
   * @param asker who must not keep others waiting; by default all are one
   * @param cost how much work the request is, in comparison with others
   * @throws Overloaded too many others are waiting
   * @throws TookTooLong
   * @throws Error the program failed, or the thread ended
   */
  ask(request: Request, asker?: string, cost?: number): Promise<Result>;
  close(): Promise<void>;
}

interface ThreadQueueOptions extends ThreadOptions {
  readonly threadCount: number;
  /** Requests that wait until a thread is free. */
  readonly maxWaiting: number;
  /** From the moment when a thread takes the request. The thread is ended then, and the next request starts another. */
  readonly timeLimitMilliseconds?: number;
}

export function createThreadQueue<Request extends object, Result>({
  threadCount,
  maxWaiting,
  timeLimitMilliseconds,
  ...options
}: ThreadQueueOptions): ThreadQueue<Request, Result> {
  const queue = createFairQueue<Pending<Result> & { readonly request: Request }>(maxWaiting);
  // The first ones are used first, so that no more of them start than are needed.
  const threads = Array.from({ length: threadCount }, () => createThread<Request, Result>(options));
  let isClosed = false;

  function workOff(): void {
    for (const thread of threads) {
      const next = thread.underWay() === 0 ? queue.take() : undefined;
      if (next === undefined) continue;
      const { request, resolve, reject } = next;
      const timer =
        timeLimitMilliseconds === undefined
          ? undefined
          : setTimeout(() => {
              reject(new TookTooLong(`The thread of ${options.name} took too long.`));
              void thread.close();
            }, timeLimitMilliseconds);
      thread
        .ask(request)
        .then(resolve, reject)
        .then(() => {
          clearTimeout(timer);
          workOff();
        });
    }
  }

  return {
    ask(request, asker = "", cost = 1) {
      if (isClosed) return Promise.reject(new Error(`The threads of ${options.name} are closed.`));
      return new Promise((resolve, reject) => {
        const refused = queue.add(asker, { request, resolve, reject }, cost);
        refused?.reject(new Overloaded(`Too many requests wait for the threads of ${options.name}.`));
        workOff();
      });
    },
    async close() {
      isClosed = true;
      for (let next = queue.take(); next !== undefined; next = queue.take()) {
        next.reject(new Error("The server stops."));
      }
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}

/**
 * Where the program of a thread is that is a module of its own: beside the module that asks it in the sources, and at the top of
 * `dist` in the bundle, where `tools/bundle.mjs` names it.
 *
 * @param name without an extension
 * @param asker the `import.meta.url` of the module that asks it
 */
export function threadModule(name: string, asker: string): URL {
  return new URL(`./${name}.${asker.endsWith(".ts") ? "ts" : "js"}`, asker);
}
