import { PreconditionNotMetException } from "../../../api-model/index.ts";
import type { ImportJobRecord } from "../../../storage/index.ts";
import { activeJob, jobAsOf, requireJob, setActiveJob, userImportJobType } from "../../import/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/**
 * Starts a job. One job runs at a time.
 *
 * @throws ResourceNotFoundException there is no such pool or job
 * @throws PreconditionNotMetException no file was uploaded, the job was started before, another is active, or the pool
 *   verifies no attribute; all texts but the first are ours
 * @see API Reference, "StartUserImportJob"
 */
export const startUserImportJob: Operation<"StartUserImportJob"> = async (input, context) => {
  const { store, clock, events } = context;
  const now = clock.now();
  const started = await store.transaction(async (repositories) => {
    const pool = await requirePool(repositories, input.UserPoolId);
    const job = jobAsOf(await requireJob(repositories, pool.id, input.JobId), now);
    if (job.status !== "Created")
      throw new PreconditionNotMetException(`The user import job is ${job.status}.`);
    if (job.file === undefined)
      throw new PreconditionNotMetException(`No csv file was uploaded for ${job.id}`);
    if ((pool.settings.AutoVerifiedAttributes ?? []).length === 0) {
      throw new PreconditionNotMetException("The user pool has no auto verified attributes.");
    }
    if ((await activeJob(repositories)) !== undefined) {
      throw new PreconditionNotMetException("Another user import job is active.");
    }
    await setActiveJob(repositories, { poolId: pool.id, jobId: job.id });
    const pending: ImportJobRecord = { ...job, status: "Pending", startedAt: now };
    await repositories.importJobs.update(pool.id, job.id, () => pending);
    return pending;
  });
  events.publish("importStarted", { poolId: started.poolId, jobId: started.id });
  return { UserImportJob: userImportJobType(started, context) };
};
