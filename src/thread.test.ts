import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
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
