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

async function eventsOf(
  { authEvents }: Store,
  { poolId, sub }: UserRecord,
): Promise<readonly AuthEventRecord[]> {
  return (await authEvents.listOfUser(poolId, sub, { limit: 10 })).items;
}

export function describeAuthEvents(store: () => Store): void {
  describe("authentication events", () => {
    it("are read as they were written, and accept feedback", async () => {
      const user = await newUser(store());
      const event = eventOf(user, { signals: { agent: "Chrome, Windows", clientId: "client" } });
      await store().authEvents.insert(event);
      expect(await eventsOf(store(), user)).toEqual([event]);
      const withFeedback = (before: AuthEventRecord): AuthEventRecord => ({
        ...before,
        event: { ...before.event, EventFeedback: { FeedbackValue: "Valid", Provider: "Admin" } },
      });
      const other = await newUser(store(), user.poolId);
      const { authEvents } = store();
      expect(await authEvents.update(user.poolId, other.sub, event.id, withFeedback)).toBeUndefined();
      expect(await authEvents.update(user.poolId, user.sub, event.id, withFeedback)).toEqual(
        withFeedback(event),
      );
      expect(await eventsOf(store(), user)).toEqual([withFeedback(event)]);
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
      expect(await eventsOf(store(), user)).toEqual([recent]);
      await store().users.delete(user.poolId, user.sub);
      expect(await eventsOf(store(), user)).toEqual([]);
    });
  });
}
