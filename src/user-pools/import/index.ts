/**
 * Importing users: the jobs of the API with their CSV files, and records of other identity servers in bulk.
 *
 * Leaves to others: the wire form of uploads (`src/aws/s3/`), when a job runs and on which node (`src/server/imports.ts`),
 * checking a password against an imported hash (`src/crypto/`).
 */
export { type ImportBatch, ImportOutOfStep, importRecords } from "./bulk-import.ts";
export { csvHeaderOf } from "./csv-header.ts";
export { jobLog } from "./job-log.ts";
export {
  activeJob,
  findJob,
  jobAsOf,
  refuseDuringImport,
  requireJob,
  setActiveJob,
  userImportJobType,
} from "./jobs.ts";
export { importedHashKind, userImportsOf } from "./overview.ts";
export { claimJob, runJob } from "./run-job.ts";
export { MAX_FILE_BYTES, storeUpload } from "./upload.ts";
