import { FunctionWorker, type FunctionWorkerSettings } from "./function-worker.ts";
import { type Invocation, type InvocationOutcome, TIMEOUT_MILLISECONDS } from "./outcome.ts";

/** Workers of one function at a time; what comes beyond waits for one. */
const MAX_WORKERS = 10;
const IDLE_MILLISECONDS = 10 * 60_000;

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
  readonly #waiting: ((worker: FunctionWorker) => void)[] = [];

  constructor(settings: LocalFunctionSettings) {
    this.#settings = settings;
  }

  /** Workers that are there, busy or not. */
  get workerCount(): number {
    return this.#idle.size + this.#busy.size;
  }

  async invoke(invocation: Invocation): Promise<InvocationOutcome> {
    const worker = await this.#takeWorker();
    const { timeoutMilliseconds = TIMEOUT_MILLISECONDS } = this.#settings;
    try {
      return await worker.run(invocation, timeoutMilliseconds);
    } finally {
      this.#giveBack(worker);
    }
  }

  async close(): Promise<void> {
    const workers = [...this.#idle.keys(), ...this.#busy];
    for (const timer of this.#idle.values()) clearTimeout(timer);
    this.#idle.clear();
    this.#busy.clear();
    await Promise.all(workers.map((worker) => worker.close()));
  }

  /** The one that was used last: the others may end. */
  async #takeWorker(): Promise<FunctionWorker> {
    for (const worker of [...this.#idle.keys()].reverse()) {
      clearTimeout(this.#idle.get(worker));
      this.#idle.delete(worker);
      if (worker.hasEnded) continue;
      if (this.#settings.reloads && worker.isOutdated()) {
        void worker.close();
        continue;
      }
      this.#busy.add(worker);
      return worker;
    }
    if (this.#busy.size < MAX_WORKERS) return this.#startWorker();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #startWorker(): FunctionWorker {
    const worker = new FunctionWorker(this.#settings);
    this.#busy.add(worker);
    return worker;
  }

  #giveBack(worker: FunctionWorker): void {
    this.#busy.delete(worker);
    const next = this.#waiting.shift();
    if (next) {
      if (!worker.hasEnded) this.#busy.add(worker);
      next(worker.hasEnded ? this.#startWorker() : worker);
      return;
    }
    if (worker.hasEnded) return;
    const timer = setTimeout(() => {
      this.#idle.delete(worker);
      void worker.close();
    }, IDLE_MILLISECONDS).unref();
    this.#idle.set(worker, timer);
  }
}
