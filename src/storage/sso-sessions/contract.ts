import { describe, expect, it } from "vitest";
import { newUser, unique } from "../contract/fixtures.ts";
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

    it("that are active are listed newest first", async () => {
      const user = await newUser(store());
      const [first, second] = [sessionOf(user), sessionOf(user, { createdAt: 2000 })];
      for (const session of [first, second, sessionOf(user, { expiresAt: 1500 })]) {
        await store().ssoSessions.put(session);
      }
      expect(await store().ssoSessions.listLiveOfUser(user.poolId, user.sub, 1500)).toEqual([second, first]);
    });
  });
}
