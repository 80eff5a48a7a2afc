import { describe, expect, it } from "vitest";
import { newUser, unique, userAndOthers } from "../contract/fixtures.ts";
import { OwnerMissing } from "../errors.ts";
import type { SsoSessionRecord, UserRecord } from "../records.ts";
import type { Store } from "../store.ts";

function sessionOf(user: UserRecord, overrides: Partial<SsoSessionRecord> = {}): SsoSessionRecord {
  return {
    id: unique("sso"),
    poolId: user.poolId,
    sub: user.sub,
    clientId: "client",
    lastActiveAt: 1000,
    ipAddress: "203.0.113.1",
    createdAt: 1000,
    expiresAt: 5000,
    ...overrides,
  };
}

export function describeSsoSessions(store: () => Store): void {
  describe("sessions of managed login", () => {
    it("are read as they were last written, and are deleted once, also with their user", async () => {
      const user = await newUser(store());
      const { ssoSessions } = store();
      const [session, kept] = [sessionOf(user), sessionOf(user)];
      for (const each of [session, kept]) await ssoSessions.put(each);
      const changed = { ...session, lastActiveAt: 2000, userAgent: "browser" };
      await ssoSessions.put(changed);
      expect(await ssoSessions.get(user.poolId, user.sub, session.id)).toEqual(changed);
      expect(await ssoSessions.delete(user.poolId, user.sub, session.id)).toBe(true);
      expect(await ssoSessions.delete(user.poolId, user.sub, session.id)).toBe(false);
      await store().users.delete(user.poolId, user.sub);
      expect(await ssoSessions.get(user.poolId, user.sub, kept.id)).toBeUndefined();
      await expect(ssoSessions.put(session)).rejects.toThrow(OwnerMissing);
    });

    it("last until the time that was written last", async () => {
      const user = await newUser(store());
      const session = sessionOf(user);
      await store().ssoSessions.put(session);
      const changed = { ...session, expiresAt: 6000 };
      await store().ssoSessions.put(changed);
      expect(await store().ssoSessions.get(user.poolId, user.sub, session.id)).toEqual(changed);
    });

    it("belong to one user, whose other sessions have other ids", async () => {
      const { ssoSessions } = store();
      const { user, others } = await userAndOthers(store());
      const session = sessionOf(user);
      const kept = [sessionOf(user), ...others.map((other) => sessionOf(other, { id: session.id }))];
      const find = ({ poolId, sub, id }: SsoSessionRecord) => ssoSessions.get(poolId, sub, id);
      for (const each of [session, ...kept]) {
        expect(await find(each)).toBeUndefined();
        await ssoSessions.put(each);
      }
      expect(await find(session)).toEqual(session);
      expect(await ssoSessions.delete(user.poolId, user.sub, session.id)).toBe(true);
      expect(await find(session)).toBeUndefined();
      expect(await Promise.all(kept.map(find))).toEqual(kept);
    });

    it("that are active are listed newest first, without those of other users", async () => {
      const { user, others } = await userAndOthers(store());
      const [old, middle, young] = [
        sessionOf(user, { createdAt: 1000 }),
        sessionOf(user, { createdAt: 2000 }),
        sessionOf(user, { createdAt: 3000 }),
      ];
      const over = sessionOf(user, { expiresAt: 1500 });
      for (const session of [middle, old, young, over, ...others.map((other) => sessionOf(other))])
        await store().ssoSessions.put(session);
      const live = await store().ssoSessions.listLiveOfUser(user.poolId, user.sub, 1500);
      expect(live).toEqual([young, middle, old]);
    });
  });
}
