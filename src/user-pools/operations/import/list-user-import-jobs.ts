import { userImportJobType } from "../../import/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { openPageToken, sealPageToken } from "../page-tokens.ts";

/**
 * Lists a pool's import jobs, the newest first.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws InvalidParameterException this list did not issue the token
 * @see API Reference, "ListUserImportJobs"
 */
export const listUserImportJobs: Operation<"ListUserImportJobs"> = async (input, context) => {
  const pool = await requirePool(context.store, input.UserPoolId);
  const list = ["ListUserImportJobs", pool.id];
  const page = await context.store.importJobs.list(pool.id, {
    limit: input.MaxResults,
    after: openPageToken(context, list, input.PaginationToken),
  });
  return {
    UserImportJobs: page.items.map((job) => userImportJobType(job, context)),
    PaginationToken: sealPageToken(context, list, page.next),
  };
};
