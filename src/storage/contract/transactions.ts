import { describe, expect, it } from "vitest";
import { AlreadyExists, SignInNameTaken } from "../errors.ts";
import type { Repositories, Store } from "../store.ts";
import { clientRecord, newPool, newSignIn, poolRecord, unique, userRecord } from "./fixtures.ts";

export function describeTransactions(store: () => Store): void {
  describe("a transaction", () => {
    it("commits all its writes, and returns the result of its work", async () => {
      const pool = poolRecord();
      const user = userRecord(pool.id);
      const answer = await store().transaction(async ({ pools, users, usedTickets }) => {
        await pools.insert(pool);
        await users.insert(user);
        return (await usedTickets.use(unique("session"), 1)) ? "done" : "late";
      });
      expect(answer).toBe("done");
      expect(await store().users.find(pool.id, user.username)).toEqual(user);
    });

    it("sees its own writes", async () => {
      const poolId = await newPool(store());
      const user = userRecord(poolId);
      await store().transaction(async ({ users, pools }) => {
        await users.insert(user);
        expect(await users.find(poolId, user.username)).toEqual(user);
        expect(await users.count(poolId)).toBe(1);
        expect((await users.list(poolId, undefined, { limit: 5 })).items).toEqual([user]);
        await pools.update(poolId, (pool) => ({ ...pool, name: "inside" }));
        expect((await pools.get(poolId))?.name).toBe("inside");
      });
    });

    it("rolls back when its work throws, and rethrows the error", async () => {
      const pool = poolRecord();
      const session = unique("session");
      const attempt = store().transaction(async ({ pools, users, usedTickets }) => {
        await pools.insert(pool);
        await users.insert(userRecord(pool.id));
        await usedTickets.use(session, 1);
        throw new RangeError("changed my mind");
      });
      await expect(attempt).rejects.toThrow(new RangeError("changed my mind"));
      expect(await store().pools.get(pool.id)).toBeUndefined();
      expect(await store().usedTickets.isUsed(session)).toBe(false);
    });

    it("rolls back when a repository refused a write, even if its work continues", async () => {
      const poolId = await newPool(store());
      const user = userRecord(poolId);
      await store().users.insert(user);
      const session = unique("session");
      const attempt = store().transaction(async ({ users, usedTickets }) => {
        await usedTickets.use(session, 1);
        await users.insert({ ...user, sub: unique("sub") }).catch(() => undefined);
        return "all is well";
      });
      await expect(attempt).rejects.toThrow(SignInNameTaken);
      expect(await store().usedTickets.isUsed(session)).toBe(false);
    });

    it("continues when only a change function threw, before any write", async () => {
      const poolId = await newPool(store());
      const user = userRecord(poolId);
      await store().users.insert(user);
      await store().transaction(async ({ users }) => {
        const attempt = users.update(poolId, user.sub, () => {
          throw new RangeError("no");
        });
        await attempt.catch(() => undefined);
        await users.update(poolId, user.sub, (before) => ({ ...before, status: "ARCHIVED" }));
      });
      expect((await store().users.getBySub(poolId, user.sub))?.status).toBe("ARCHIVED");
    });

    it("is not visible outside before its commit", async () => {
      const poolId = await newPool(store());
      const user = userRecord(poolId);
      const began = Promise.withResolvers<void>();
      const seen = Promise.withResolvers<unknown>();
      const transaction = store().transaction(async ({ users }) => {
        await users.insert(user);
        await users.count(poolId);
        began.resolve();
        await users.getBySub(poolId, user.sub);
      });
      await began.promise;
      store().users.find(poolId, user.username).then(seen.resolve, seen.reject);
      await transaction;
      // Asked while the transaction was open: either before it, or after its end; never half of it.
      const found = await seen.promise;
      expect(found === undefined || (found as { sub: string }).sub === user.sub).toBe(true);
      expect(await store().users.count(poolId)).toBe(1);
    });

    it("rejects calls after its end", async () => {
      const poolId = await newPool(store());
      let escaped: Repositories | undefined;
      await store().transaction(async (repositories) => {
        escaped = repositories;
      });
      await expect(escaped?.users.count(poolId)).rejects.toThrow("has ended");
      await expect(escaped?.users.insert(userRecord(poolId))).rejects.toThrow("has ended");
      expect(await store().users.count(poolId)).toBe(0);
    });

    it("that fails does not affect concurrent ones", async () => {
      const poolId = await newPool(store());
      const results = await Promise.allSettled(
        Array.from({ length: 20 }, (_, index) =>
          store().transaction(async ({ users, usedTickets }) => {
            await usedTickets.use(`${poolId} ${index}`, 1);
            await users.insert(userRecord(poolId, { sub: `s${index}` }));
            if (index % 2 === 1) throw new RangeError("odd");
          }),
        ),
      );
      expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
      expect(await store().users.count(poolId)).toBe(10);
      for (let index = 0; index < 20; index++) {
        const isKept = index % 2 === 0;
        expect(await store().usedTickets.isUsed(`${poolId} ${index}`)).toBe(isKept);
        expect((await store().users.getBySub(poolId, `s${index}`)) !== undefined).toBe(isKept);
      }
    });

    it("is serializable: of many that check and then write, one writes", async () => {
      const poolId = await newPool(store());
      const results = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          store().transaction(async ({ users }) => {
            if ((await users.count(poolId)) > 0) return false;
            await users.insert(userRecord(poolId, { sub: `s${index}` }));
            return true;
          }),
        ),
      );
      expect(results.filter((didWrite) => didWrite)).toHaveLength(1);
      expect(await store().users.count(poolId)).toBe(1);
    });

    it("is serializable: of two that each read what the other writes, at most one commits", async () => {
      // Write skew: each disables one of two users, provided that the other one stays enabled.
      const poolId = await newPool(store());
      const [ana, bob] = [userRecord(poolId), userRecord(poolId)];
      for (const user of [ana, bob]) await store().users.insert(user);
      const disable = (sub: string, providedThat: string) =>
        store().transaction(async ({ users }) => {
          if (!(await users.getBySub(poolId, providedThat))?.enabled) return;
          await users.update(poolId, sub, (user) => ({ ...user, enabled: false }));
        });
      await Promise.all([disable(ana.sub, bob.sub), disable(bob.sub, ana.sub)]);
      const enabled = await Promise.all(
        [ana, bob].map(async ({ sub }) => (await store().users.getBySub(poolId, sub))?.enabled),
      );
      expect(enabled.filter((is) => is)).toHaveLength(1);
    });

    it("moves an alias from one user to another in one step", async () => {
      const poolId = await newPool(store());
      const alias = { kind: "email" as const, key: "shared@example.com" };
      const [from, to] = [userRecord(poolId, { signInNames: [alias] }), userRecord(poolId)];
      for (const user of [from, to]) await store().users.insert(user);
      await store().transaction(async ({ users }) => {
        await users.update(poolId, from.sub, (user) => ({ ...user, signInNames: [] }));
        await users.update(poolId, to.sub, (user) => ({
          ...user,
          signInNames: [...user.signInNames, alias],
        }));
      });
      expect((await store().users.find(poolId, alias.key))?.sub).toBe(to.sub);
    });

    it("publishes changed configuration after its commit, and not after a rollback", async () => {
      const poolId = await newPool(store());
      const client = clientRecord(poolId);
      await store().clients.insert(client);
      const names = async () => [
        (await store().pools.get(poolId))?.name,
        (await store().clients.get(client.id))?.name,
      ];
      expect(await names()).toEqual(["people", "app"]);
      const rename = async ({ pools, clients }: Repositories) => {
        await pools.update(poolId, (pool) => ({ ...pool, name: "new" }));
        await clients.update(client.id, (before) => ({ ...before, name: "new" }));
      };
      const undone = store().transaction(async (repositories) => {
        await rename(repositories);
        throw new RangeError("no");
      });
      await expect(undone).rejects.toThrow(RangeError);
      expect(await names()).toEqual(["people", "app"]);
      await store().transaction(rename);
      expect(await names()).toEqual(["new", "new"]);
    });

    it("deletes a pool with all its rows, or nothing", async () => {
      const pool = poolRecord();
      await store().pools.insert(pool);
      const user = userRecord(pool.id);
      await store().users.insert(user);
      const signIn = await newSignIn(store(), user);
      const undone = store().transaction(async ({ pools }) => {
        await pools.delete(pool.id);
        throw new AlreadyExists("anything");
      });
      await expect(undone).rejects.toThrow(AlreadyExists);
      expect(await store().users.find(pool.id, user.username)).toEqual(user);
      expect(await store().signIns.get(signIn.originJti)).toEqual(signIn);
    });
  });
}
