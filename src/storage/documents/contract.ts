import { describe, expect, it } from "vitest";
import { allPages, clientRecord, newPool, poolRecord } from "../contract/fixtures.ts";
import { AlreadyExists, OwnerMissing } from "../errors.ts";
import type { DocumentRecord } from "../records.ts";
import type { Store } from "../store.ts";

function documentOf(poolId: string, overrides: Partial<DocumentRecord> = {}): DocumentRecord {
  return {
    poolId,
    kind: "RiskConfiguration",
    id: "",
    body: { EventFilter: ["SIGN_IN"] },
    createdAt: 1000,
    lastModifiedAt: 1001,
    ...overrides,
  };
}

export function describeDocuments(store: () => Store): void {
  async function newClient(poolId: string): Promise<string> {
    const client = clientRecord(poolId);
    await store().clients.insert(client);
    return client.id;
  }

  describe("documents", () => {
    it("are read as they were written, separately for the pool and each client", async () => {
      const poolId = await newPool(store());
      const documents = [
        documentOf(poolId),
        documentOf(poolId, { clientId: await newClient(poolId), body: ["client"] }),
        documentOf(poolId, { kind: "Terms", id: "terms-1", body: "text" }),
      ];
      for (const document of documents) await store().documents.insert(document);
      for (const document of documents) expect(await store().documents.get(document)).toEqual(document);
      const none = documentOf(poolId, { clientId: await newClient(poolId) });
      expect(await store().documents.get(none)).toBeUndefined();
      expect(await store().documents.get(documentOf(await newPool(store())))).toBeUndefined();
    });

    it("are inserted once, and replaced by put, which also creates a missing one", async () => {
      const document = documentOf(await newPool(store()));
      expect(await store().documents.get(document)).toBeUndefined();
      await store().documents.put(document);
      expect(await store().documents.get(document)).toEqual(document);
      await expect(store().documents.insert(document)).rejects.toThrow(AlreadyExists);
      await store().documents.put({ ...document, body: {}, createdAt: 7, lastModifiedAt: 2000 });
      const found = await store().documents.get(document);
      expect(found).toEqual({ ...document, body: {}, lastModifiedAt: 2000 });
    });

    it("need a pool, and a client of that pool", async () => {
      const poolId = await newPool(store());
      const foreign = await newClient(await newPool(store()));
      for (const document of [
        documentOf("us-east-1_None"),
        documentOf(poolId, { clientId: "none" }),
        documentOf(poolId, { clientId: foreign }),
      ]) {
        await expect(store().documents.insert(document)).rejects.toThrow(OwnerMissing);
        await expect(store().documents.put(document)).rejects.toThrow(OwnerMissing);
      }
    });

    it("are listed by kind, the pool's own first", async () => {
      const poolId = await newPool(store());
      const [first, second] = [await newClient(poolId), await newClient(poolId)];
      for (const [clientId, id] of [
        [second, "c"],
        [first, "b"],
        [first, "a"],
        [undefined, "d"],
      ] as const) {
        await store().documents.insert(documentOf(poolId, { kind: "Terms", clientId, id }));
      }
      await store().documents.insert(documentOf(poolId));
      const pages = await allPages(3, (page) => store().documents.list(poolId, "Terms", page));
      expect(pages.flat().map(({ clientId, id }) => [clientId, id])).toEqual([
        [undefined, "d"],
        [first, "a"],
        [first, "b"],
        [second, "c"],
      ]);
    });

    it("keep a blob until it is removed", async () => {
      const document = documentOf(await newPool(store()), { kind: "UICustomization" });
      expect(await store().documents.putBlob(document, new Uint8Array([1]))).toBe(false);
      await store().documents.insert(document);
      expect(await store().documents.getBlob(document)).toBeUndefined();
      expect(await store().documents.putBlob(document, new Uint8Array([1, 255]))).toBe(true);
      await store().documents.put({ ...document, body: "new" });
      expect([...((await store().documents.getBlob(document)) ?? [])]).toEqual([1, 255]);
      await store().documents.putBlob(document, undefined);
      expect(await store().documents.getBlob(document)).toBeUndefined();
    });

    it("are deleted with their client or pool, and do not reappear with a new one of the same id", async () => {
      const pool = poolRecord();
      await store().pools.insert(pool);
      const client = clientRecord(pool.id);
      await store().clients.insert(client);
      const [own, clients] = [documentOf(pool.id), documentOf(pool.id, { clientId: client.id })];
      for (const document of [own, clients]) await store().documents.insert(document);
      await store().clients.delete(client.id);
      await store().clients.insert(client);
      expect(await store().documents.get(clients)).toBeUndefined();
      expect(await store().documents.get(own)).toEqual(own);
      await store().pools.delete(pool.id);
      await store().pools.insert(pool);
      expect(await store().documents.get(own)).toBeUndefined();
    });

    it("are deleted by the first of two deletions", async () => {
      const document = documentOf(await newPool(store()));
      await store().documents.insert(document);
      expect(await store().documents.delete(document)).toBe(true);
      expect(await store().documents.delete(document)).toBe(false);
      expect(await store().documents.get(document)).toBeUndefined();
    });
  });
}
