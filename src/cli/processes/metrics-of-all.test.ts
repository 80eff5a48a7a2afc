import { describe, expect, it } from "vitest";
import { createEvents } from "../../events.ts";
import { createMetrics } from "../../metrics/index.ts";
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
