import type { InvocationOutcome } from "./outcome.ts";

/** The settings that a worker is started with. */
export interface WorkerSettings {
  /** Absolute path of the module. */
  readonly file: string;
  readonly exportName: string;
  readonly functionName: string;
  readonly memoryMegabytes: number;
  readonly maxPayloadBytes: number;
  /** The answer in place of a larger one. */
  readonly payloadTooLarge: Extract<InvocationOutcome, { kind: "failed" }>;
}

/** Main thread to worker: one invocation at a time. */
export interface WorkerRequest {
  readonly requestId: string;
  readonly arn: string;
  readonly event: string;
  readonly timeoutMilliseconds: number;
}

/** Worker to main thread. */
export type WorkerAnswer =
  /** The files that the function consists of, but those in `node_modules`; before the answer to its first invocation. */
  | { readonly kind: "loaded"; readonly files: readonly string[] }
  | { readonly kind: "answered"; readonly payload: string }
  | { readonly kind: "failed"; readonly errorType: string; readonly errorMessage: string };

/**
 * The program of a worker as text, so that the sources and the bundle run the same program without a file of its own.
 * The import is in the text, where no build tool rewrites it.
 */
export function workerProgram(): string {
  return `(${runWorker.toString()})(require, (url) => import(url));`;
}

/** The context that a handler gets. @see Lambda Developer Guide, "Using the Lambda context object" */
interface HandlerContext {
  callbackWaitsForEmptyEventLoop: boolean;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly awsRequestId: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  getRemainingTimeInMillis(): number;
  done(error?: unknown, result?: unknown): void;
  succeed(result: unknown): void;
  fail(error: unknown): void;
}

type Callback = (error?: unknown, result?: unknown) => void;
type Handler = (event: unknown, context: HandlerContext, callback: Callback) => unknown;

/**
 * Loads a module and runs its handler, one invocation after the other. Nothing outside this function exists where it runs: it
 * may use imported types, but no imported values.
 */
function runWorker(
  require: (name: string) => unknown,
  load: (url: string) => Promise<Record<string, unknown>>,
): void {
  const { parentPort: port, workerData } =
    require("node:worker_threads") as typeof import("node:worker_threads");
  const { registerHooks } = require("node:module") as typeof import("node:module");
  const { fileURLToPath, pathToFileURL } = require("node:url") as typeof import("node:url");
  const { file, exportName, functionName, memoryMegabytes, maxPayloadBytes, payloadTooLarge } =
    workerData as WorkerSettings;
  // A program that is text has these as globals, and an ES module that is written as CommonJS must not find them.
  for (const name of ["require", "module", "exports", "__filename", "__dirname"]) {
    Reflect.deleteProperty(globalThis, name);
  }
  const answer = (message: WorkerAnswer) => port?.postMessage(message);
  /** Measured here, so that the main thread need not read it. */
  const answerWithin = (text: string, message: WorkerAnswer) =>
    answer(Buffer.byteLength(text) > maxPayloadBytes ? payloadTooLarge : message);

  // Taken before the function can put other functions in their place.
  const outputs = [process.stdout, process.stderr].map((stream) => ({ stream, write: stream.write }));
  /** Until the main thread has read the output, so that it has it before the answer. */
  const outputRead = () =>
    Promise.all(
      outputs.map(
        ({ stream, write }) =>
          stream.writableLength > 0 &&
          new Promise<unknown>((done) => write.call(stream, "", undefined, done)),
      ),
    );

  const files: string[] = [];
  registerHooks({
    load(url, context, next) {
      if (url.startsWith("file:") && !url.includes("/node_modules/")) files.push(fileURLToPath(url));
      return next(url, context);
    },
  });

  const loading = load(pathToFileURL(file).href).then((module) => {
    const fallback = module.default as Handler | Record<string, unknown> | undefined;
    const ofDefault = typeof fallback === "function" ? fallback : fallback?.[exportName];
    const handler = module[exportName] ?? ofDefault;
    if (typeof handler === "function") return handler as Handler;
    const error = new Error(`${functionName}.${exportName} is undefined or not exported`);
    error.name = "Runtime.HandlerNotFound";
    throw error;
  });
  // Each invocation reports it; until the first one comes it is no unhandled rejection.
  loading.catch(() => undefined);

  /** In the form of Lambda's runtime for Node.js. A thrown value need not be an Error. */
  function failure(error: unknown): Extract<WorkerAnswer, { kind: "failed" }> {
    if (error instanceof Error) {
      return { kind: "failed", errorType: error.name, errorMessage: error.message };
    }
    const text = error === null || error === undefined ? String(error) : String(error.toString());
    return { kind: "failed", errorType: typeof error, errorMessage: text };
  }

  function contextOf({ requestId, arn, timeoutMilliseconds }: WorkerRequest, done: Callback): HandlerContext {
    const start = performance.now();
    return {
      callbackWaitsForEmptyEventLoop: true,
      functionName,
      functionVersion: arn.split(":")[7] ?? "$LATEST",
      invokedFunctionArn: arn,
      memoryLimitInMB: String(memoryMegabytes),
      awsRequestId: requestId,
      logGroupName: `/aws/lambda/${functionName}`,
      logStreamName: requestId,
      getRemainingTimeInMillis: () =>
        Math.max(0, Math.round(timeoutMilliseconds - (performance.now() - start))),
      done,
      succeed: (result) => done(null, result),
      fail: (error) => done(error ?? "handled"),
    };
  }

  function run(handler: Handler, request: WorkerRequest): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const done: Callback = (error, result) =>
        error === null || error === undefined ? resolve(result) : reject(error);
      const returned = handler(JSON.parse(request.event), contextOf(request, done), done);
      const isPromise = typeof (returned as { then?: unknown } | undefined)?.then === "function";
      if (isPromise) (returned as Promise<unknown>).then(resolve, reject);
      // A handler that has nothing left to do and did not answer answers null, as in Lambda.
      process.once("beforeExit", () => resolve(null));
    });
  }

  port?.on("message", async (request: WorkerRequest) => {
    try {
      const handler = await loading;
      answer({ kind: "loaded", files: files.splice(0) });
      // Without this the worker is never without something left to do.
      port.unref();
      const result = await run(handler, request);
      const payload = JSON.stringify(result) ?? "null";
      await outputRead();
      answerWithin(payload, { kind: "answered", payload });
    } catch (error) {
      await outputRead();
      answer({ kind: "loaded", files: files.splice(0) });
      const failed = failure(error);
      answerWithin(failed.errorMessage, failed);
    } finally {
      process.removeAllListeners("beforeExit");
      port.ref();
    }
  });
}
