import { describe, expect, it } from "vitest";
import {
  clientRecord,
  codeRecord,
  groupRecord,
  iamUserRecord,
  messageRecord,
  newPool,
  newSignIn,
  unique,
  userRecord,
} from "../contract/fixtures.ts";
import { purgeExpired } from "../housekeeping.ts";
import type { Store } from "../store.ts";

const DAY = 24 * 60 * 60 * 1000;

export function describeMaintenance(store: () => Store): void {
  describe("housekeeping", () => {
    it("removes only expired rows and rows of deleted pools and groups", async () => {
      const [deletedPool, poolId] = [await newPool(store()), await newPool(store())];
      const user = userRecord(poolId);
      const group = groupRecord(poolId);
      const other = userRecord(poolId);
      await store().users.insert(user);
      await store().users.insert(other);
      await store().groups.insert(group);
      await store().groups.addMember(poolId, group.name, user.sub, 1);
      const signIn = await newSignIn(store(), user, { refreshExpiresAt: 100 });
      const [over, live] = [codeRecord(other, { expiresAt: 49 }), codeRecord(user, { expiresAt: 50 })];
      await store().codes.put(over);
      await store().codes.put(live);
      await Promise.all(
        Array.from({ length: 450 }, (_, index) =>
          store().users.insert(userRecord(deletedPool, { sub: `d${index}` })),
        ),
      );
      await store().groups.insert(groupRecord(deletedPool));
      await store().pools.delete(deletedPool);
      const deletedGroup = groupRecord(poolId);
      await store().groups.insert(deletedGroup);
      await store().groups.addMember(poolId, deletedGroup.name, user.sub, 1);
      await store().groups.delete(poolId, deletedGroup.name);
      await store().usedTickets.use(unique("session"), 10);

      // The users, the group and the purge of the pool; the membership and purge of the group; the id; the code.
      expect(await purgeExpired(store(), 50)).toBeGreaterThan(450 + 1 + 1 + 2 + 1 + 1);
      expect(await purgeExpired(store(), 50)).toBe(0);
      expect(await store().users.find(poolId, user.username)).toEqual(user);
      expect(await store().codes.get(poolId, other.sub, "ForgotPassword")).toBeUndefined();
      expect(await store().codes.get(poolId, user.sub, "ForgotPassword")).toEqual(live);
      expect((await store().groups.listOfUser(poolId, user.sub)).map(({ name }) => name)).toEqual([
        group.name,
      ]);
      expect(await store().signIns.get(signIn.originJti)).toEqual(signIn);
      await purgeExpired(store(), 100 + DAY);
      expect(await store().signIns.get(signIn.originJti)).toEqual(signIn);
      await purgeExpired(store(), 101 + DAY);
      expect(await store().signIns.get(signIn.originJti)).toBeUndefined();
    });
  });

  describe("re-encryption", () => {
    it("keeps the value of every secret", async () => {
      const poolId = await newPool(store());
      const client = clientRecord(poolId);
      const password = { saltHex: "ab", verifier: Buffer.from([1, 2]), setAt: 1, temporary: false };
      const users = Array.from({ length: 250 }, () =>
        userRecord(poolId, { password, passwordHistory: [password], pendingTotpSecret: "GEZDGNBV" }),
      );
      const message = messageRecord({ poolId });
      const account = unique("account");
      const person = iamUserRecord(account, {
        login: { passwordHash: "h", createdAt: 1, passwordResetRequired: false },
      });
      const key = {
        id: unique("AKIA"),
        accountId: account,
        userName: person.name,
        secret: "s",
        status: "Active" as const,
        createdAt: 1,
      };
      const signingKey = {
        kid: unique("kid"),
        poolId,
        use: "id" as const,
        privateKey: new Uint8Array([7]),
        createdAt: 1,
      };
      await store().clients.insert(client);
      await Promise.all(users.map((user) => store().users.insert(user)));
      const codes = users.slice(0, 101).map((user) => codeRecord(user));
      for (const code of codes) await store().codes.put(code);
      await store().inbox.insert(message);
      await store().iam.users.insert(person);
      await store().iam.accessKeys.insert(key);
      await store().signingKeys.insert(signingKey);
      await store().signingKeys.addSpare({ kid: unique("spare"), privateKey: new Uint8Array([8]) });

      expect(await store().maintenance.reseal()).toBeGreaterThanOrEqual(750 + 101 + 6);
      expect(await store().clients.get(client.id)).toEqual(client);
      for (const user of users) expect(await store().users.getBySub(poolId, user.sub)).toEqual(user);
      for (const code of codes) {
        expect(await store().codes.get(poolId, code.sub, "ForgotPassword")).toEqual(code);
      }
      const { items: messages } = await store().inbox.list({ poolId: message.poolId }, { limit: 10 });
      expect(messages).toEqual([message]);
      expect(await store().iam.users.get(account, person.name)).toEqual(person);
      expect(await store().iam.accessKeys.get(key.id)).toEqual(key);
      expect([...((await store().signingKeys.list(poolId))[0]?.privateKey ?? [])]).toEqual([7]);
    });
  });

  describe("readiness", () => {
    it("answers a ping", async () => {
      await expect(store().ping()).resolves.toBeUndefined();
    });
  });
}
