import { FunctionWorker, type FunctionWorkerSettings } from "./function-worker.ts";
import { type Invocation, type InvocationOutcome, TIMEOUT_MILLISECONDS } from "./outcome.ts";

/** Workers of one function at a time; further invocations wait for one. */
const MAX_WORKERS = 10;
/** Invocations that wait for a worker. Those of custom senders have no time limit, so that a slow sender would let them grow. */
const MAX_WAITING = 10_000;
const IDLE_MILLISECONDS = 10 * 60_000;

const TOO_MANY_WAITING: InvocationOutcome = {
  kind: "not invoked",
  reason: "TooManyRequestsException",
  detail: "Too many invocations wait for the function.",
};

export interface LocalFunctionSettings extends FunctionWorkerSettings {
  /** Whether changed files are reloaded. */
  readonly reloads: boolean;
  readonly timeoutMilliseconds?: number;
}

/** A function of a local file. Its workers start when they are needed and end when they have not been for ten minutes. */
export class LocalFunction {
  readonly #settings: LocalFunctionSettings;
  readonly #idle = new Map<FunctionWorker, NodeJS.Timeout>();
  readonly #busy = new Set<FunctionWorker>();
  /** Each is called with a worker, or with none if its time is over or the function is closed. */
  readonly #waiting = new Set<(worker?: FunctionWorker) => void>();
  #isClosed = false;

  constructor(settings: LocalFunctionSettings) {
    this.#settings = settings;
  }

  /** Workers that are there, busy or not. */
  get workerCount(): number {
    return this.#idle.size + this.#busy.size;
  }

  /** The time that a caller waits for a worker is part of the time that an invocation may take. */
  async invoke(invocation: Invocation): Promise<InvocationOutcome> {
    const { timeoutMilliseconds = TIMEOUT_MILLISECONDS } = this.#settings;
    if (this.#waiting.size >= MAX_WAITING) return TOO_MANY_WAITING;
    const isAwaited = invocation.isAsynchronous !== true;
    const since = performance.now();
    const worker = await this.#takeWorker(isAwaited ? timeoutMilliseconds : undefined);
    if (worker === undefined) return { kind: "timed out" };
    const waited = isAwaited ? performance.now() - since : 0;
    try {
      return await worker.run(invocation, Math.ceil(timeoutMilliseconds - waited));
    } finally {
      this.#giveBack(worker);
    }
  }

  /** Ends the workers. Invocations that wait for one time out. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const take of this.#waiting) take();
    const workers = [...this.#idle.keys(), ...this.#busy];
    for (const timer of this.#idle.values()) clearTimeout(timer);
    this.#idle.clear();
    this.#busy.clear();
    await Promise.all(workers.map((worker) => worker.close()));
  }

  /** Prefers the worker that was used last, so that the others can end. Undefined after the time, or if the function is closed. */
  async #takeWorker(withinMilliseconds: number | undefined): Promise<FunctionWorker | undefined> {
    if (this.#isClosed) return undefined;
    for (const worker of [...this.#idle.keys()].reverse()) {
      clearTimeout(this.#idle.get(worker));
      this.#idle.delete(worker);
      if (!this.#isUsable(worker)) continue;
      this.#busy.add(worker);
      return worker;
    }
    if (this.#busy.size < MAX_WORKERS) return this.#startWorker();
    return new Promise((resolve) => {
      const take = (worker?: FunctionWorker) => {
        clearTimeout(timer);
        this.#waiting.delete(take);
        resolve(worker);
      };
      const timer = withinMilliseconds === undefined ? undefined : setTimeout(take, withinMilliseconds);
      this.#waiting.add(take);
    });
  }

  /** Ends a worker whose files have changed. */
  #isUsable(worker: FunctionWorker): boolean {
    if (this.#settings.reloads && !worker.hasEnded && worker.isOutdated()) void worker.close();
    return !worker.hasEnded;
  }

  #startWorker(): FunctionWorker {
    const worker = new FunctionWorker(this.#settings);
    this.#busy.add(worker);
    return worker;
  }

  #giveBack(worker: FunctionWorker): void {
    this.#busy.delete(worker);
    const [next] = this.#waiting;
    if (next) {
      const isUsable = this.#isUsable(worker);
      if (isUsable) this.#busy.add(worker);
      next(isUsable ? worker : this.#startWorker());
      return;
    }
    if (worker.hasEnded || this.#isClosed) return;
    const timer = setTimeout(() => {
      this.#idle.delete(worker);
      void worker.close();
    }, IDLE_MILLISECONDS).unref();
    this.#idle.set(worker, timer);
  }
}
