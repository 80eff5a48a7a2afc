/**
 * The log of an import job, as AWS writes it to CloudWatch: a line for each row of the file. It is kept in parts, each of
 * the rows that were imported in one step.
 */
import type { Repositories } from "../../storage/index.ts";
import type { RunningJob } from "./jobs.ts";
import type { JobLog } from "./reports.ts";

export const logPartName = (index: number) => `log/${String(index).padStart(6, "0")}`;

/** @returns a part of the log, counted from 0; undefined when there is no such job */
export async function jobLog(
  { importJobs }: Pick<Repositories, "importJobs">,
  { poolId, jobId }: RunningJob,
  part: number,
): Promise<JobLog | undefined> {
  const job = await importJobs.get(poolId, jobId);
  if (!job) return undefined;
  const parts = job.progress?.logParts ?? 0;
  const isThere = Number.isInteger(part) && part >= 0 && part < parts;
  const content = isThere ? await importJobs.getPart(poolId, jobId, logPartName(part)) : undefined;
  const text = Buffer.from(content ?? []).toString();
  const [bytes, totalBytes] = [job.progress?.bytes ?? 0, job.file?.bytes ?? 0];
  const problemParts = job.progress?.problemParts ?? [];
  return { lines: text === "" ? [] : text.split("\n"), part, parts, problemParts, bytes, totalBytes };
}
