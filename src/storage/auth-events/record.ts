import type { AuthEventType } from "../../api-model/index.ts";

/** Something that a user did, as AdminListUserAuthEvents shows it. */
export interface AuthEventRecord {
  readonly poolId: string;
  readonly sub: string;
  readonly id: string;
  /** In the words of the API. */
  readonly event: Omit<AuthEventType, "EventId" | "CreationDate">;
  readonly createdAt: number;
}
