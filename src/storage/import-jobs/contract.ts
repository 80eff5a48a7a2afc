import { describe, expect, it } from "vitest";
import { allPages, newPool, unique } from "../contract/fixtures.ts";
import { AlreadyExists, OwnerMissing } from "../errors.ts";
import type { ImportJobRecord } from "../records.ts";
import type { Store } from "../store.ts";

function jobRecord(poolId: string, overrides: Partial<ImportJobRecord> = {}): ImportJobRecord {
  return {
    poolId,
    id: unique("import-"),
    name: "first",
    status: "Created",
    cloudWatchLogsRoleArn: "arn:aws:iam::123456789012:role/logs",
    importedUsers: 0,
    skippedUsers: 0,
    failedUsers: 0,
    createdAt: 1000,
    ...overrides,
  };
}

export function describeImportJobs(store: () => Store): void {
  describe("import jobs", () => {
    it("are read as they were written, and updated", async () => {
      const job = jobRecord(await newPool(store()));
      await store().importJobs.insert(job);
      expect(await store().importJobs.get(job.poolId, job.id)).toEqual(job);
      await expect(store().importJobs.insert(job)).rejects.toThrow(AlreadyExists);
      await expect(store().importJobs.insert(jobRecord("us-east-1_None"))).rejects.toThrow(OwnerMissing);
      const changed = await store().importJobs.update(job.poolId, job.id, (before) => ({
        ...before,
        status: "InProgress",
        startedAt: 2000,
        importedUsers: 3,
      }));
      expect(changed?.importedUsers).toBe(3);
      expect(await store().importJobs.get(job.poolId, job.id)).toEqual(changed);
      expect(await store().importJobs.update(job.poolId, "none", (same) => same)).toBeUndefined();
    });

    it("are listed newest first", async () => {
      const poolId = await newPool(store());
      for (const createdAt of [2, 3, 1]) await store().importJobs.insert(jobRecord(poolId, { createdAt }));
      const pages = await allPages(2, (page) => store().importJobs.list(poolId, page));
      expect(pages.flat().map(({ createdAt }) => createdAt)).toEqual([3, 2, 1]);
    });

    it("store parts by name, until those of a prefix are deleted", async () => {
      const job = jobRecord(await newPool(store()));
      const { importJobs } = store();
      const put = (name: string, text: string) =>
        importJobs.putPart(job.poolId, job.id, name, Buffer.from(text));
      const textOf = async (name: string) => {
        const part = await importJobs.getPart(job.poolId, job.id, name);
        return part && Buffer.from(part).toString();
      };
      await expect(put("file/1", "a")).rejects.toThrow(OwnerMissing);
      await importJobs.insert(job);
      expect(await textOf("file/1")).toBeUndefined();
      await put("file/1", "a");
      await put("file/2", "b");
      await put("file/2", "c");
      await put("log/1", "d");
      expect([await textOf("file/1"), await textOf("file/2")]).toEqual(["a", "c"]);
      await importJobs.deleteParts(job.poolId, job.id, "file/");
      expect(await textOf("file/1")).toBeUndefined();
      expect(await textOf("log/1")).toBe("d");
    });
  });
}
