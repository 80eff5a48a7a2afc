import type { UserImportJobType } from "../../api-model/index.ts";

/** A CSV import of users into a pool. */
export interface ImportJobRecord {
  readonly poolId: string;
  readonly id: string;
  readonly name: string;
  readonly status: NonNullable<UserImportJobType["Status"]>;
  readonly cloudWatchLogsRoleArn: string;
  readonly passwordHashingAlgorithm?: UserImportJobType["PasswordHashingAlgorithm"] | undefined;
  /** The file that was uploaded last; its parts are gone when the job has ended. */
  readonly file?: ImportFile | undefined;
  readonly progress?: ImportProgress | undefined;
  /** The node that runs the job, and the time until which no other node may. */
  readonly lease?: { readonly holder: string; readonly until: number } | undefined;
  readonly startedAt?: number | undefined;
  readonly completedAt?: number | undefined;
  readonly importedUsers: number;
  readonly skippedUsers: number;
  readonly failedUsers: number;
  readonly completionMessage?: string | undefined;
  readonly createdAt: number;
}

export interface ImportFile {
  /** Of the upload: another upload for the job has other parts. */
  readonly uploadId: string;
  readonly parts: number;
  readonly bytes: number;
}

/** How far a job has come. Written in the transactions that write the users, so that no row is lost or doubled. */
interface ImportProgress {
  /** Lines of the file that are done; the header is the first. */
  readonly lines: number;
  /** Bytes of the file that those lines take, for a progress bar. */
  readonly bytes: number;
  readonly logParts: number;
  /** The parts of the log that report skipped or failed rows. */
  readonly problemParts?: readonly number[] | undefined;
}
