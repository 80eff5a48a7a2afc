import { LimitExceededException } from "../../../api-model/index.ts";
import { newImportJobId } from "../../../ids.ts";
import type { ImportJobRecord } from "../../../storage/index.ts";
import { userImportJobType } from "../../import/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/** @see Developer Guide, "Quotas in Amazon Cognito" */
const MAX_JOBS_PER_POOL = 1000;

/**
 * Makes a job, and the URL to upload its file to.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws LimitExceededException the pool has 1,000 jobs; the text is ours
 * @see API Reference, "CreateUserImportJob"
 */
export const createUserImportJob: Operation<"CreateUserImportJob"> = async (input, context) => {
  const { store, clock, random } = context;
  const job: ImportJobRecord = {
    poolId: input.UserPoolId,
    id: newImportJobId(random),
    name: input.JobName,
    status: "Created",
    cloudWatchLogsRoleArn: input.CloudWatchLogsRoleArn,
    passwordHashingAlgorithm: input.PasswordHashingAlgorithm,
    importedUsers: 0,
    skippedUsers: 0,
    failedUsers: 0,
    createdAt: clock.now(),
  };
  await store.transaction(async (repositories) => {
    const pool = await requirePool(repositories, input.UserPoolId);
    const jobs = await repositories.importJobs.list(pool.id, { limit: MAX_JOBS_PER_POOL });
    if (jobs.items.length >= MAX_JOBS_PER_POOL) {
      throw new LimitExceededException(`A user pool cannot have more than ${MAX_JOBS_PER_POOL} import jobs.`);
    }
    await repositories.importJobs.insert(job);
  });
  return { UserImportJob: userImportJobType(job, context) };
};
