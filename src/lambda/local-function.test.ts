import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LocalFunction, type LocalFunctionSettings } from "./local-function.ts";
import type { InvocationOutcome } from "./outcome.ts";

const ARN = "arn:aws:lambda:us-east-1:123456789012:function:hook";

const COUNTED_WORKERS = 10;

let folder: string;
let functions: LocalFunction[];
let output: [string, string | undefined][];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cognate-lambda-"));
  // A package.json in a folder above would decide otherwise what kind of module a .js file is.
  writeFileSync(join(folder, "package.json"), "{}");
  functions = [];
  output = [];
});
afterEach(async () => {
  await Promise.all(functions.map((one) => one.close()));
  rmSync(folder, { recursive: true });
});

function functionOf(
  source: string,
  { name = "hook.mjs", ...more }: Partial<LocalFunctionSettings> & { name?: string } = {},
): LocalFunction {
  const file = join(folder, name);
  writeFileSync(file, source);
  const made = new LocalFunction({
    file,
    exportName: "handler",
    functionName: "hook",
    memoryMegabytes: 64,
    environment: { TABLE: "users" },
    onOutput: (line, requestId) => output.push([line, requestId]),
    reloads: true,
    // Starting ten workers can take longer than a function has, on a busy machine.
    timeoutMilliseconds: 60_000,
    ...more,
  });
  functions.push(made);
  return made;
}

const invoke = (
  made: LocalFunction,
  event: unknown = {},
  requestId = "request-1",
): Promise<InvocationOutcome> => made.invoke({ arn: ARN, requestId, event: JSON.stringify(event) });

const answer = (value: unknown): InvocationOutcome => ({ kind: "answered", payload: JSON.stringify(value) });

describe("a function in a worker", () => {
  it.each([
    ["an async handler", "hook.mjs", "export const handler = async (event) => ({ ...event, b: 2 });"],
    [
      "a callback",
      "hook.cjs",
      "exports.handler = (event, context, callback) => callback(null, { ...event, b: 2 });",
    ],
    [
      "a callback that is called later",
      "hook.cjs",
      "exports.handler = (event, context, callback) => { setTimeout(() => callback(null, { ...event, b: 2 }), 10); };",
    ],
    [
      "context.done",
      "hook.cjs",
      "exports.handler = (event, context) => context.done(null, { ...event, b: 2 });",
    ],
    [
      "context.succeed",
      "hook.js",
      "exports.handler = (event, context) => context.succeed({ ...event, b: 2 });",
    ],
    ["a default export", "hook.mjs", "export default async (event) => ({ ...event, b: 2 });"],
    [
      "a default export of an object",
      "hook.mjs",
      "export default { handler: async (event) => ({ ...event, b: 2 }) };",
    ],
    [
      "a TypeScript file",
      "hook.ts",
      "export const handler = async (event: { a: number }): Promise<object> => ({ ...event, b: 2 });",
    ],
    [
      "a .js file with CommonJS syntax",
      "hook.js",
      "module.exports = { handler: async (event) => ({ ...event, b: 2 }) };",
    ],
    [
      "a .js file with ES module syntax",
      "hook.js",
      "export async function handler(event) { return { ...event, b: 2 }; }",
    ],
  ])("returns the response of %s", async (_, name, source) =>
    expect(await invoke(functionOf(source, { name }), { a: 1 })).toEqual(answer({ a: 1, b: 2 })),
  );

  it("returns null if it neither returns a promise nor calls back", async () =>
    expect(await invoke(functionOf("export const handler = () => ({ ignored: true });"))).toEqual(
      answer(null),
    ));

  it.each([
    ["throws an Error", "throw new TypeError('No.');", "TypeError", "No."],
    ["throws a string", "throw 'No.';", "string", "No."],
    ["calls context.fail", "context.fail(new Error('No.'));", "Error", "No."],
    ["calls back with an error", "callback(new Error('No.'));", "Error", "No."],
    ["calls back with a string", "callback('No.');", "string", "No."],
    [
      "ends the process",
      "process.exit(3);",
      "Runtime.ExitError",
      "RequestId: request-1 Error: Runtime exited with error: exit status 3",
    ],
    [
      "ends the process with success",
      "process.exit(0);",
      "Runtime.ExitError",
      "RequestId: request-1 Error: Runtime exited without providing a reason",
    ],
    [
      "throws outside of the handler",
      "setTimeout(() => { throw new Error('Late.'); }, 1);",
      "Error",
      "Late.",
    ],
    [
      "exceeds its memory limit",
      "const kept = []; for (;;) kept.push(new Array(100000).fill(kept.length));",
      "Runtime.ExitError",
      "RequestId: request-1 Error: Runtime exited with error: signal: killed",
    ],
  ])("fails one invocation if it %s, and the next one succeeds", async (_, code, errorType, errorMessage) => {
    const made = functionOf(
      `exports.handler = (event, context, callback) => { if (event.ok) callback(null, 1); else { ${code} } };`,
      { name: "hook.cjs" },
    );
    const [failed, right] = await Promise.all([invoke(made), invoke(made, { ok: true }, "request-2")]);
    expect(failed).toEqual({ kind: "failed", errorType, errorMessage });
    expect(right).toEqual(answer(1));
    expect(await invoke(made, { ok: true })).toEqual(answer(1));
  });

  it.each([
    ["a syntax error", "export const handler = (", "SyntaxError"],
    ["an error while it is loaded", "throw new RangeError('x');", "RangeError"],
    ["CommonJS in an ES module", "exports.handler = async () => 1;", "ReferenceError"],
    ["no handler", "export const other = 1;", "Runtime.HandlerNotFound"],
  ])("fails with %s", async (_, source, errorType) =>
    expect(await invoke(functionOf(source))).toMatchObject({ kind: "failed", errorType }),
  );

  it.each([
    ["answers", "return 'x'.repeat(6_291_555);"],
    ["throws", "throw new Error('x'.repeat(6_291_557));"],
  ])("fails if it %s more than Lambda takes", async (_, code) => {
    const made = functionOf(`export const handler = async () => { ${code} };`);
    expect(await invoke(made)).toEqual({
      kind: "failed",
      errorType: "Function.ResponseSizeTooLarge",
      errorMessage: "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
    });
  });

  it.each(["for (;;);", "setInterval(() => undefined, 9); await new Promise(() => undefined);"])(
    "is stopped after its timeout if it runs %s",
    async (code) => {
      const made = functionOf(
        `export const handler = async (event) => { if (event.hang) { ${code} } return 1; };`,
        {
          timeoutMilliseconds: 2000,
        },
      );
      const slow = invoke(made, { hang: true });
      expect(await invoke(made, {}, "request-2")).toEqual(answer(1));
      expect(await slow).toEqual({ kind: "timed out" });
      expect(await invoke(made)).toEqual(answer(1));
    },
  );

  it("gets the Lambda context, and sees only its own environment variables", async () => {
    const made = functionOf(`export const handler = async (event, context) => ({
      name: context.functionName,
      arn: context.invokedFunctionArn,
      id: context.awsRequestId,
      hasTime: context.getRemainingTimeInMillis() > 4000,
      environment: process.env,
    });`);
    expect(await invoke(made)).toEqual(
      answer({ name: "hook", arn: ARN, id: "request-1", hasTime: true, environment: { TABLE: "users" } }),
    );
  });

  it("logs its output with the id of the request", async () => {
    const made = functionOf(
      "export const handler = async () => { console.log('Hello'); console.error('Oh'); };",
    );
    await invoke(made);
    await expect.poll(() => output).toHaveLength(2);
    expect(output).toEqual(
      expect.arrayContaining([
        ["Hello", "request-1"],
        ["Oh", "request-1"],
      ]),
    );
  });

  it("logs a line once that it writes in parts, even in parts of a character", async () => {
    const made = functionOf(`export const handler = async () => {
      const euro = Buffer.from("€");
      process.stdout.write("one ");
      await new Promise((done) => setImmediate(done));
      process.stdout.write("line: ");
      process.stdout.write(euro.subarray(0, 1));
      await new Promise((done) => setImmediate(done));
      process.stdout.write(euro.subarray(1));
      process.stdout.write("\\n\\nwithout an end");
    };`);
    await invoke(made);
    await expect.poll(() => output).toHaveLength(2);
    expect(output).toEqual([
      ["one line: €", "request-1"],
      ["without an end", "request-1"],
    ]);
  });

  it("logs a line in pieces that never ends", async () => {
    const made = functionOf(`export const handler = async () => {
      for (let i = 0; i < 8; i++) process.stdout.write("x".repeat(100 * 1024));
    };`);
    await invoke(made);
    await expect.poll(() => output.map(([line]) => line).join("").length).toBe(8 * 100 * 1024);
    expect(output.length).toBeGreaterThan(1);
  });

  it.each([
    ["lines", 'for (let i = 0; i < 5000; i++) process.stdout.write("line " + i + "\\n");', 2000],
    ["characters", 'for (let i = 0; i < 20; i++) process.stdout.write("x".repeat(99_999) + "\\n");', 11],
  ])("logs a part of too many %s, says so, and logs the next invocation", async (_, write, count) => {
    const made = functionOf(`export const handler = async (isLong) => {
      if (isLong) { ${write} } else console.log("short");
    };`);
    await invoke(made, true);
    await invoke(made, false, "request-2");
    await expect.poll(() => output.at(-1)).toEqual(["short", "request-2"]);
    expect(output).toHaveLength(count + 1);
    expect(output.at(-2)).toEqual([
      "The function writes more than is logged of one invocation. The rest is left out.",
      "request-1",
    ]);
  });

  it("keeps its modules between invocations, and reloads them after a file has changed", async () => {
    const helper = join(folder, "helper.mjs");
    writeFileSync(helper, "export const text = 'old';");
    const made = functionOf(
      "import { text } from './helper.mjs'; let count = 0; export const handler = async () => text + ++count;",
    );
    expect([await invoke(made), await invoke(made)]).toEqual([answer("old1"), answer("old2")]);
    writeFileSync(helper, "export const text = 'new';");
    utimesSync(helper, 1, 1);
    expect(await invoke(made)).toEqual(answer("new1"));
  });

  it("reloads them for an invocation that waited while a file changed", async () => {
    const helper = join(folder, "helper.mjs");
    writeFileSync(helper, "export const text = 'old';");
    const made = functionOf(`
      import { existsSync, writeFileSync } from "node:fs";
      import { text } from "./helper.mjs";
      export const handler = async ({ name }) => {
        writeFileSync(import.meta.dirname + "/started-" + name, "");
        while (!existsSync(import.meta.dirname + "/go")) await new Promise((done) => setTimeout(done, 5));
        return text;
      };`);
    const running = Array.from({ length: 10 }, (_, name) => invoke(made, { name }));
    await expect
      .poll(() => readdirSync(folder).filter((name) => name.startsWith("started-")))
      .toHaveLength(10);
    const waiting = invoke(made, { name: "waiting" });
    writeFileSync(helper, "export const text = 'new';");
    utimesSync(helper, 1, 1);
    writeFileSync(join(folder, "go"), "");
    expect(await Promise.all(running)).toEqual(Array.from({ length: 10 }, () => answer("old")));
    expect(await waiting).toEqual(answer("new"));
  });

  it("runs as many invocations in parallel as it has workers, and queues the others", async () => {
    const made = functionOf(
      "export const handler = async (event) => { await new Promise((r) => setTimeout(r, 20)); return event.i; };",
    );
    const outcomes = await Promise.all(Array.from({ length: 25 }, (_, i) => invoke(made, { i })));
    expect(outcomes).toEqual(Array.from({ length: 25 }, (_, i) => answer(i)));
    expect(made.workerCount).toBeLessThanOrEqual(10);
  });

  it("times out with the time that it waited for a worker", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    try {
      const made = functionOf("export const handler = () => new Promise(() => setInterval(() => {}, 9));", {
        timeoutMilliseconds: 5000,
      });
      const first = Promise.all(Array.from({ length: 10 }, () => invoke(made)));
      await vi.advanceTimersByTimeAsync(3000);
      const queued = vi.fn();
      void invoke(made).then(queued);
      await vi.advanceTimersByTimeAsync(2000);
      expect(await first).toEqual(Array.from({ length: 10 }, () => ({ kind: "timed out" })));
      await vi.advanceTimersByTimeAsync(2999);
      expect(queued).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(1);
      expect(queued).toHaveBeenCalledWith({ kind: "timed out" });
    } finally {
      vi.useRealTimers();
    }
  });

  it("refuses invocations while too many wait for a worker", async () => {
    const made = functionOf("export const handler = () => new Promise(() => setInterval(() => {}, 9));");
    const event = { arn: ARN, requestId: "r", event: "{}", isAsynchronous: true };
    const accepted = Array.from({ length: 10 + 10_000 }, () => made.invoke(event));
    expect(await made.invoke(event)).toMatchObject({
      kind: "not invoked",
      reason: "TooManyRequestsException",
    });
    await made.close();
    await Promise.all(accepted);
  });

  it("runs events that nobody waits for when a worker is there", async () => {
    const made = functionOf(
      `import { existsSync } from "node:fs";
      import { setTimeout as delay } from "node:timers/promises";
      export const handler = async ({ signal }) => { while (!existsSync(signal)) await delay(5); };`,
      { timeoutMilliseconds: 3000 },
    );
    // Time passes only after the answers of a round, so that no event but the wait of the last ones takes longer than it may.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const rounds = Array.from({ length: 10 }, (_, round) => {
        const signal = join(folder, `round-${round}`);
        const event = { arn: ARN, requestId: "r", event: JSON.stringify({ signal }), isAsynchronous: true };
        return { signal, outcomes: Array.from({ length: 10 }, () => made.invoke(event)) };
      });
      for (const { signal, outcomes } of rounds) {
        writeFileSync(signal, "");
        for (const { kind } of await Promise.all(outcomes)) expect(kind).toBe("answered");
        vi.advanceTimersByTime(400);
      }
    } finally {
      vi.useRealTimers();
    }
  });

  it("starts no worker for what waits while it closes, nor afterwards", async () => {
    const made = functionOf("export const handler = () => new Promise((r) => setTimeout(r, 60_000));", {
      timeoutMilliseconds: 60_000,
    });
    const waiting = Array.from({ length: 15 }, () => invoke(made));
    await expect.poll(() => made.workerCount).toBe(10);
    await made.close();
    expect((await Promise.all(waiting)).map(({ kind }) => kind)).not.toContain("answered");
    expect(made.workerCount).toBe(0);
    expect(await invoke(made)).toEqual({ kind: "timed out" });
  });

  it("does not leak memory over 10,000 invocations", async () => {
    const made = functionOf("export const handler = async (event) => event;", { reloads: false });
    const event = { text: "x".repeat(1000) };
    for (let i = 0; i < 1000; i++) await invoke(made, event);
    setFlagsFromString("--expose-gc");
    const collectGarbage: () => void = runInNewContext("gc");
    collectGarbage();
    const heap = process.memoryUsage().heapUsed;
    for (let i = 0; i < 9000; i++) await invoke(made, event);
    expect(made.workerCount).toBe(1);
    collectGarbage();
    expect(process.memoryUsage().heapUsed - heap).toBeLessThan(32 * 1024 * 1024);
  });

  it("costs at most 15 MiB of resident memory for each worker", () => {
    const file = join(folder, "hook.mjs");
    writeFileSync(file, "export const handler = async (event) => event;");
    // A process of its own, so that nothing else comes and goes meanwhile.
    const program = `
      import { LocalFunction } from ${JSON.stringify(import.meta.resolve("./local-function.ts"))};
      const invocation = { arn: "${ARN}", requestId: "request", event: JSON.stringify({ text: "x".repeat(1000) }) };
      async function start() {
        const made = new LocalFunction({
          file: ${JSON.stringify(file)}, exportName: "handler", functionName: "hook", memoryMegabytes: 128,
          environment: {}, onOutput() {}, reloads: false,
        });
        for (let i = 0; i < 200; i++) await made.invoke(invocation);
      }
      await start();
      const before = process.memoryUsage.rss();
      for (let i = 0; i < ${COUNTED_WORKERS}; i++) await start();
      console.log(process.memoryUsage.rss() - before);
      process.exit();`;
    const bytes = Number(execFileSync(process.execPath, ["--input-type=module", "--eval", program]));
    expect(bytes / COUNTED_WORKERS / 1024 / 1024).toBeLessThanOrEqual(15);
  });

  it("ignores messages that the function posts to its parent", async () => {
    const made = functionOf(`import { parentPort } from "node:worker_threads";
      export const handler = async () => {
        for (const message of [null, 1, "text", {}, { kind: "other" }]) parentPort.postMessage(message);
        return "done";
      };`);
    expect(await invoke(made)).toEqual(answer("done"));
  });

  it("stops its workers after ten minutes without use", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const made = functionOf("export const handler = async (event) => event.i;");
      const answers = await Promise.all([0, 1, 2].map((i) => invoke(made, { i })));
      expect(answers).toEqual([answer(0), answer(1), answer(2)]);
      expect(made.workerCount).toBe(3);
      vi.advanceTimersByTime(6 * 60_000);
      await invoke(made, { i: 3 });
      vi.advanceTimersByTime(4 * 60_000);
      expect(made.workerCount).toBe(1);
      vi.advanceTimersByTime(6 * 60_000 - 1);
      expect(made.workerCount).toBe(1);
      vi.advanceTimersByTime(1);
      expect(made.workerCount).toBe(0);
      expect(await invoke(made, { i: 4 })).toEqual(answer(4));
    } finally {
      vi.useRealTimers();
    }
  });
});
