import { describe, expect, it } from "vitest";
import { groupRecord, newPool, newSignIn, poolRecord, userRecord } from "../contract/fixtures.ts";
import { AlreadyExists, OwnerMissing, SignInNameTaken } from "../errors.ts";
import type { Store } from "../store.ts";
import { isSamePassword } from "./row.ts";

export function describeUsers(store: () => Store): void {
  const password = {
    saltHex: "00ab",
    verifier: new Uint8Array([0, 1, 254, 255]),
    setAt: 5,
    temporary: true,
  };

  describe("users", () => {
    it("are read as they were written", async () => {
      const poolId = await newPool(store());
      const user = userRecord(poolId, {
        username: "Ana",
        attributes: { email: "Ana@Example.com", "custom:emoji": "😀", "custom:nul": "a\0b", name: "" },
        signInNames: [
          { kind: "username", key: "ana" },
          { kind: "email", key: "ana@example.com" },
        ],
        password,
        passwordHistory: [{ ...password, temporary: false }],
        pendingAttributes: { email: "new@example.com" },
        mfa: { enabled: ["SOFTWARE_TOKEN_MFA"], preferred: "SOFTWARE_TOKEN_MFA" },
        totp: { secret: "JBSWY3DPEHPK3PXP", friendlyName: "phone", lastUsedStep: 9 },
        pendingTotpSecret: "GEZDGNBVGY3TQOJQ",
        failedSignIns: { count: 3, lastAt: 7 },
        attempts: { ChangePassword: { count: 2, since: 8 } },
      });
      await store().users.insert(user);
      const found = await store().users.getBySub(poolId, user.sub);
      expect(found).toEqual({
        ...user,
        password: { ...password, verifier: Buffer.from(password.verifier) },
        passwordHistory: [{ ...password, temporary: false, verifier: Buffer.from(password.verifier) }],
      });
    });

    it("are inserted in batches, without those whose name is taken", async () => {
      const poolId = await newPool(store());
      const named = (key: string, overrides = {}) =>
        userRecord(poolId, { signInNames: [{ kind: "username", key }], ...overrides });
      await store().users.insert(named("first"));
      const others = Array.from({ length: 50 }, (_, index) => named(`other-${index}`));
      const both = named("first", {
        signInNames: [
          { kind: "username", key: "first" },
          { kind: "email", key: "e" },
        ],
      });
      const users = [both, named("e"), named("e"), ...others];
      const inserted = await store().users.insertMany(poolId, users);
      expect(inserted).toEqual([false, true, false, ...others.map(() => true)]);
      expect(await store().users.count(poolId)).toBe(52);
      expect((await store().users.find(poolId, "other-49"))?.sub).toBe(others[49]?.sub);
      await expect(store().users.insertMany("us-east-1_None", [named("a")])).rejects.toThrow(OwnerMissing);
    });

    it("are counted by whether they have a password hash from another system", async () => {
      const poolId = await newPool(store());
      const importedPassword = { hash: "$2b$04$x" };
      const user = userRecord(poolId, { importedPassword });
      await store().users.insert(user);
      await store().users.insert(userRecord(poolId));
      expect((await store().users.getBySub(poolId, user.sub))?.importedPassword).toEqual(importedPassword);
      expect(await store().users.countImportedPasswords(poolId)).toBe(1);
      await store().users.update(poolId, user.sub, ({ importedPassword: _, ...others }) => others);
      expect((await store().users.getBySub(poolId, user.sub))?.importedPassword).toBeUndefined();
      expect(await store().users.countImportedPasswords(poolId)).toBe(0);
    });

    it("do not get members that were not written", async () => {
      const poolId = await newPool(store());
      const user = userRecord(poolId);
      await store().users.insert(user);
      const found = await store().users.getBySub(poolId, user.sub);
      expect(found).toEqual(user);
      expect(found?.password).toBeUndefined();
    });

    it("are found by every sign-in name, and by sub", async () => {
      const poolId = await newPool(store());
      const user = userRecord(poolId, {
        sub: "a-sub",
        signInNames: [
          { kind: "username", key: "bo" },
          { kind: "email", key: "bo@example.com" },
          { kind: "phone_number", key: "+15550100" },
          { kind: "preferred_username", key: "bobby" },
        ],
      });
      await store().users.insert(user);
      for (const key of ["bo", "bo@example.com", "+15550100", "bobby", "a-sub"]) {
        expect((await store().users.find(poolId, key))?.sub, key).toBe("a-sub");
      }
      for (const key of ["BO", "b", "bo%", "b_", "", "\0", "x".repeat(3000)]) {
        expect(await store().users.find(poolId, key), key).toBeUndefined();
      }
    });

    it.each(["username", "email", "phone_number", "preferred_username"] as const)(
      "cannot take another user's sub or sign-in name as their %s",
      async (kind) => {
        const poolId = await newPool(store());
        const victim = userRecord(poolId, {
          signInNames: [
            { kind: "username", key: "victim" },
            { kind: "email", key: "victim@example.com" },
          ],
        });
        await store().users.insert(victim);
        const mallory = userRecord(poolId);
        await store().users.insert(mallory);
        for (const key of [victim.sub, "victim", "victim@example.com"]) {
          const late = userRecord(poolId, { signInNames: [{ kind, key }] });
          await expect(store().users.insert(late)).rejects.toEqual(new SignInNameTaken(kind));
          const change = store().users.update(poolId, mallory.sub, (before) => ({
            ...before,
            signInNames: [...before.signInNames, { kind, key }],
          }));
          await expect(change).rejects.toEqual(new SignInNameTaken(kind));
          expect((await store().users.find(poolId, key))?.sub).toBe(victim.sub);
        }
      },
    );

    it("cannot have a sub that is another user's name", async () => {
      const poolId = await newPool(store());
      await store().users.insert(userRecord(poolId, { username: "taken" }));
      await expect(store().users.insert(userRecord(poolId, { sub: "taken" }))).rejects.toThrow(AlreadyExists);
    });

    it("can have one text as several of their own names, and keep it until the last of them is removed", async () => {
      const poolId = await newPool(store());
      const user = userRecord(poolId, {
        sub: "same",
        signInNames: [
          { kind: "username", key: "same" },
          { kind: "preferred_username", key: "both" },
          { kind: "email", key: "both" },
        ],
      });
      await store().users.insert(user);
      const keep = (signInNames: typeof user.signInNames) =>
        store().users.update(poolId, user.sub, (before) => ({ ...before, signInNames }));
      await keep([{ kind: "email", key: "both" }]);
      expect((await store().users.find(poolId, "both"))?.sub).toBe("same");
      await keep([]);
      expect(await store().users.find(poolId, "both")).toBeUndefined();
      expect((await store().users.find(poolId, "same"))?.sub).toBe("same");
    });

    it("of one pool are unknown in another", async () => {
      const [poolId, otherPoolId] = [await newPool(store()), await newPool(store())];
      const user = userRecord(poolId);
      await store().users.insert(user);
      await store().users.insert({ ...user, poolId: otherPoolId, attributes: { name: "other" } });
      expect((await store().users.find(poolId, user.username))?.attributes).toEqual({});
      expect((await store().users.find(otherPoolId, user.username))?.poolId).toBe(otherPoolId);
      expect(await store().users.find("us-east-1_None", user.username)).toBeUndefined();
    });

    it("cannot share a sub", async () => {
      const poolId = await newPool(store());
      const user = userRecord(poolId);
      await store().users.insert(user);
      const second = userRecord(poolId, { sub: user.sub });
      await expect(store().users.insert(second)).rejects.toThrow(AlreadyExists);
      expect(await store().users.find(poolId, second.username)).toBeUndefined();
      expect(await store().users.count(poolId)).toBe(1);
    });

    it.each(["username", "email", "phone_number", "preferred_username"] as const)(
      "cannot share a sign-in name of kind %s, and a refused insert writes nothing",
      async (kind) => {
        const poolId = await newPool(store());
        const names = [{ kind, key: "taken" }];
        await store().users.insert(userRecord(poolId, { signInNames: names }));
        const late = userRecord(poolId, {
          sub: "late",
          signInNames: [...names, { kind: "email", key: "free@example.com" }],
        });
        await expect(store().users.insert(late)).rejects.toEqual(new SignInNameTaken(kind));
        expect(await store().users.getBySub(poolId, "late")).toBeUndefined();
        expect(await store().users.find(poolId, "free@example.com")).toBeUndefined();
        expect(await store().users.count(poolId)).toBe(1);
      },
    );

    it("need a pool", async () => {
      await expect(store().users.insert(userRecord("us-east-1_None"))).rejects.toThrow(OwnerMissing);
    });

    it("can have names and attributes as long as the API allows, and longer", async () => {
      const poolId = await newPool(store());
      const long = "長".repeat(3000);
      const user = userRecord(poolId, {
        username: long,
        sub: "long",
        attributes: { email: long, name: long },
        signInNames: [{ kind: "username", key: long }],
      });
      await store().users.insert(user);
      expect((await store().users.find(poolId, long))?.sub).toBe("long");
      expect(await store().users.find(poolId, `${long}長`)).toBeUndefined();
      const other = userRecord(poolId, {
        signInNames: [{ kind: "username", key: `${long}長` }],
      });
      await store().users.insert(other);
      expect((await store().users.find(poolId, `${long}長`))?.sub).toBe(other.sub);
    });

    it("are counted by pool", async () => {
      const poolId = await newPool(store());
      expect(await store().users.count(poolId)).toBe(0);
      const users = Array.from({ length: 20 }, () => userRecord(poolId));
      await Promise.all(users.map((user) => store().users.insert(user)));
      expect(await store().users.count(poolId)).toBe(20);
      for (const { sub } of users.slice(0, 5)) await store().users.delete(poolId, sub);
      expect(await store().users.count(poolId)).toBe(15);
      expect(await store().users.count("us-east-1_None")).toBe(0);
    });
  });

  describe("changing a user", () => {
    it("writes and returns the result of the change function", async () => {
      const poolId = await newPool(store());
      const user = userRecord(poolId, { password, failedSignIns: { count: 1, lastAt: 1 } });
      await store().users.insert(user);
      const changed = await store().users.update(poolId, user.sub, (before) => ({
        ...before,
        status: "RESET_REQUIRED",
        enabled: false,
        attributes: { name: "Ana" },
        failedSignIns: undefined,
        lastModifiedAt: 2000,
      }));
      const found = await store().users.getBySub(poolId, user.sub);
      expect(changed).toMatchObject({ status: "RESET_REQUIRED", enabled: false, lastModifiedAt: 2000 });
      expect(found).toEqual({ ...changed, failedSignIns: undefined });
      expect(found?.password?.setAt).toBe(5);
    });

    it("keeps the password through other changes and re-encryption, until it is replaced", async () => {
      const poolId = await newPool(store());
      const user = userRecord(poolId, { password });
      await store().users.insert(user);
      const read = async () => (await store().users.getBySub(poolId, user.sub))?.password;
      const first = await read();
      await store().users.update(poolId, user.sub, (before) => ({ ...before, enabled: false }));
      expect(isSamePassword(first, await read())).toBe(true);
      await store().maintenance.reseal();
      expect(isSamePassword(first, await read())).toBe(true);
      const replacement = { ...password, saltHex: "cd" };
      await store().users.update(poolId, user.sub, (before) => ({ ...before, password: replacement }));
      expect(isSamePassword(first, await read())).toBe(false);
      expect(isSamePassword(first, undefined)).toBe(false);
    });

    it("replaces and removes the password", async () => {
      const poolId = await newPool(store());
      const user = userRecord(poolId, { password });
      await store().users.insert(user);
      const replacement = { ...password, saltHex: "cd", temporary: false };
      await store().users.update(poolId, user.sub, (before) => ({
        ...before,
        password: replacement,
        passwordHistory: before.password && [before.password],
      }));
      const found = await store().users.getBySub(poolId, user.sub);
      expect(found?.password?.saltHex).toBe("cd");
      expect(found?.passwordHistory?.map(({ saltHex }) => saltHex)).toEqual(["00ab"]);
      await store().users.update(poolId, user.sub, (before) => ({
        ...before,
        password: undefined,
        passwordHistory: undefined,
      }));
      expect((await store().users.getBySub(poolId, user.sub))?.password).toBeUndefined();
    });

    it("updates sign-in names: the new one finds the user, and the old one is available to others", async () => {
      const poolId = await newPool(store());
      const user = userRecord(poolId, {
        signInNames: [
          { kind: "username", key: "stays" },
          { kind: "email", key: "old@example.com" },
        ],
      });
      await store().users.insert(user);
      await store().users.update(poolId, user.sub, (before) => ({
        ...before,
        signInNames: [
          { kind: "username", key: "stays" },
          { kind: "email", key: "new@example.com" },
        ],
      }));
      expect((await store().users.find(poolId, "new@example.com"))?.sub).toBe(user.sub);
      expect((await store().users.find(poolId, "stays"))?.sub).toBe(user.sub);
      expect(await store().users.find(poolId, "old@example.com")).toBeUndefined();
      const next = userRecord(poolId, { signInNames: [{ kind: "email", key: "old@example.com" }] });
      await store().users.insert(next);
      expect((await store().users.find(poolId, "old@example.com"))?.sub).toBe(next.sub);
    });

    it("is refused if a new sign-in name belongs to another user, and changes nothing", async () => {
      const poolId = await newPool(store());
      await store().users.insert(userRecord(poolId, { signInNames: [{ kind: "email", key: "hers" }] }));
      const user = userRecord(poolId);
      await store().users.insert(user);
      const attempt = store().users.update(poolId, user.sub, (before) => ({
        ...before,
        status: "ARCHIVED",
        signInNames: [...before.signInNames, { kind: "email", key: "hers" }],
      }));
      await expect(attempt).rejects.toEqual(new SignInNameTaken("email"));
      expect(await store().users.getBySub(poolId, user.sub)).toEqual(user);
    });

    it("rethrows the error of the change function, and writes nothing", async () => {
      const poolId = await newPool(store());
      const user = userRecord(poolId);
      await store().users.insert(user);
      const attempt = store().users.update(poolId, user.sub, () => {
        throw new RangeError("not like this");
      });
      await expect(attempt).rejects.toThrow(new RangeError("not like this"));
      expect(await store().users.getBySub(poolId, user.sub)).toEqual(user);
    });

    it("returns undefined for a user that does not exist", async () => {
      const poolId = await newPool(store());
      expect(await store().users.update(poolId, "nobody", (user) => user)).toBeUndefined();
      expect(await store().users.update("us-east-1_None", "nobody", (user) => user)).toBeUndefined();
    });

    it("returns the unchanged user if the change function returns the same object", async () => {
      const poolId = await newPool(store());
      const user = userRecord(poolId);
      await store().users.insert(user);
      expect(await store().users.update(poolId, user.sub, (same) => same)).toEqual(user);
    });
  });

  describe("deleting a user", () => {
    it("also deletes the user's names, memberships and sign-ins", async () => {
      const poolId = await newPool(store());
      const user = userRecord(poolId, { signInNames: [{ kind: "email", key: "gone@example.com" }] });
      const group = groupRecord(poolId);
      await store().users.insert(user);
      await store().groups.insert(group);
      await store().groups.addMember(poolId, group.name, user.sub, 1);
      const signIn = await newSignIn(store(), user);

      expect(await store().users.delete(poolId, user.sub)).toBe(true);
      expect(await store().users.getBySub(poolId, user.sub)).toBeUndefined();
      expect(await store().users.find(poolId, "gone@example.com")).toBeUndefined();
      expect(await store().signIns.get(signIn.originJti)).toBeUndefined();
      expect((await store().groups.listMembers(poolId, group.name, { limit: 10 })).items).toEqual([]);

      await store().users.insert(user);
      expect(await store().groups.listOfUser(poolId, user.sub)).toEqual([]);
    });

    it("returns whether the user existed", async () => {
      const poolId = await newPool(store());
      expect(await store().users.delete(poolId, "nobody")).toBe(false);
      expect(await store().users.count(poolId)).toBe(0);
    });
  });

  describe("concurrent changes of users", () => {
    it("give a sign-in name to exactly one of several concurrent inserts", async () => {
      const poolId = await newPool(store());
      const attempts = Array.from({ length: 12 }, (_, index) =>
        store().users.insert(
          userRecord(poolId, { sub: `s${index}`, signInNames: [{ kind: "email", key: "one@example.com" }] }),
        ),
      );
      const results = await Promise.allSettled(attempts);
      const refused = results.filter((result) => result.status === "rejected");
      expect(refused).toHaveLength(11);
      expect(refused.every(({ reason }) => reason instanceof SignInNameTaken)).toBe(true);
      expect(await store().users.count(poolId)).toBe(1);
    });

    it("keep every change of the same user", async () => {
      const poolId = await newPool(store());
      const user = userRecord(poolId, { failedSignIns: { count: 0, lastAt: 0 } });
      await store().users.insert(user);
      await Promise.all(
        Array.from({ length: 30 }, () =>
          store().users.update(poolId, user.sub, (before) => ({
            ...before,
            failedSignIns: { count: (before.failedSignIns?.count ?? 0) + 1, lastAt: 1 },
          })),
        ),
      );
      expect((await store().users.getBySub(poolId, user.sub))?.failedSignIns?.count).toBe(30);
    });

    it("give the right count after parallel inserts and deletions", async () => {
      const poolId = await newPool(store());
      const users = Array.from({ length: 30 }, () => userRecord(poolId));
      await Promise.all(
        users.map(async (user, index) => {
          await store().users.insert(user);
          if (index % 3 === 0) await store().users.delete(poolId, user.sub);
        }),
      );
      expect(await store().users.count(poolId)).toBe(20);
    });
  });

  describe("users of a deleted pool", () => {
    it("disappear immediately, and do not reappear with a new pool of the same id", async () => {
      const pool = poolRecord();
      await store().pools.insert(pool);
      const user = userRecord(pool.id);
      await store().users.insert(user);
      const signIn = await newSignIn(store(), user);
      await store().pools.delete(pool.id);
      for (const isBack of [false, true]) {
        if (isBack) await store().pools.insert(pool);
        expect(await store().users.find(pool.id, user.username)).toBeUndefined();
        expect(await store().users.getBySub(pool.id, user.sub)).toBeUndefined();
        expect((await store().users.list(pool.id, undefined, { limit: 10 })).items).toEqual([]);
        expect(await store().users.count(pool.id)).toBe(0);
        expect(await store().signIns.get(signIn.originJti)).toBeUndefined();
      }
      await store().users.insert(user);
      expect(await store().users.count(pool.id)).toBe(1);
    });
  });
}
