import { describe, expect, it } from "vitest";
import {
  allPages,
  clientRecord,
  newPool,
  newSignIn,
  newUser,
  signInRecord,
  unique,
  userAndOthers,
  userRecord,
} from "../contract/fixtures.ts";
import { InvalidPagePosition, OwnerMissing } from "../errors.ts";
import type { Store } from "../store.ts";
import type { SignInRecord } from "./record.ts";

const DAY = 24 * 60 * 60 * 1000;

export function describeSignIns(store: () => Store): void {
  describe("sign-ins", () => {
    it("are read as they were written", async () => {
      const user = await newUser(store());
      const plain = await newSignIn(store(), user);
      const full = await newSignIn(store(), user, {
        previousUsableUntil: 7,
        revokedAt: 8,
        deviceKey: "us-east-1_dev",
        session: { id: "tkn1", lastActiveAt: 9, ipAddress: "::1", userAgent: "x", ssoSessionId: "sso1" },
      });
      expect(await store().signIns.get(plain.originJti)).toEqual(plain);
      expect(await store().signIns.get(full.originJti)).toEqual(full);
      expect(await store().signIns.get("none")).toBeUndefined();
    });

    it("have times in whole milliseconds", async () => {
      const { originJti } = await newSignIn(store(), await newUser(store()), {
        authenticatedAt: 1000.9,
        refreshExpiresAt: 5000.0004,
      });
      const found = await store().signIns.get(originJti);
      expect(found).toMatchObject({ authenticatedAt: 1000, refreshExpiresAt: 5000 });
    });

    it("need a user, and a client of the user's pool", async () => {
      const user = await newUser(store());
      const [client, foreign] = [clientRecord(user.poolId), clientRecord(await newPool(store()))];
      await store().clients.insert(client);
      await store().clients.insert(foreign);
      const unknown = userRecord(user.poolId);
      for (const signIn of [
        signInRecord(unknown, client.id),
        signInRecord(user, "none"),
        signInRecord(user, foreign.id),
      ]) {
        await expect(store().signIns.insert(signIn)).rejects.toThrow(OwnerMissing);
      }
    });

    it("are deleted with their client, and do not reappear with a new client of the same id", async () => {
      const user = await newUser(store());
      const client = clientRecord(user.poolId);
      await store().clients.insert(client);
      const signIn = await newSignIn(store(), user, { clientId: client.id });
      const other = await newSignIn(store(), user);
      await store().clients.delete(client.id);
      for (const isBack of [false, true]) {
        if (isBack) await store().clients.insert(client);
        expect(await store().signIns.get(signIn.originJti)).toBeUndefined();
        expect(await store().signIns.update(signIn.originJti, (before) => before)).toBeUndefined();
        const live = await store().signIns.listLiveOfUser(user.poolId, user.sub, 0, { limit: 10 });
        expect(live.items).toEqual([other]);
      }
      const anew = await newSignIn(store(), user, { clientId: client.id });
      expect(await store().signIns.get(anew.originJti)).toEqual(anew);
    });

    it("rotate, and each of several concurrent rotations sees the previous one", async () => {
      const { originJti } = await newSignIn(store(), await newUser(store()));
      await Promise.all(
        Array.from({ length: 10 }, () =>
          store().signIns.update(originJti, (before) => ({ ...before, rotation: before.rotation + 1 })),
        ),
      );
      expect((await store().signIns.get(originJti))?.rotation).toBe(10);
      expect(await store().signIns.update("none", (before) => before)).toBeUndefined();
    });

    it("are read as they were changed, and others stay as they were", async () => {
      const user = await newUser(store());
      const [before, other] = [await newSignIn(store(), user), await newSignIn(store(), user)];
      const changes = {
        scope: "openid",
        refreshExpiresAt: 6000,
        rotation: 64,
        previousUsableUntil: 7,
        revokedAt: 8,
        deviceKey: "us-east-1_dev",
        session: { id: "tkn1", lastActiveAt: 9, ipAddress: "::1" },
      };
      const changed = await store().signIns.update(before.originJti, (signIn) => ({
        ...signIn,
        ...changes,
      }));
      expect(changed).toEqual({ ...before, ...changes });
      expect(await store().signIns.get(before.originJti)).toEqual(changed);
      expect(await store().signIns.get(other.originJti)).toEqual(other);
      await store().signIns.update(before.originJti, () => before);
      expect(await store().signIns.get(before.originJti)).toEqual(before);
    });

    it("of one user are revoked together, and those revoked before keep their time", async () => {
      const { user, others } = await userAndOthers(store());
      const [first, second, early] = [
        await newSignIn(store(), user),
        await newSignIn(store(), user),
        await newSignIn(store(), user, { revokedAt: 1 }),
      ];
      const ofOthers: SignInRecord[] = [];
      for (const other of others) ofOthers.push(await newSignIn(store(), other));
      await store().signIns.revokeAllOfUser(user.poolId, user.sub, 9);
      const revokedAt = async ({ originJti }: SignInRecord) =>
        (await store().signIns.get(originJti))?.revokedAt;
      expect(await Promise.all([first, second, early].map(revokedAt))).toEqual([9, 9, 1]);
      expect(await Promise.all(ofOthers.map(revokedAt))).toEqual([undefined, undefined]);
    });

    it("say whether a user has signed in, also once they are revoked", async () => {
      const { user, others } = await userAndOthers(store());
      for (const other of others) await newSignIn(store(), other);
      const hasAny = () => store().signIns.hasAnyOfUser(user.poolId, user.sub);
      expect(await hasAny()).toBe(false);
      await newSignIn(store(), user, { revokedAt: 1 });
      expect(await hasAny()).toBe(true);
    });

    it("that are active are listed newest first, without those of other users", async () => {
      const { user, others } = await userAndOthers(store());
      const newest = await newSignIn(store(), user, { authenticatedAt: 3 });
      const oldest = await newSignIn(store(), user, { authenticatedAt: 1 });
      const ofOneTime = ["b", "d", "a", "c"].map((letter) => unique(`jti-${letter}`));
      for (const originJti of ofOneTime) await newSignIn(store(), user, { originJti, authenticatedAt: 2 });
      await newSignIn(store(), user, { revokedAt: 1 });
      await newSignIn(store(), user, { refreshExpiresAt: 100 });
      for (const other of others) await newSignIn(store(), other);
      const pages = await allPages(2, (page) =>
        store().signIns.listLiveOfUser(user.poolId, user.sub, 100, page),
      );
      expect(pages.flat().map(({ originJti }) => originJti)).toEqual([
        newest.originJti,
        ...ofOneTime.toSorted().toReversed(),
        oldest.originJti,
      ]);
    });

    it("are listed on after a position of the same user's list alone", async () => {
      const { user, others } = await userAndOthers(store());
      for (let count = 0; count < 2; count += 1) await newSignIn(store(), user);
      const { next } = await store().signIns.listLiveOfUser(user.poolId, user.sub, 0, { limit: 1 });
      for (const { poolId, sub } of others) {
        const listed = store().signIns.listLiveOfUser(poolId, sub, 0, { limit: 1, after: next });
        await expect(listed).rejects.toThrow(InvalidPagePosition);
      }
    });

    it("are removed once none of their tokens can be refreshed", async () => {
      const user = await newUser(store());
      const over = await newSignIn(store(), user, { refreshExpiresAt: 10 });
      const live = await newSignIn(store(), user, { refreshExpiresAt: 11 });
      expect(await store().maintenance.deleteExpired(11 + DAY)).toBeGreaterThanOrEqual(1);
      expect(await store().signIns.get(over.originJti)).toBeUndefined();
      expect(await store().signIns.get(live.originJti)).toEqual(live);
      expect(await store().maintenance.deleteExpired(11 + DAY)).toBe(0);
    });
  });
}
