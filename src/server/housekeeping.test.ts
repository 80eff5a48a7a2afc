import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type TestContext, testContext } from "../user-pools/testing.ts";
import { startHousekeeping } from "./housekeeping.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let context: TestContext;
let end: () => Promise<void>;
beforeEach(async () => {
  context = await testContext();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance"] });
  end = startHousekeeping(context, false);
});
afterEach(async () => {
  vi.useRealTimers();
  await end();
});

/** Time passes, with what housekeeping does in it. */
async function pass(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    context.clock.advance(MINUTE);
    await vi.advanceTimersByTimeAsync(MINUTE);
  }
  await end();
}

describe("housekeeping", () => {
  it("deletes a used code an hour after its expiry", async () => {
    const { usedTickets } = context.store;
    await usedTickets.use("code", context.clock.now() + 2 * MINUTE);
    await pass(1);
    expect(await usedTickets.isUsed("code")).toBe(true);
    end = startHousekeeping(context, false);
    await pass(62);
    expect(await usedTickets.isUsed("code")).toBe(false);
  });

  it("keeps a used code while the clock is a day ahead, so that it cannot be used again afterwards", async () => {
    const { usedTickets } = context.store;
    await usedTickets.use("code", context.clock.now() + 5 * MINUTE);
    context.clock.advance(DAY);
    await pass(5);
    context.clock.advance(-DAY);
    expect(await usedTickets.use("code", context.clock.now() + MINUTE)).toBe(false);
  });
});
