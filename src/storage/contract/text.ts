import { describe, expect, it } from "vitest";
import { UnstorableText } from "../errors.ts";
import type { Store } from "../store.ts";
import { clientRecord, groupRecord, iamUserRecord, messageRecord, newPool, userRecord } from "./fixtures.ts";

const NUL = "a\0b";

export function describeText(store: () => Store): void {
  describe("U+0000 in a text, which not every engine can store,", () => {
    it("finds nothing", async () => {
      const poolId = await newPool(store());
      const { pools, clients, groups, signIns, codes, usedTickets, inbox, iam, installation, users } =
        store();
      const page = { limit: 5 };
      expect(await pools.get(NUL)).toBeUndefined();
      expect(await pools.list(NUL, page)).toEqual({ items: [] });
      expect(await pools.count(NUL)).toBe(0);
      expect(await clients.get(NUL)).toBeUndefined();
      expect(await clients.list(NUL, page)).toEqual({ items: [] });
      expect(await users.find(NUL, NUL)).toBeUndefined();
      expect(await users.count(NUL)).toBe(0);
      expect(await groups.get(poolId, NUL)).toBeUndefined();
      expect(await groups.listOfUser(poolId, NUL)).toEqual([]);
      expect(await signIns.get(NUL)).toBeUndefined();
      expect(await codes.get(NUL, NUL, "ForgotPassword")).toBeUndefined();
      expect(await usedTickets.isUsed(NUL)).toBe(false);
      const key = { poolId, kind: "Terms", id: NUL } as const;
      const { devices, passkeys, linkedIdentities, identityProviders, resourceServers, domains, documents } =
        store();
      expect(await devices.get(poolId, NUL)).toBeUndefined();
      expect(await passkeys.get(poolId, NUL)).toBeUndefined();
      const identity = { providerName: NUL, attributeName: NUL, attributeValue: NUL };
      expect(await linkedIdentities.find(poolId, identity)).toBeUndefined();
      expect(await identityProviders.get(poolId, NUL)).toBeUndefined();
      expect(await resourceServers.get(poolId, NUL)).toBeUndefined();
      expect(await domains.get(NUL)).toBeUndefined();
      expect(await documents.get(key)).toBeUndefined();
      expect(await documents.delete(key)).toBe(false);
      for (const filter of [{ poolId: NUL }, { destination: NUL }, { username: NUL }]) {
        expect(await inbox.list(filter, page)).toEqual({ items: [] });
      }
      expect(await iam.users.get(NUL, NUL)).toBeUndefined();
      expect(await iam.users.list("1", NUL, page)).toEqual({ items: [] });
      expect(await iam.accessKeys.get(NUL)).toBeUndefined();
      expect(await iam.countAttachments("1", NUL)).toEqual({ attached: 0, boundaries: 0 });
      expect(await installation.get(NUL)).toBeUndefined();
    });

    it("finds nothing to change or to delete", async () => {
      const poolId = await newPool(store());
      const never = () => {
        throw new Error("There is nothing to change.");
      };
      const { pools, clients, users, groups, signIns, codes, inbox, iam } = store();
      expect(await pools.update(NUL, never)).toBeUndefined();
      expect(await clients.update(NUL, never)).toBeUndefined();
      expect(await users.update(poolId, NUL, never)).toBeUndefined();
      expect(await groups.update(poolId, NUL, never)).toBeUndefined();
      expect(await signIns.update(NUL, never)).toBeUndefined();
      expect(await iam.accessKeys.update(NUL, never)).toBeUndefined();
      const deleted = [
        pools.delete(NUL),
        clients.delete(NUL),
        users.delete(poolId, NUL),
        groups.delete(poolId, NUL),
        codes.delete(poolId, NUL, "ForgotPassword"),
        inbox.delete(NUL),
        iam.users.delete("1", NUL),
        iam.accessKeys.delete(NUL),
      ];
      expect(await Promise.all(deleted)).toEqual(deleted.map(() => false));
      await groups.removeMember(poolId, NUL, NUL);
    });

    it("is refused in a write, which changes nothing", async () => {
      const poolId = await newPool(store());
      const group = groupRecord(poolId);
      await store().groups.insert(group);
      const { clients, users, groups, usedTickets, inbox, iam, installation } = store();
      const attempts = [
        () => clients.insert(clientRecord(poolId, { name: NUL })),
        () => users.insert(userRecord(poolId, { username: NUL })),
        () => groups.insert(groupRecord(poolId, { description: NUL })),
        () => groups.update(poolId, group.name, (before) => ({ ...before, description: NUL })),
        () => usedTickets.use(NUL, 1),
        () => inbox.insert(messageRecord({ destination: NUL })),
        () => iam.users.insert(iamUserRecord("1", { path: NUL })),
        () => installation.set("name", NUL),
      ];
      for (const attempt of attempts) await expect(attempt()).rejects.toThrow(UnstorableText);
      expect(await groups.get(poolId, group.name)).toEqual(group);
      expect(await users.count(poolId)).toBe(0);
      const transaction = store().transaction(async ({ installation, usedTickets }) => {
        await installation.set("kept?", "yes");
        await usedTickets.use(NUL, 1).catch(() => false);
      });
      await expect(transaction).rejects.toThrow(UnstorableText);
      expect(await installation.get("kept?")).toBeUndefined();
    });

    it("is stored in attributes, whose text is JSON", async () => {
      const user = userRecord(await newPool(store()), { attributes: { "custom:nul": NUL, email: NUL } });
      await store().users.insert(user);
      expect(await store().users.getBySub(user.poolId, user.sub)).toEqual(user);
    });
  });
}
