import { afterAll, describe, expect, it } from "vitest";
import { createThread } from "./thread.ts";

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
