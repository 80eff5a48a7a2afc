import { describe, expect, it } from "vitest";
import { newPool, newUser } from "../contract/fixtures.ts";
import { AlreadyExists, OwnerMissing } from "../errors.ts";
import type { LinkedIdentityRecord, UserRecord } from "../records.ts";
import type { Store } from "../store.ts";

function identityOf(user: UserRecord, overrides: Partial<LinkedIdentityRecord> = {}): LinkedIdentityRecord {
  return {
    poolId: user.poolId,
    sub: user.sub,
    providerName: "Google",
    attributeName: "Cognito_Subject",
    attributeValue: "1098",
    linkedAt: 1000,
    ...overrides,
  };
}

export function describeLinkedIdentities(store: () => Store): void {
  describe("linked identities", () => {
    it("are found by provider, attribute and a value of any length", async () => {
      const user = await newUser(store());
      const identity = identityOf(user);
      const long = identityOf(user, { attributeValue: "長".repeat(3000) });
      for (const each of [identity, long]) await store().linkedIdentities.insert(each);
      expect(await store().linkedIdentities.find(user.poolId, identity)).toEqual(identity);
      expect(await store().linkedIdentities.find(user.poolId, long)).toEqual(long);
      for (const other of [{ providerName: "Other" }, { attributeName: "email" }, { attributeValue: "1" }]) {
        const key = { ...identity, ...other };
        expect(await store().linkedIdentities.find(user.poolId, key)).toBeUndefined();
      }
      expect(await store().linkedIdentities.find(await newPool(store()), identity)).toBeUndefined();
    });

    it("are not found by a value whose key is the same", async () => {
      const user = await newUser(store());
      const identity = identityOf(user, { attributeValue: "jane\uFFFD" });
      await store().linkedIdentities.insert(identity);
      for (const attributeValue of ["jane\u0000", "jane\u{10FFFF}"]) {
        const key = { ...identity, attributeValue };
        expect(await store().linkedIdentities.find(user.poolId, key)).toBeUndefined();
      }
    });

    it("belong to one existing user of a pool", async () => {
      const user = await newUser(store());
      const other = await newUser(store(), user.poolId);
      await store().linkedIdentities.insert(identityOf(user));
      await expect(store().linkedIdentities.insert(identityOf(other))).rejects.toThrow(AlreadyExists);
      const orphan = identityOf(user, { sub: "nobody", attributeValue: "2" });
      await expect(store().linkedIdentities.insert(orphan)).rejects.toThrow(OwnerMissing);
    });

    it("are listed in order of linking, and are deleted once, also with their user", async () => {
      const user = await newUser(store());
      const [late, early] = [identityOf(user), identityOf(user, { attributeValue: "2", linkedAt: 1 })];
      for (const each of [late, early]) await store().linkedIdentities.insert(each);
      const list = () => store().linkedIdentities.listOfUser(user.poolId, user.sub);
      expect(await list()).toEqual([early, late]);
      expect(await store().linkedIdentities.delete(user.poolId, early)).toBe(true);
      expect(await store().linkedIdentities.delete(user.poolId, early)).toBe(false);
      expect(await list()).toEqual([late]);
      await store().users.delete(user.poolId, user.sub);
      expect(await list()).toEqual([]);
      const next = await newUser(store(), user.poolId);
      await store().linkedIdentities.insert(identityOf(next));
    });

    it("are listed by provider and attribute if they were linked at the same time", async () => {
      const user = await newUser(store());
      const names = ["Google/sub", "Facebook/sub", "Apple/sub", "Apple/email"];
      for (const name of names) {
        const [providerName = "", attributeName = ""] = name.split("/");
        await store().linkedIdentities.insert(identityOf(user, { providerName, attributeName }));
      }
      const listed = await store().linkedIdentities.listOfUser(user.poolId, user.sub);
      expect(listed.map(({ providerName, attributeName }) => `${providerName}/${attributeName}`)).toEqual(
        names.toReversed(),
      );
    });
  });
}
