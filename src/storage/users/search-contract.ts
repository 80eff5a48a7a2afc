import { describe, expect, it } from "vitest";
import { allPages, newPool, userRecord } from "../contract/fixtures.ts";
import { InvalidPagePosition } from "../errors.ts";
import type { Store } from "../store.ts";
import type { UserRecord } from "./record.ts";
import type { UserSearch } from "./search.ts";
import type { SearchableAttribute } from "./searchable-attributes.ts";

export function describeUserSearch(store: () => Store): void {
  /** A pool with a user for each of the given records; users are distinguished by sub. */
  async function poolOf(users: Partial<UserRecord>[]): Promise<string> {
    const poolId = await newPool(store());
    for (const user of users) await store().users.insert(userRecord(poolId, user));
    return poolId;
  }

  async function subs(poolId: string, search?: UserSearch, limit = 60): Promise<string[]> {
    const pages = await allPages(limit, (page) => store().users.list(poolId, search, page));
    return pages.flat().map(({ sub }) => sub);
  }

  const equals = (attribute: SearchableAttribute, value: string): UserSearch => ({
    attribute,
    match: "equals",
    value,
  });
  const startsWith = (attribute: SearchableAttribute, value: string): UserSearch => ({
    attribute,
    match: "startsWith",
    value,
  });

  describe("listing users without a search", () => {
    it("returns them in order of creation, for any page size", async () => {
      const poolId = await poolOf([
        { sub: "c", createdAt: 3 },
        { sub: "a2", createdAt: 1 },
        { sub: "b", createdAt: 2 },
        { sub: "a1", createdAt: 1 },
      ]);
      for (const limit of [1, 2, 3, 4, 60]) {
        expect(await subs(poolId, undefined, limit)).toEqual(["a1", "a2", "b", "c"]);
      }
    });

    it("ends with a page without a token, which is not empty", async () => {
      const poolId = await poolOf([{ sub: "a" }, { sub: "b" }]);
      const pages = await allPages(2, (page) => store().users.list(poolId, undefined, page));
      expect(pages.map((page) => page.length)).toEqual([2]);
    });

    it("stays correct when users are added and deleted between pages", async () => {
      const poolId = await poolOf(["a", "b", "c", "d"].map((sub, index) => ({ sub, createdAt: index })));
      const first = await store().users.list(poolId, undefined, { limit: 2 });
      await store().users.delete(poolId, "a");
      await store().users.delete(poolId, "b");
      await store().users.insert(userRecord(poolId, { sub: "before", createdAt: -1 }));
      await store().users.insert(userRecord(poolId, { sub: "e", createdAt: 9 }));
      const second = await store().users.list(poolId, undefined, { limit: 9, after: first.next });
      expect(second.items.map(({ sub }) => sub)).toEqual(["c", "d", "e"]);
    });
  });

  describe("searching users by attribute", () => {
    const people: Partial<UserRecord>[] = [
      { sub: "1", attributes: { email: "Ana@example.com", name: "Ana", phone_number: "+15550101" } },
      { sub: "2", attributes: { email: "ANABEL@example.com", name: "anabel", given_name: "Anabel" } },
      { sub: "3", attributes: { email: "bob@example.com", family_name: 'O\'Brien "Bob" \\ Jr' } },
      { sub: "4", attributes: { name: "100% _sure_", preferred_username: "Sure" } },
      { sub: "5", attributes: {} },
    ];

    it.each<[UserSearch, string[]]>([
      [equals("email", "ana@EXAMPLE.com"), ["1"]],
      [equals("email", "ana"), []],
      [startsWith("email", "ana"), ["1", "2"]],
      [startsWith("email", "ANA@"), ["1"]],
      [startsWith("email", ""), ["1", "2", "3"]],
      [equals("phone_number", "+15550101"), ["1"]],
      [startsWith("phone_number", "+1"), ["1"]],
      [equals("given_name", "ANABEL"), ["2"]],
      [startsWith("family_name", 'o\'brien "bob" \\'), ["3"]],
      [equals("preferred_username", "sure"), ["4"]],
      [equals("name", ""), []],
    ])("finds %o with %j", async (search, expected) => {
      expect(await subs(await poolOf(people), search)).toEqual(expected);
    });

    it("matches %, _ and \\ literally", async () => {
      const poolId = await poolOf(people);
      expect(await subs(poolId, startsWith("name", "100%"))).toEqual(["4"]);
      expect(await subs(poolId, startsWith("name", "1__%"))).toEqual([]);
      expect(await subs(poolId, startsWith("name", "%"))).toEqual([]);
      expect(await subs(poolId, equals("name", "___"))).toEqual([]);
    });

    it("orders by the attribute, then by creation, and pages in that order", async () => {
      const poolId = await poolOf([
        { sub: "e", createdAt: 1, attributes: { name: "Éa" } },
        { sub: "b2", createdAt: 3, attributes: { name: "B" } },
        { sub: "b1", createdAt: 2, attributes: { name: "b" } },
        { sub: "a", createdAt: 4, attributes: { name: "a" } },
        { sub: "b3", createdAt: 3, attributes: { name: "b" } },
        { sub: "none", createdAt: 0 },
      ]);
      for (const limit of [1, 2, 3, 60]) {
        expect(await subs(poolId, startsWith("name", ""), limit)).toEqual(["a", "b1", "b2", "b3", "e"]);
        expect(await subs(poolId, equals("name", "B"), limit)).toEqual(["b1", "b2", "b3"]);
      }
    });

    it.each([
      ["Straße", "STRAßE"],
      ["Ελευθερίας", "ΕΛΕΥΘΕΡΊΑΣ"],
      ["ÅNGSTRÖM", "ångström"],
      ["Жук", "жУК"],
      ["😀 Smile", "😀 SMILE"],
      ["日本", "日本"],
    ])("ignores case in %s", async (name, sought) => {
      const poolId = await poolOf([{ sub: "it", attributes: { name } }]);
      expect(await subs(poolId, equals("name", sought))).toEqual(["it"]);
      for (let length = 1; length <= sought.length; length++) {
        const prefix = sought.slice(0, length);
        if (prefix.isWellFormed())
          expect(await subs(poolId, startsWith("name", prefix)), prefix).toEqual(["it"]);
      }
      expect(await subs(poolId, startsWith("name", `${sought}x`))).toEqual([]);
    });

    it("finds the last code points of Unicode", async () => {
      const poolId = await poolOf([
        { sub: "1", attributes: { name: "a\u{10FFFF}z" } },
        { sub: "2", attributes: { name: "a\u{10FFFD}" } },
      ]);
      expect((await subs(poolId, startsWith("name", "a"))).sort()).toEqual(["1", "2"]);
    });

    it("follows a change of the attribute", async () => {
      const poolId = await poolOf([{ sub: "1", attributes: { name: "old" } }]);
      await store().users.update(poolId, "1", (user) => ({ ...user, attributes: { name: "new" } }));
      expect(await subs(poolId, equals("name", "old"))).toEqual([]);
      expect(await subs(poolId, equals("name", "new"))).toEqual(["1"]);
      await store().users.update(poolId, "1", (user) => ({ ...user, attributes: {} }));
      expect(await subs(poolId, startsWith("name", ""))).toEqual([]);
    });

    it("finds long values by their beginning and by the whole value", async () => {
      const long = "x".repeat(2000);
      const poolId = await poolOf([
        { sub: "1", attributes: { name: long } },
        { sub: "2", attributes: { name: `${long}y` } },
      ]);
      expect(await subs(poolId, equals("name", long.toUpperCase()))).toEqual(["1"]);
      expect((await subs(poolId, startsWith("name", "xxx"))).sort()).toEqual(["1", "2"]);
    });
  });

  describe("searching users by username", () => {
    it("compares usernames as at sign-in, and does not search aliases", async () => {
      const poolId = await poolOf([
        { sub: "1", username: "Zoe", signInNames: [{ kind: "username", key: "zoe" }] },
        {
          sub: "2",
          username: "adam",
          signInNames: [
            { kind: "username", key: "adam" },
            { kind: "email", key: "zoe@example.com" },
          ],
        },
        { sub: "3", username: "zoe2" },
      ]);
      expect(await subs(poolId, equals("username", "zoe"))).toEqual(["1"]);
      expect(await subs(poolId, equals("username", "Zoe"))).toEqual([]);
      expect(await subs(poolId, startsWith("username", "zo"))).toEqual(["1", "3"]);
      for (const limit of [1, 2, 60]) {
        expect(await subs(poolId, startsWith("username", ""), limit)).toEqual(["2", "1", "3"]);
      }
    });
  });

  describe("searching users by sub", () => {
    it("finds one user, or those with a common prefix, in order", async () => {
      const poolId = await poolOf([{ sub: "ab-1" }, { sub: "ab-2" }, { sub: "b" }]);
      expect(await subs(poolId, equals("sub", "ab-2"))).toEqual(["ab-2"]);
      expect(await subs(poolId, equals("sub", "AB-2"))).toEqual(["ab-2"]);
      for (const limit of [1, 60])
        expect(await subs(poolId, startsWith("sub", "ab"), limit)).toEqual(["ab-1", "ab-2"]);
    });
  });

  describe("searching users by status", () => {
    const people: Partial<UserRecord>[] = [
      { sub: "1", createdAt: 1, status: "UNCONFIRMED" },
      { sub: "2", createdAt: 2, status: "CONFIRMED", enabled: false },
      { sub: "3", createdAt: 3, status: "COMPROMISED" },
      { sub: "4", createdAt: 4, status: "FORCE_CHANGE_PASSWORD" },
      { sub: "5", createdAt: 5, status: "CONFIRMED" },
    ];

    it.each<[UserSearch, string[]]>([
      [equals("cognito:user_status", "CONFIRMED"), ["2", "5"]],
      [equals("cognito:user_status", "confirmed"), ["2", "5"]],
      [startsWith("cognito:user_status", "c"), ["3", "2", "5"]],
      [startsWith("cognito:user_status", "UN"), ["1"]],
      [startsWith("cognito:user_status", ""), ["3", "2", "5", "4", "1"]],
      [equals("cognito:user_status", "C"), []],
      [equals("status", "Enabled"), ["1", "3", "4", "5"]],
      [equals("status", "Disabled"), ["2"]],
      [equals("status", "enabled"), []],
      [startsWith("status", "Dis"), ["2"]],
      [startsWith("status", ""), ["2", "1", "3", "4", "5"]],
      [startsWith("status", "e"), []],
    ])("finds %o with %j", async (search, expected) => {
      const poolId = await poolOf(people);
      for (const limit of [1, 2, 60]) expect(await subs(poolId, search, limit)).toEqual(expected);
    });
  });

  describe("a position in a list of users", () => {
    it("is rejected by every other list", async () => {
      const poolId = await poolOf([{ attributes: { name: "a" } }, { attributes: { name: "a" } }]);
      const { next } = await store().users.list(poolId, equals("name", "a"), { limit: 1 });
      expect(next).toBeDefined();
      const others: [string, UserSearch | undefined][] = [
        [poolId, undefined],
        [poolId, startsWith("name", "a")],
        [poolId, equals("name", "b")],
        [poolId, equals("email", "a")],
        [await newPool(store()), equals("name", "a")],
      ];
      for (const [pool, search] of others) {
        const attempt = store().users.list(pool, search, { limit: 1, after: next });
        await expect(attempt).rejects.toThrow(InvalidPagePosition);
      }
    });

    it.each(["", "nonsense", "e30", "W10", "WzFd", "bnVsbA", "\0", "🙂"])("is not %j", async (after) => {
      const poolId = await newPool(store());
      for (const search of [undefined, equals("name", "a"), equals("status", "Enabled")]) {
        const attempt = store().users.list(poolId, search, { limit: 1, after });
        await expect(attempt).rejects.toThrow(InvalidPagePosition);
      }
    });
  });
}
