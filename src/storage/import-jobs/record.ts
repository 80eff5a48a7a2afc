import type { UserImportJobType } from "../../api-model/index.ts";

/** A CSV import of users into a pool. */
export interface ImportJobRecord {
  readonly poolId: string;
  readonly id: string;
  readonly name: string;
  readonly status: NonNullable<UserImportJobType["Status"]>;
  readonly cloudWatchLogsRoleArn: string;
  readonly passwordHashingAlgorithm?: UserImportJobType["PasswordHashingAlgorithm"] | undefined;
  readonly startedAt?: number | undefined;
  readonly completedAt?: number | undefined;
  readonly importedUsers: number;
  readonly skippedUsers: number;
  readonly failedUsers: number;
  readonly completionMessage?: string | undefined;
  readonly createdAt: number;
}
