import { requireJob, userImportJobType } from "../../import/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/**
 * Shows an import job.
 *
 * @throws ResourceNotFoundException there is no such pool or job
 * @see API Reference, "DescribeUserImportJob"
 */
export const describeUserImportJob: Operation<"DescribeUserImportJob"> = async (input, context) => {
  const pool = await requirePool(context.store, input.UserPoolId);
  return { UserImportJob: userImportJobType(await requireJob(context.store, pool.id, input.JobId), context) };
};
