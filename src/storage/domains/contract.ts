import { describe, expect, it } from "vitest";
import { newPool, poolRecord, unique } from "../contract/fixtures.ts";
import { AlreadyExists, OwnerMissing } from "../errors.ts";
import type { DomainRecord } from "../records.ts";
import type { Store } from "../store.ts";

function domainRecord(poolId: string, overrides: Partial<DomainRecord> = {}): DomainRecord {
  return {
    domain: unique("domain"),
    poolId,
    settings: { ManagedLoginVersion: 2 },
    createdAt: 1,
    ...overrides,
  };
}

export function describeDomains(store: () => Store): void {
  describe("domains", () => {
    it("are found by name alone, and show a change immediately", async () => {
      const domain = domainRecord(await newPool(store()));
      await store().domains.insert(domain);
      expect(await store().domains.get(domain.domain)).toEqual(domain);
      expect(await store().domains.get("none.example.com")).toBeUndefined();
      const changed = await store().domains.update(domain.domain, (before) => ({
        ...before,
        settings: { CustomDomainConfig: { CertificateArn: "arn" } },
      }));
      expect(await store().domains.get(domain.domain)).toEqual(changed);
      expect(await store().domains.update("none.example.com", (same) => same)).toBeUndefined();
    });

    it("are unique over all pools, and need a pool", async () => {
      const domain = domainRecord(await newPool(store()));
      await store().domains.insert(domain);
      const second = { ...domain, poolId: await newPool(store()) };
      await expect(store().domains.insert(second)).rejects.toThrow(AlreadyExists);
      await expect(store().domains.insert(domainRecord("us-east-1_None"))).rejects.toThrow(OwnerMissing);
    });

    it("are listed by pool in order of creation", async () => {
      const poolId = await newPool(store());
      expect(await store().domains.listOfPool(poolId)).toEqual([]);
      const [late, early] = [domainRecord(poolId, { createdAt: 2 }), domainRecord(poolId, { createdAt: 1 })];
      for (const domain of [late, early]) await store().domains.insert(domain);
      expect(await store().domains.listOfPool(poolId)).toEqual([early, late]);
    });

    it("are available to another pool after they or their pool were deleted", async () => {
      const pool = poolRecord();
      await store().pools.insert(pool);
      const [first, second] = [domainRecord(pool.id), domainRecord(pool.id)];
      for (const domain of [first, second]) await store().domains.insert(domain);
      expect(await store().domains.delete(first.domain)).toBe(true);
      expect(await store().domains.delete(first.domain)).toBe(false);
      expect(await store().domains.get(first.domain)).toBeUndefined();
      await store().pools.delete(pool.id);
      expect(await store().domains.get(second.domain)).toBeUndefined();
      const other = await newPool(store());
      for (const domain of [first, second]) await store().domains.insert({ ...domain, poolId: other });
      expect((await store().domains.get(second.domain))?.poolId).toBe(other);
    });
  });
}
