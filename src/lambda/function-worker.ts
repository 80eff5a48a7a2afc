import { statSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { Invocation, InvocationOutcome } from "./outcome.ts";
import {
  type WorkerAnswer,
  type WorkerRequest,
  type WorkerSettings,
  workerProgram,
} from "./worker-program.ts";

export interface FunctionWorkerSettings extends WorkerSettings {
  readonly environment: Readonly<Record<string, string>>;
  /** Called with each line that the function writes, and the invocation that it belongs to. */
  readonly onOutput: (line: string, requestId: string | undefined) => void;
}

/** A thread with a function's modules in it, which runs one invocation at a time. */
export class FunctionWorker {
  readonly #worker: Worker;
  readonly #modified = new Map<string, number>();
  #finish: ((outcome: InvocationOutcome) => void) | undefined;
  #requestId: string | undefined;
  #hasEnded = false;

  constructor({ environment, onOutput, ...settings }: FunctionWorkerSettings) {
    this.#worker = new Worker(workerProgram(), {
      eval: true,
      workerData: settings satisfies WorkerSettings,
      resourceLimits: { maxOldGenerationSizeMb: settings.memoryMegabytes, maxYoungGenerationSizeMb: 8 },
      execArgv: [],
      // Functions see neither the server's environment nor its secrets.
      env: { ...environment },
      stdout: true,
      stderr: true,
    });
    for (const stream of [this.#worker.stdout, this.#worker.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        for (const line of String(chunk).split("\n")) if (line !== "") onOutput(line, this.#requestId);
      });
    }
    this.#worker.on("message", (answer: WorkerAnswer | null | undefined) => this.#take(answer));
    this.#worker.on("error", (error: unknown) => this.#end(crash(error, this.#requestId)));
    this.#worker.on("exit", (status) => this.#end(exit(status, this.#requestId)));
    this.#worker.unref();
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Whether a file of the function is another one than when it was loaded. */
  isOutdated(): boolean {
    return [...this.#modified].some(([file, modified]) => modifiedAt(file) !== modified);
  }

  run({ arn, event, requestId }: Invocation, timeoutMilliseconds: number): Promise<InvocationOutcome> {
    this.#requestId = requestId;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#end({ kind: "timed out" });
        void this.#worker.terminate();
      }, timeoutMilliseconds);
      this.#finish = (outcome) => {
        clearTimeout(timer);
        this.#finish = undefined;
        this.#worker.unref();
        resolve(outcome);
      };
      this.#worker.ref();
      this.#worker.postMessage({ arn, event, requestId, timeoutMilliseconds } satisfies WorkerRequest);
    });
  }

  async close(): Promise<void> {
    this.#hasEnded = true;
    await this.#worker.terminate();
  }

  /** Ignores what the function itself posts: code of its own may take any worker for one that it started. */
  #take(answer: WorkerAnswer | null | undefined): void {
    switch (answer?.kind) {
      case "loaded":
        for (const file of answer.files) this.#modified.set(file, modifiedAt(file));
        break;
      case "answered":
      case "failed":
        this.#finish?.(answer);
    }
  }

  #end(outcome: InvocationOutcome): void {
    this.#hasEnded = true;
    this.#finish?.(outcome);
  }
}

function modifiedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** The texts of Lambda's runtime when a function ends it. */
function exit(status: number, requestId: string | undefined): InvocationOutcome {
  const reason =
    status === 0
      ? "Runtime exited without providing a reason"
      : `Runtime exited with error: exit status ${status}`;
  const errorMessage = `RequestId: ${requestId} Error: ${reason}`;
  return { kind: "failed", errorType: "Runtime.ExitError", errorMessage };
}

function crash(error: unknown, requestId: string | undefined): InvocationOutcome {
  const { code, name, message } = error as { code?: string; name?: string; message?: string };
  if (code === "ERR_WORKER_OUT_OF_MEMORY") {
    const errorMessage = `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`;
    return { kind: "failed", errorType: "Runtime.ExitError", errorMessage };
  }
  return { kind: "failed", errorType: name ?? "Error", errorMessage: message ?? String(error) };
}
