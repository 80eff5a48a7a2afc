/** The operations on import jobs, which make users of the rows of a CSV file. */
import type { OperationTable } from "../../operation.ts";
import { createUserImportJob } from "./create-user-import-job.ts";
import { describeUserImportJob } from "./describe-user-import-job.ts";
import { getCsvHeader } from "./get-csv-header.ts";
import { listUserImportJobs } from "./list-user-import-jobs.ts";
import { startUserImportJob } from "./start-user-import-job.ts";
import { stopUserImportJob } from "./stop-user-import-job.ts";

export const importOperations = {
  CreateUserImportJob: createUserImportJob,
  DescribeUserImportJob: describeUserImportJob,
  GetCSVHeader: getCsvHeader,
  ListUserImportJobs: listUserImportJobs,
  StartUserImportJob: startUserImportJob,
  StopUserImportJob: stopUserImportJob,
} satisfies Partial<OperationTable>;
