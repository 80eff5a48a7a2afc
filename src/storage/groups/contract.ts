import { describe, expect, it } from "vitest";
import { allPages, groupRecord, newPool, userRecord } from "../contract/fixtures.ts";
import { AlreadyExists, OwnerMissing } from "../errors.ts";
import type { Store } from "../store.ts";

export function describeGroups(store: () => Store): void {
  async function newUser(poolId: string): Promise<string> {
    const user = userRecord(poolId);
    await store().users.insert(user);
    return user.sub;
  }

  async function newGroup(
    poolId: string,
    overrides: Parameters<typeof groupRecord>[1] = {},
  ): Promise<string> {
    const group = groupRecord(poolId, overrides);
    await store().groups.insert(group);
    return group.name;
  }

  describe("groups", () => {
    it("are read as they were written, and their names are case-sensitive", async () => {
      const poolId = await newPool(store());
      const admins = groupRecord(poolId, {
        name: "Admins",
        description: "",
        roleArn: "arn:aws:iam::1:role/x",
        precedence: 0,
      });
      const lower = groupRecord(poolId, { name: "admins" });
      for (const group of [admins, lower]) await store().groups.insert(group);
      expect(await store().groups.get(poolId, "Admins")).toEqual(admins);
      expect(await store().groups.get(poolId, "admins")).toEqual(lower);
      expect(await store().groups.get(poolId, "ADMINS")).toBeUndefined();
      await expect(store().groups.insert(lower)).rejects.toThrow(AlreadyExists);
      await expect(store().groups.insert(groupRecord("us-east-1_None"))).rejects.toThrow(OwnerMissing);
    });

    it("are updated, and optional members can be removed", async () => {
      const poolId = await newPool(store());
      const name = await newGroup(poolId, { precedence: 5, description: "x" });
      const changed = await store().groups.update(poolId, name, (before) => ({
        ...before,
        precedence: undefined,
        description: "y",
      }));
      expect(await store().groups.get(poolId, name)).toEqual({ ...changed, precedence: undefined });
      expect(await store().groups.update(poolId, "none", (before) => before)).toBeUndefined();
    });

    it("are listed by name and counted", async () => {
      const poolId = await newPool(store());
      for (const name of ["b", "Z", "a", "ä"]) await newGroup(poolId, { name });
      const pages = await allPages(3, (page) => store().groups.list(poolId, page));
      expect(pages.flat().map(({ name }) => name)).toEqual(["Z", "a", "b", "ä"]);
      expect(await store().groups.count(poolId)).toBe(4);
    });

    it("are deleted with their memberships, which do not reappear with a new group", async () => {
      const poolId = await newPool(store());
      const sub = await newUser(poolId);
      const name = await newGroup(poolId);
      await store().groups.addMember(poolId, name, sub, 1);
      expect(await store().groups.delete(poolId, name)).toBe(true);
      expect(await store().groups.delete(poolId, name)).toBe(false);
      expect(await store().groups.listOfUser(poolId, sub)).toEqual([]);
      await newGroup(poolId, { name });
      expect(await store().groups.listOfUser(poolId, sub)).toEqual([]);
      expect((await store().groups.listMembers(poolId, name, { limit: 1 })).items).toEqual([]);
      await store().groups.addMember(poolId, name, sub, 1);
      expect(await store().groups.listOfUser(poolId, sub)).toHaveLength(1);
    });
  });

  describe("members", () => {
    it("are added once and removed once, also after repeated calls", async () => {
      const poolId = await newPool(store());
      const [sub, name] = [await newUser(poolId), await newGroup(poolId)];
      await Promise.all([1, 2, 3].map((at) => store().groups.addMember(poolId, name, sub, at)));
      expect((await store().groups.listMembers(poolId, name, { limit: 10 })).items).toHaveLength(1);
      await Promise.all([1, 2].map(() => store().groups.removeMember(poolId, name, sub)));
      expect((await store().groups.listMembers(poolId, name, { limit: 10 })).items).toEqual([]);
    });

    it("are not added if the group or the user does not exist", async () => {
      const poolId = await newPool(store());
      const [sub, name] = [await newUser(poolId), await newGroup(poolId)];
      await store().groups.addMember(poolId, "none", sub, 1);
      await store().groups.addMember(poolId, name, "nobody", 1);
      await store().groups.removeMember(poolId, "none", sub);
      expect(await store().groups.listOfUser(poolId, sub)).toEqual([]);
    });

    it("are listed in order of joining", async () => {
      const poolId = await newPool(store());
      const name = await newGroup(poolId);
      const subs = [await newUser(poolId), await newUser(poolId), await newUser(poolId)];
      for (const [index, sub] of subs.entries())
        await store().groups.addMember(poolId, name, sub, 10 - index);
      const pages = await allPages(2, (page) => store().groups.listMembers(poolId, name, page));
      expect(pages.flat().map(({ sub }) => sub)).toEqual(subs.toReversed());
    });

    it("have groups ordered by precedence, those without one last, then by name", async () => {
      const poolId = await newPool(store());
      const sub = await newUser(poolId);
      const groups: [string, number | undefined][] = [
        ["none-b", undefined],
        ["ten", 10],
        ["none-a", undefined],
        ["two-b", 2],
        ["two-a", 2],
        ["zero", 0],
      ];
      for (const [name, precedence] of groups) {
        await newGroup(poolId, { name, precedence });
        await store().groups.addMember(poolId, name, sub, 1);
      }
      const names = (await store().groups.listOfUser(poolId, sub)).map(({ name }) => name);
      expect(names).toEqual(["zero", "two-a", "two-b", "ten", "none-a", "none-b"]);
    });
  });
}
