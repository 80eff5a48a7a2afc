import { describe, expect, it } from "vitest";
import { allPages, newPool, poolRecord, unique } from "../contract/fixtures.ts";
import { AlreadyExists, OwnerMissing } from "../errors.ts";
import type { ResourceServerRecord } from "../records.ts";
import type { Store } from "../store.ts";

function serverRecord(poolId: string, overrides: Partial<ResourceServerRecord> = {}): ResourceServerRecord {
  return {
    poolId,
    identifier: unique("https://api.example.com/"),
    name: "API",
    scopes: [{ name: "read", description: "Reads" }],
    ...overrides,
  };
}

export function describeResourceServers(store: () => Store): void {
  describe("resource servers", () => {
    it("are read as they were written, and show a change immediately", async () => {
      const server = serverRecord(await newPool(store()));
      const { poolId, identifier } = server;
      await store().resourceServers.insert(server);
      expect(await store().resourceServers.get(poolId, identifier)).toEqual(server);
      const changed = await store().resourceServers.update(poolId, identifier, (before) => ({
        ...before,
        name: "new",
        scopes: [],
      }));
      expect(changed).toEqual({ ...server, name: "new", scopes: [] });
      expect(await store().resourceServers.get(poolId, identifier)).toEqual(changed);
      expect(await store().resourceServers.update(poolId, "none", (same) => same)).toBeUndefined();
    });

    it("have an identifier that is unique in the pool, and need a pool", async () => {
      const server = serverRecord(await newPool(store()));
      await store().resourceServers.insert(server);
      await expect(store().resourceServers.insert(server)).rejects.toThrow(AlreadyExists);
      await store().resourceServers.insert({ ...server, poolId: await newPool(store()) });
      const lost = store().resourceServers.insert({ ...server, poolId: "us-east-1_None" });
      await expect(lost).rejects.toThrow(OwnerMissing);
    });

    it("are listed by identifier, and are deleted once", async () => {
      const poolId = await newPool(store());
      for (const identifier of ["b", "c", "a"]) {
        await store().resourceServers.insert(serverRecord(poolId, { identifier }));
      }
      const identifiers = async () =>
        (await allPages(2, (page) => store().resourceServers.list(poolId, page)))
          .flat()
          .map(({ identifier }) => identifier);
      expect(await identifiers()).toEqual(["a", "b", "c"]);
      expect(await store().resourceServers.delete(poolId, "b")).toBe(true);
      expect(await store().resourceServers.delete(poolId, "b")).toBe(false);
      expect(await store().resourceServers.get(poolId, "b")).toBeUndefined();
      expect(await identifiers()).toEqual(["a", "c"]);
    });

    it("are deleted with their pool, and do not reappear with a new pool of the same id", async () => {
      const pool = poolRecord();
      await store().pools.insert(pool);
      await store().resourceServers.insert(serverRecord(pool.id, { identifier: "x" }));
      await store().pools.delete(pool.id);
      await store().pools.insert(pool);
      expect(await store().resourceServers.get(pool.id, "x")).toBeUndefined();
    });
  });
}
