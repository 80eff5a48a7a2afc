import { statSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { type Invocation, type InvocationOutcome, MAX_PAYLOAD_BYTES, PAYLOAD_TOO_LARGE } from "./outcome.ts";
import {
  type WorkerAnswer,
  type WorkerRequest,
  type WorkerSettings,
  workerProgram,
} from "./worker-program.ts";

export interface FunctionWorkerSettings extends Omit<WorkerSettings, "maxPayloadBytes" | "payloadTooLarge"> {
  readonly environment: Readonly<Record<string, string>>;
  /** Called with each line that the function writes, and the invocation that it belongs to. */
  readonly onOutput: (line: string, requestId: string | undefined) => void;
}

/** The largest log event, in characters here. @see CloudWatch Logs User Guide, "CloudWatch Logs quotas" */
const MAX_LINE_LENGTH = 256 * 1024;

/** The most output of an invocation that is kept, of each stream. A line in the log takes some ten microseconds of the server's time. */
const MAX_LINES = 2000;
const MAX_CHARACTERS = 4 * MAX_LINE_LENGTH;

const LEFT_OUT = "The function writes more than is logged of one invocation. The rest is left out.";

/** Joins the chunks of a stream and cuts them into lines. */
class OutputLines {
  #unfinished = "";
  #linesLeft = MAX_LINES;
  #charactersLeft = MAX_CHARACTERS;
  readonly #onLine: (line: string) => void;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  /** Begins the output of another invocation. */
  restart(): void {
    this.#linesLeft = MAX_LINES;
    this.#charactersLeft = MAX_CHARACTERS;
  }

  add(chunk: string): void {
    if (this.#linesLeft === 0) return;
    const lines = (this.#unfinished + chunk.slice(0, this.#charactersLeft)).split("\n");
    this.#unfinished = lines.pop() ?? "";
    for (const line of lines) this.#report(line);
    if (this.#unfinished.length >= MAX_LINE_LENGTH) this.end();
    this.#charactersLeft -= chunk.length;
    if (this.#charactersLeft < 0) this.#leaveOutRest();
  }

  /** Reports an unfinished line as it is. */
  end(): void {
    const line = this.#unfinished;
    this.#unfinished = "";
    this.#report(line);
  }

  #report(line: string): void {
    if (line === "" || this.#linesLeft === 0) return;
    if (this.#linesLeft === 1) {
      this.#leaveOutRest();
      return;
    }
    this.#linesLeft -= 1;
    this.#onLine(line);
  }

  #leaveOutRest(): void {
    if (this.#linesLeft === 0) return;
    this.#linesLeft = 0;
    this.#unfinished = "";
    this.#onLine(LEFT_OUT);
  }
}

/** A thread with a function's modules in it, which runs one invocation at a time. */
export class FunctionWorker {
  readonly #worker: Worker;
  readonly #modified = new Map<string, number>();
  #finish: ((outcome: InvocationOutcome) => void) | undefined;
  #requestId: string | undefined;
  readonly #outputs: readonly OutputLines[];
  #hasEnded = false;

  constructor({ environment, onOutput, ...settings }: FunctionWorkerSettings) {
    this.#worker = new Worker(workerProgram(), {
      eval: true,
      workerData: {
        ...settings,
        maxPayloadBytes: MAX_PAYLOAD_BYTES,
        payloadTooLarge: PAYLOAD_TOO_LARGE,
      } satisfies WorkerSettings,
      resourceLimits: { maxOldGenerationSizeMb: settings.memoryMegabytes, maxYoungGenerationSizeMb: 8 },
      execArgv: [],
      // Functions see neither the server's environment nor its secrets.
      env: { ...environment },
      stdout: true,
      stderr: true,
    });
    this.#outputs = [this.#worker.stdout, this.#worker.stderr].map((stream) => {
      const output = new OutputLines((line) => onOutput(line, this.#requestId));
      stream.setEncoding("utf8");
      stream.on("data", (chunk: string) => {
        output.add(chunk);
        // A function can write more after its answer.
        if (this.#finish === undefined) setImmediate(() => output.end());
      });
      stream.on("end", () => output.end());
      return output;
    });
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
    for (const output of this.#outputs) output.restart();
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#end({ kind: "timed out" });
        void this.#worker.terminate();
      }, timeoutMilliseconds);
      this.#finish = (outcome) => {
        clearTimeout(timer);
        this.#finish = undefined;
        this.#worker.unref();
        for (const output of this.#outputs) output.end();
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
