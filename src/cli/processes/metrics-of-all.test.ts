import { syncBuiltinESMExports } from "node:module";
import timers from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEvents } from "../../events.ts";
import { createMetrics, type Samples } from "../../metrics/index.ts";
import type { ProcessCalls } from "./calls.ts";
import { createMetricsOfAll } from "./metrics-of-all.ts";

/** A process that has created users. */
function processWith(number: number, users: number) {
  const events = createEvents();
  const store = { pools: { get: async () => undefined }, clients: { get: async () => undefined } };
  // The counts of the pool, which does not exist, are removed only after they are read.
  const metrics = createMetrics({
    events,
    store: () => store as never,
    mode: "serve",
    token: "0123456789abcdef",
  });
  for (let user = 0; user < users; user += 1)
    events.publish("userCreated", { poolId: "pool", occasion: "SignUp" } as never);
  // A message between processes is JSON.
  const answer = async (name: string, [samples]: readonly unknown[]) =>
    name === "metrics" ? metrics.samples(number) : samples;
  return {
    ask: async (name: string, ...args: readonly unknown[]) =>
      JSON.parse(JSON.stringify(await answer(name, args))),
  };
}

describe("the metrics of all processes", () => {
  it("keep what ended processes had counted, so that no counter decreases", async () => {
    const all = createMetricsOfAll();
    const [first, second, third] = [processWith(1, 3), processWith(2, 4), processWith(1, 5)];
    const users = async (running: (typeof first)[]) =>
      /^cognate_users_created_total\{.*\} (\d+)$/m.exec(await all.text(running))?.[1];
    expect(await users([first, second])).toBe("7");
    all.ended(first);
    all.ended(second);
    expect(await users([third])).toBe("12");
    expect(await all.text([])).not.toContain('process="2"');
  });

  it("have the last answer of a process that fails to answer", async () => {
    const all = createMetricsOfAll();
    const { ask } = processWith(1, 3);
    let isBroken = false;
    const process = {
      ask: async (name: string, ...args: readonly unknown[]) =>
        isBroken ? Promise.reject(new Error("It has ended.")) : ask(name, ...args),
    };
    await all.text([process]);
    isBroken = true;
    expect(await all.text([process])).toMatch(/^cognate_users_created_total\{.*\} 3$/m);
  });
});

/** The counts of a pool by one process. */
const usersOf = (poolId: string, value: number): Samples => [
  {
    name: "cognate_users_created_total",
    help: "Users.",
    // prom-client declares a number, and gives the word.
    type: "counter" as never,
    aggregator: "sum",
    collect: () => undefined,
    values: [{ value, labels: { user_pool: poolId } }],
  },
];

/** A process of which the test says what it answers; by default nothing is deleted. */
function processThatAnswers(answers: Partial<Record<keyof ProcessCalls, (samples: Samples) => unknown>>) {
  const asked: string[] = [];
  return {
    asked,
    async ask(name: keyof ProcessCalls, samples?: unknown): Promise<never> {
      asked.push(name);
      return (await (answers[name] ?? ((same) => same))(samples as Samples)) as never;
    },
  };
}

/** The users of each pool in metrics. */
const usersIn = (text: string) =>
  Object.fromEntries(
    [...text.matchAll(/^cognate_users_created_total\{user_pool="(\w+)"\} (\d+)$/gm)].map(
      ([, poolId, users]) => [poolId, Number(users)],
    ),
  );

describe("what ended processes had counted", () => {
  async function withEnded(...ended: readonly Samples[]) {
    const all = createMetricsOfAll();
    const processes = ended.map((samples) =>
      processThatAnswers({
        metrics: () => samples,
        withoutDeleted: () => Promise.reject(new Error("It has ended.")),
      }),
    );
    await all.text(processes);
    for (const process of processes) all.ended(process);
    return { all, text: async (running: Parameters<typeof all.text>[0]) => usersIn(await all.text(running)) };
  }

  it("is without a pool that was deleted since", async () => {
    const { text } = await withEnded(usersOf("kept", 3), usersOf("gone", 4));
    const running = processThatAnswers({
      metrics: () => [],
      withoutDeleted: (samples) =>
        samples.map((metric) => ({
          ...metric,
          values: metric.values.filter(({ labels }) => labels.user_pool !== "gone"),
        })),
    });
    expect(await text([running])).toEqual({ kept: 3, gone: 4 });
    await expect.poll(() => text([running])).toEqual({ kept: 3 });
  });

  it("is asked of one process alone, and only if a process has ended", async () => {
    const { all, text } = await withEnded();
    const running = [processThatAnswers({ metrics: () => [] }), processThatAnswers({ metrics: () => [] })];
    await all.text(running);
    const ended = processThatAnswers({ metrics: () => usersOf("pool", 1) });
    await all.text([ended]);
    all.ended(ended);
    await text(running);
    await expect.poll(() => running[0]?.asked).toEqual(["metrics", "metrics", "withoutDeleted"]);
    expect(running[1]?.asked).toEqual(["metrics", "metrics"]);
  });

  it("counts once for two requests at the same time, and has a process that ended meanwhile", async () => {
    const { all, text } = await withEnded(usersOf("pool", 1), usersOf("pool", 2));
    const answer = Promise.withResolvers<void>();
    const running = processThatAnswers({
      metrics: () => [],
      withoutDeleted: async (samples) => {
        await answer.promise;
        return samples;
      },
    });
    const late = processThatAnswers({ metrics: () => usersOf("pool", 4) });
    await Promise.all([text([running, late]), text([running, late])]);
    await expect.poll(() => running.asked.filter((name) => name === "withoutDeleted")).toHaveLength(2);
    all.ended(late);
    answer.resolve();
    for (let request = 0; request < 3; request += 1) expect(await text([running])).toEqual({ pool: 7 });
  });

  it("stays as it is if the process that is asked fails", async () => {
    const { text } = await withEnded(usersOf("pool", 5));
    const running = processThatAnswers({
      metrics: () => [],
      withoutDeleted: () => Promise.reject(new Error("The database does not answer.")),
    });
    for (let request = 0; request < 2; request += 1) expect(await text([running])).toEqual({ pool: 5 });
  });

  it("is nothing of a process that was never asked", async () => {
    const { all, text } = await withEnded();
    all.ended(processThatAnswers({}));
    expect(await text([processThatAnswers({ metrics: () => undefined })])).toEqual({});
  });
});

describe("a process that does not answer within two seconds", () => {
  const { setTimeout } = timers;
  const limits: unknown[] = [];
  beforeAll(() => {
    // Not by vi.mock(), which would stay for the files after this one.
    timers.setTimeout = async (milliseconds, value, options) => {
      limits.push([milliseconds, options]);
      return value as never;
    };
    syncBuiltinESMExports();
  });
  afterAll(() => {
    timers.setTimeout = setTimeout;
    syncBuiltinESMExports();
  });

  it("counts with its last answer", async () => {
    const all = createMetricsOfAll();
    let answers: () => Promise<Samples> = async () => usersOf("pool", 3);
    const process = { ask: () => answers() as Promise<never> };
    expect(usersIn(await all.text([process]))).toEqual({ pool: 3 });
    answers = () => new Promise(() => undefined);
    expect(usersIn(await all.text([process]))).toEqual({ pool: 3 });
    expect(limits).toEqual([
      [2_000, { ref: false }],
      [2_000, { ref: false }],
    ]);
  });
});
