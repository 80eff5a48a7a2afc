import { describe, expect, it } from "vitest";
import { unique } from "../contract/fixtures.ts";
import type { Store } from "../store.ts";

const HOUR = 60 * 60 * 1000;

export function describeUsedTickets(store: () => Store): void {
  describe("used tickets", () => {
    it("can be used by exactly one of several concurrent callers", async () => {
      const id = unique("session");
      expect(await store().usedTickets.isUsed(id)).toBe(false);
      const results = await Promise.all(Array.from({ length: 10 }, () => store().usedTickets.use(id, 100)));
      expect(results.filter((isFirst) => isFirst)).toHaveLength(1);
      expect(await store().usedTickets.isUsed(id)).toBe(true);
    });

    it("stay used for an hour after they expired, in case the clock is moved back", async () => {
      const [over, live] = [unique("session"), unique("session")];
      await store().usedTickets.use(over, 10);
      await store().usedTickets.use(live, 11);
      await store().maintenance.deleteExpired(10 + HOUR);
      expect(await store().usedTickets.isUsed(over)).toBe(true);
      await store().maintenance.deleteExpired(11 + HOUR);
      expect(await store().usedTickets.isUsed(over)).toBe(false);
      expect(await store().usedTickets.isUsed(live)).toBe(true);
    });

    it("are removed in batches of limited size", async () => {
      while ((await store().maintenance.deleteExpired(101 + HOUR)) > 0);
      const ids = Array.from({ length: 1100 }, () => unique("session"));
      await Promise.all(ids.map((id) => store().usedTickets.use(id, 1)));
      expect(await store().maintenance.deleteExpired(2 + HOUR)).toBe(1000);
      expect(await store().maintenance.deleteExpired(2 + HOUR)).toBe(100);
    });
  });
}
