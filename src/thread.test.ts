import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { createThread, createThreadQueue, Overloaded, TookTooLong } from "./thread.ts";

interface Request {
  readonly crashes: boolean;
}

function runThread(require: (name: string) => unknown): void {
  const { parentPort } = require("node:worker_threads") as typeof import("node:worker_threads");
  parentPort?.on("message", ({ id, crashes }: Request & { readonly id: number }) => {
    if (crashes) throw new Error("It crashed.");
    parentPort.postMessage({ id, result: "answered" });
  });
}

const thread = createThread<Request, string>({ name: "tests", program: runThread });
afterAll(() => thread.close());

describe("a thread that crashed", () => {
  it("rejects its pending requests, and is started again by the next request", async () => {
    const [first, second] = [thread.ask({ crashes: true }), thread.ask({ crashes: false })];
    const next = first.catch(() => thread.ask({ crashes: false }));
    await expect(first).rejects.toThrow("It crashed.");
    await expect(second).rejects.toThrow("It crashed.");
    expect(await next).toBe("answered");
  });
});

describe("a thread", () => {
  function runReport(require: (name: string) => unknown): void {
    const { parentPort, workerData, resourceLimits } =
      require("node:worker_threads") as typeof import("node:worker_threads");
    parentPort?.on("message", ({ id, fails }: { id: number; fails: boolean }) => {
      if (fails) parentPort.postMessage({ id, failure: "no such file" });
      const { env, execArgv } = process;
      const result = { env, execArgv, workerData, stackMegabytes: resourceLimits?.stackSizeMb };
      if (!fails) parentPort.postMessage({ id, result });
    });
  }
  function startReport() {
    const started = createThread<{ fails: boolean }, unknown>({
      name: "reports",
      program: runReport,
      workerData: () => "data",
      resourceLimits: { stackSizeMb: 2 },
    });
    onTestFinished(() => started.close());
    return started;
  }

  it("has the data and limits that it is given, and nothing of the process's environment and flags", async () => {
    expect(await startReport().ask({ fails: false })).toEqual({
      env: {},
      execArgv: [],
      workerData: "data",
      stackMegabytes: 2,
    });
  });

  it("rejects a request with the failure of its program, and answers the next one", async () => {
    const reports = startReport();
    await expect(reports.ask({ fails: true })).rejects.toThrow("The thread of reports failed: no such file");
    expect(await reports.ask({ fails: false })).toMatchObject({ workerData: "data" });
  });

  it("keeps the process alive while a request is under way, and no longer", async () => {
    const program = `
      import { createThread } from ${JSON.stringify(new URL("./thread.ts", import.meta.url))};
      const program = (require) => {
        const { parentPort } = require("node:worker_threads");
        // The second request is under way longer than the first.
        parentPort.on("message", ({ id }) => setTimeout(() => parentPort.postMessage({ id, result: id }), id === 1 ? 50 : 0));
      };
      const thread = createThread({ name: "tests", program });
      console.log(await Promise.all([thread.ask({}), thread.ask({})]));
      console.log(await thread.ask({}));`;
    const ended = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program]);
    expect(ended.stdout).toBe("[ 0, 1 ]\n2\n");
  });
});

interface QueuedRequest {
  readonly work: "answer" | "never end";
}

function runQueuedWork(require: (name: string) => unknown): void {
  const { parentPort } = require("node:worker_threads") as typeof import("node:worker_threads");
  parentPort?.on("message", ({ id, work }: QueuedRequest & { readonly id: number }) => {
    while (work === "never end");
    parentPort.postMessage({ id, result: "answered" });
  });
}

describe("a queue for threads", () => {
  afterEach(() => void vi.useRealTimers());

  it("ends a request that takes too long, and answers the next ones by a new thread", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const queue = createThreadQueue<QueuedRequest, string>({
      name: "tests",
      program: runQueuedWork,
      threadCount: 1,
      maxWaiting: 2,
      timeLimitMilliseconds: 1000,
    });
    const endless = queue.ask({ work: "never end" });
    const waiting = [queue.ask({ work: "answer" }), queue.ask({ work: "answer" })];
    await expect(queue.ask({ work: "answer" })).rejects.toThrow(Overloaded);
    vi.advanceTimersByTime(1000);
    await expect(endless).rejects.toThrow(TookTooLong);
    expect(await Promise.all(waiting)).toEqual(["answered", "answered"]);
    await queue.close();
  });

  it("lets a request run as long as it takes if there is no limit", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const queue = createThreadQueue<QueuedRequest, string>({
      name: "tests",
      program: runQueuedWork,
      threadCount: 1,
      maxWaiting: 1,
    });
    const endless = queue.ask({ work: "never end" });
    vi.advanceTimersByTime(3_600_000);
    void queue.close();
    await expect(endless).rejects.toThrow("The thread of tests ended.");
  });

  it("has no time limit any more for a request that was answered", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const queue = createThreadQueue<QueuedRequest, string>({
      name: "tests",
      program: runQueuedWork,
      threadCount: 1,
      maxWaiting: 1,
      timeLimitMilliseconds: 1000,
    });
    expect(await queue.ask({ work: "answer" })).toBe("answered");
    await queue.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("rejects what runs and what waits when it is closed", async () => {
    const queue = createThreadQueue<QueuedRequest, string>({
      name: "tests",
      program: runQueuedWork,
      threadCount: 1,
      maxWaiting: 1,
    });
    const requests = [queue.ask({ work: "never end" }), queue.ask({ work: "answer" })];
    const outcomes = Promise.allSettled(requests);
    await queue.close();
    expect((await outcomes).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(queue.ask({ work: "answer" })).rejects.toThrow("closed");
  });
});
