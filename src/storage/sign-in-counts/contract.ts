import { describe, expect, it } from "vitest";
import { newPool } from "../contract/fixtures.ts";
import { OwnerMissing } from "../errors.ts";
import { EVENTS_KEPT_MILLISECONDS } from "../event-history.ts";
import type { Store } from "../store.ts";

const HOUR = 60 * 60 * 1000;

export function describeSignInCounts(store: () => Store): void {
  describe("counts of sign-ins", () => {
    it("are summed up, even if several nodes add concurrently", async () => {
      const id = await newPool(store());
      const passed = { hour: HOUR, outcome: "passed", signIns: 2 } as const;
      await Promise.all(Array.from({ length: 10 }, () => store().signInCounts.add(id, passed)));
      await store().signInCounts.add(id, { hour: HOUR, outcome: "failed", signIns: 1 });
      expect(await store().signInCounts.list(id, 0, 2 * HOUR)).toEqual([
        { hour: HOUR, outcome: "failed", signIns: 1 },
        { hour: HOUR, outcome: "passed", signIns: 20 },
      ]);
    });

    it("are listed by hour, within a range", async () => {
      const id = await newPool(store());
      for (const hour of [3, 2, 1, 0]) {
        const outcome = hour % 2 === 0 ? "failed" : "passed";
        await store().signInCounts.add(id, { hour: hour * HOUR, outcome, signIns: 1 });
      }
      const hours = (await store().signInCounts.list(id, HOUR, 3 * HOUR)).map(({ hour }) => hour / HOUR);
      expect(hours).toEqual([1, 2]);
    });

    it("are counted and listed for each pool alone", async () => {
      const [one, other] = [await newPool(store()), await newPool(store())];
      await store().signInCounts.add(one, { hour: HOUR, outcome: "passed", signIns: 1 });
      await store().signInCounts.add(other, { hour: HOUR, outcome: "passed", signIns: 2 });
      expect(await store().signInCounts.list(one, 0, 2 * HOUR)).toEqual([
        { hour: HOUR, outcome: "passed", signIns: 1 },
      ]);
    });

    it("are removed with the events of their time", async () => {
      const id = await newPool(store());
      const over = { hour: 1, outcome: "passed", signIns: 1 } as const;
      const live = { ...over, hour: 2 };
      for (const count of [over, live]) await store().signInCounts.add(id, count);
      while ((await store().maintenance.deleteExpired(2 + EVENTS_KEPT_MILLISECONDS)) > 0);
      expect(await store().signInCounts.list(id, 0, HOUR)).toEqual([live]);
    });

    it("belong to a pool", async () => {
      const count = { hour: 0, outcome: "passed", signIns: 1 } as const;
      await expect(store().signInCounts.add("us-east-1_None", count)).rejects.toThrow(OwnerMissing);
      expect(await store().signInCounts.list("us-east-1_None", 0, HOUR)).toEqual([]);
    });
  });
}
