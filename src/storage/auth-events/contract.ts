import { describe, expect, it } from "vitest";
import { allPages, newUser, unique } from "../contract/fixtures.ts";
import { OwnerMissing } from "../errors.ts";
import type { AuthEventRecord, UserRecord } from "../records.ts";
import type { Store } from "../store.ts";

const YEAR = 365 * 24 * 60 * 60 * 1000;

function eventOf(user: UserRecord, overrides: Partial<AuthEventRecord> = {}): AuthEventRecord {
  return {
    poolId: user.poolId,
    sub: user.sub,
    id: unique("event"),
    event: { EventType: "SignIn", EventResponse: "Pass" },
    createdAt: 1000,
    ...overrides,
  };
}

export function describeAuthEvents(store: () => Store): void {
  describe("authentication events", () => {
    it("are read as they were written, and accept feedback", async () => {
      const user = await newUser(store());
      const event = eventOf(user, { signals: { agent: "Chrome, Windows", clientId: "client" } });
      await store().authEvents.insert(event);
      expect(await store().authEvents.get(user.poolId, user.sub, event.id)).toEqual(event);
      const other = await newUser(store(), user.poolId);
      expect(await store().authEvents.get(user.poolId, other.sub, event.id)).toBeUndefined();
      const changed = await store().authEvents.update(user.poolId, user.sub, event.id, (before) => ({
        ...before,
        event: { ...before.event, EventFeedback: { FeedbackValue: "Valid", Provider: "Admin" } },
      }));
      expect(await store().authEvents.get(user.poolId, user.sub, event.id)).toEqual(changed);
      await expect(store().authEvents.insert({ ...event, sub: "nobody" })).rejects.toThrow(OwnerMissing);
    });

    it("are listed by user, newest first", async () => {
      const user = await newUser(store());
      for (const createdAt of [2, 3, 1]) await store().authEvents.insert(eventOf(user, { createdAt }));
      const pages = await allPages(2, (page) => store().authEvents.listOfUser(user.poolId, user.sub, page));
      expect(pages.flat().map(({ createdAt }) => createdAt)).toEqual([3, 2, 1]);
    });

    it("are deleted after two years, and with their user", async () => {
      const user = await newUser(store());
      const [old, recent] = [eventOf(user, { createdAt: 1 }), eventOf(user, { createdAt: 2 })];
      for (const event of [old, recent]) await store().authEvents.insert(event);
      while ((await store().maintenance.deleteExpired(2 * YEAR + 2)) > 0);
      const list = async () =>
        (await store().authEvents.listOfUser(user.poolId, user.sub, { limit: 10 })).items;
      expect(await list()).toEqual([recent]);
      await store().users.delete(user.poolId, user.sub);
      expect(await list()).toEqual([]);
    });
  });
}
