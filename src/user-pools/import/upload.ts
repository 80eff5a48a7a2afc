import { createHash } from "node:crypto";
import type { Environment } from "../environment.ts";
import type { RunningJob } from "./jobs.ts";

/** @see Developer Guide, "Quotas in Amazon Cognito": 100 MB for a CSV file */
export const MAX_FILE_BYTES = 100 * 1024 * 1024;

/** Of a part of the file: what reading it takes in memory. All parts but the last are of this size. */
export const PART_BYTES = 256 * 1024;

export const partName = (uploadId: string, index: number) =>
  `file/${uploadId}/${String(index).padStart(6, "0")}`;

/**
 * Keeps a file for a job, in place of one that was uploaded before.
 *
 * @returns the MD5 in hex; undefined when the job has been started meanwhile
 */
export async function storeUpload(
  { poolId, jobId }: RunningJob,
  content: AsyncIterable<Uint8Array>,
  { store, random }: Pick<Environment, "store" | "random">,
): Promise<string | undefined> {
  const uploadId = random.uuid();
  const md5 = createHash("md5");
  let parts = 0;
  let bytes = 0;
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  const keep = async (length: number) => {
    const all = Buffer.concat(pending);
    pending = [all.subarray(length)];
    pendingBytes = all.length - length;
    await store.importJobs.putPart(poolId, jobId, partName(uploadId, parts++), all.subarray(0, length));
  };
  try {
    for await (const chunk of content) {
      md5.update(chunk);
      bytes += chunk.length;
      pending.push(chunk);
      pendingBytes += chunk.length;
      while (pendingBytes >= PART_BYTES) await keep(PART_BYTES);
    }
    if (pendingBytes > 0) await keep(pendingBytes);
  } catch (error) {
    await store.importJobs.deleteParts(poolId, jobId, `file/${uploadId}/`);
    throw error;
  }
  let isTaken = false;
  const former = await store.transaction(async ({ importJobs }) => {
    const before = await importJobs.get(poolId, jobId);
    isTaken = before?.status === "Created";
    if (isTaken) {
      await importJobs.update(poolId, jobId, (job) => ({ ...job, file: { uploadId, parts, bytes } }));
    }
    return before?.file;
  });
  const unused = isTaken ? former?.uploadId : uploadId;
  if (unused !== undefined) await store.importJobs.deleteParts(poolId, jobId, `file/${unused}/`);
  return isTaken ? md5.digest("hex") : undefined;
}
