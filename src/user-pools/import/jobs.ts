/** The states of import jobs, and which job is active: one at most, as in an account of AWS. */
import {
  ResourceNotFoundException,
  UserImportInProgressException,
  type UserImportJobType,
} from "../../api-model/index.ts";
import type { ImportJobRecord, Repositories } from "../../storage/index.ts";
import type { Environment } from "../environment.ts";
import { omitUndefined } from "../pools/index.ts";

/** A job that is not started by then has expired: recorded as 24.5 hours. */
const EXPIRES_AFTER_MILLISECONDS = 24.5 * 60 * 60 * 1000;

/** The job as it is at a time: expired, if it was not started. */
export function jobAsOf(job: ImportJobRecord, now: number): ImportJobRecord {
  const expiresAt = job.createdAt + EXPIRES_AFTER_MILLISECONDS;
  if (job.status !== "Created" || now < expiresAt) return job;
  return {
    ...job,
    status: "Expired",
    completedAt: expiresAt,
    completionMessage: "The user import job has expired.",
  };
}

export function userImportJobType(
  job: ImportJobRecord,
  { clock, importUploadUrl }: Pick<Environment, "clock" | "importUploadUrl">,
): UserImportJobType {
  const current = jobAsOf(job, clock.now());
  return omitUndefined({
    JobName: current.name,
    JobId: current.id,
    UserPoolId: current.poolId,
    PreSignedUrl: importUploadUrl(current),
    CreationDate: current.createdAt,
    StartDate: current.startedAt,
    CompletionDate: current.completedAt,
    Status: current.status,
    CloudWatchLogsRoleArn: current.cloudWatchLogsRoleArn,
    ImportedUsers: current.importedUsers,
    SkippedUsers: current.skippedUsers,
    FailedUsers: current.failedUsers,
    CompletionMessage: current.completionMessage,
    PasswordHashingAlgorithm: current.passwordHashingAlgorithm,
  });
}

/** @throws ResourceNotFoundException there is no such job in the pool; the text is ours */
export async function requireJob(
  { importJobs }: Pick<Repositories, "importJobs">,
  poolId: string,
  jobId: string,
): Promise<ImportJobRecord> {
  const job = await importJobs.get(poolId, jobId);
  if (!job) throw new ResourceNotFoundException(`User import job ${jobId} does not exist.`);
  return job;
}

export interface RunningJob {
  readonly poolId: string;
  readonly jobId: string;
}

const ACTIVE = "import.active";

/** The job that waits to be run or runs; undefined when there is none. */
export async function activeJob(
  repositories: Pick<Repositories, "importJobs" | "installation">,
): Promise<ImportJobRecord | undefined> {
  const value = await repositories.installation.get(ACTIVE);
  if (!value) return undefined;
  const { poolId, jobId } = JSON.parse(value) as RunningJob;
  const job = await repositories.importJobs.get(poolId, jobId);
  return job && ["Pending", "InProgress"].includes(job.status) ? job : undefined;
}

export async function setActiveJob(
  { installation }: Pick<Repositories, "installation">,
  job: RunningJob,
): Promise<void> {
  await installation.set(ACTIVE, JSON.stringify(job));
}

/** Finds a job by what its upload URL names. */
export function findJob(store: Pick<Repositories, "importJobs">, { poolId, jobId }: RunningJob) {
  return store.importJobs.get(poolId, jobId);
}

/** @throws UserImportInProgressException users are being imported into the pool; the text is ours */
export async function refuseDuringImport(
  repositories: Pick<Repositories, "importJobs" | "installation">,
  poolId: string,
): Promise<void> {
  if ((await activeJob(repositories))?.poolId === poolId) {
    throw new UserImportInProgressException("A user import job is in progress for this user pool.");
  }
}
