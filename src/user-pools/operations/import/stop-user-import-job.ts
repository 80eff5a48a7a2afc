import { PreconditionNotMetException } from "../../../api-model/index.ts";
import type { ImportJobRecord } from "../../../storage/index.ts";
import { requireJob, userImportJobType } from "../../import/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/**
 * Stops a job, which cannot be started again. Users who were imported before are kept.
 *
 * @throws ResourceNotFoundException there is no such pool or job
 * @throws PreconditionNotMetException the job does not run; the text is ours
 * @see API Reference, "StopUserImportJob"
 */
export const stopUserImportJob: Operation<"StopUserImportJob"> = async (input, context) => {
  const completedAt = context.clock.now();
  const stopped = await context.store.transaction(async (repositories) => {
    const pool = await requirePool(repositories, input.UserPoolId);
    const job = await requireJob(repositories, pool.id, input.JobId);
    if (job.status !== "Pending" && job.status !== "InProgress") {
      throw new PreconditionNotMetException(`The user import job is ${job.status}.`);
    }
    const { lease: _, ...others } = job;
    const after: ImportJobRecord = {
      ...others,
      status: "Stopped",
      completedAt,
      completionMessage: "The Import Job was stopped by the developer.",
    };
    await repositories.importJobs.update(pool.id, job.id, () => after);
    return after;
  });
  await context.store.importJobs.deleteParts(stopped.poolId, stopped.id, "file/");
  return { UserImportJob: userImportJobType(stopped, context) };
};
