import { describe, expect, it } from "vitest";
import { allPages, newPool, poolRecord, unique } from "../contract/fixtures.ts";
import { AlreadyExists, OwnerMissing } from "../errors.ts";
import type { IdentityProviderRecord } from "../records.ts";
import type { Store } from "../store.ts";

function providerRecord(
  poolId: string,
  overrides: Partial<IdentityProviderRecord> = {},
): IdentityProviderRecord {
  return {
    poolId,
    name: unique("Provider"),
    type: "OIDC",
    details: { client_id: "id", client_secret: "provider secret" },
    settings: { AttributeMapping: { email: "email" } },
    identifiers: [],
    createdAt: 1000,
    lastModifiedAt: 1001,
    ...overrides,
  };
}

export function describeIdentityProviders(store: () => Store): void {
  describe("identity providers", () => {
    it("are read as they were written, and show a change immediately", async () => {
      const provider = providerRecord(await newPool(store()));
      const { poolId, name } = provider;
      await store().identityProviders.insert(provider);
      expect(await store().identityProviders.get(poolId, name)).toEqual(provider);
      const changed = await store().identityProviders.update(poolId, name, (before) => ({
        ...before,
        details: { client_id: "other" },
        settings: {},
        lastModifiedAt: 2000,
      }));
      expect(changed?.details).toEqual({ client_id: "other" });
      expect(await store().identityProviders.get(poolId, name)).toEqual(changed);
      expect(await store().identityProviders.update(poolId, "none", (same) => same)).toBeUndefined();
    });

    it("have a name that is unique in the pool, and need a pool", async () => {
      const provider = providerRecord(await newPool(store()));
      await store().identityProviders.insert(provider);
      await expect(store().identityProviders.insert(provider)).rejects.toThrow(AlreadyExists);
      await store().identityProviders.insert({ ...provider, poolId: await newPool(store()) });
      const lost = store().identityProviders.insert({ ...provider, poolId: "us-east-1_None" });
      await expect(lost).rejects.toThrow(OwnerMissing);
    });

    it("are found by identifiers, each of which belongs to one provider", async () => {
      const poolId = await newPool(store());
      const { identityProviders } = store();
      const first = providerRecord(poolId, { identifiers: ["example.com", "example.org"] });
      const second = providerRecord(poolId, { identifiers: ["example.net"] });
      for (const provider of [first, second]) await identityProviders.insert(provider);
      expect(await identityProviders.findByIdentifier(poolId, "example.org")).toEqual(first);
      expect(await identityProviders.findByIdentifier(poolId, "none")).toBeUndefined();
      const third = providerRecord(poolId, { identifiers: ["free.example", "example.com"] });
      await expect(identityProviders.insert(third)).rejects.toThrow(AlreadyExists);
      expect(await identityProviders.get(poolId, third.name)).toBeUndefined();
      expect(await identityProviders.findByIdentifier(poolId, "free.example")).toBeUndefined();
      const taken = identityProviders.update(poolId, second.name, (before) => ({
        ...before,
        identifiers: ["example.com"],
      }));
      await expect(taken).rejects.toThrow(AlreadyExists);
      await identityProviders.update(poolId, first.name, (before) => ({ ...before, identifiers: [] }));
      await identityProviders.update(poolId, second.name, (before) => ({
        ...before,
        identifiers: ["example.com"],
      }));
      expect((await identityProviders.findByIdentifier(poolId, "example.com"))?.name).toBe(second.name);
      expect(await identityProviders.findByIdentifier(poolId, "example.net")).toBeUndefined();
    });

    it("are listed by name, and deleted once with their identifiers", async () => {
      const poolId = await newPool(store());
      for (const name of ["b", "c", "a"]) {
        await store().identityProviders.insert(
          providerRecord(poolId, { name, identifiers: [`${name}.com`] }),
        );
      }
      const pages = await allPages(2, (page) => store().identityProviders.list(poolId, page));
      expect(pages.flat().map(({ name }) => name)).toEqual(["a", "b", "c"]);
      expect((await store().identityProviders.get(poolId, "b"))?.name).toBe("b");
      expect(await store().identityProviders.delete(poolId, "b")).toBe(true);
      expect(await store().identityProviders.get(poolId, "b")).toBeUndefined();
      expect(await store().identityProviders.delete(poolId, "b")).toBe(false);
      await store().identityProviders.insert(providerRecord(poolId, { identifiers: ["b.com"] }));
    });

    it("are deleted with their pool, together with their identifiers", async () => {
      const pool = poolRecord();
      await store().pools.insert(pool);
      const provider = providerRecord(pool.id, { identifiers: ["example.com"] });
      await store().identityProviders.insert(provider);
      await store().pools.delete(pool.id);
      await store().pools.insert(pool);
      expect(await store().identityProviders.get(pool.id, provider.name)).toBeUndefined();
      await store().identityProviders.insert(provider);
    });
  });
}
