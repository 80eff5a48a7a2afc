import type { AuthEventType } from "../../api-model/index.ts";

/** Something that a user did, as AdminListUserAuthEvents shows it. */
export interface AuthEventRecord {
  readonly poolId: string;
  readonly sub: string;
  readonly id: string;
  /** In the words of the API. */
  readonly event: Omit<AuthEventType, "EventId" | "CreationDate">;
  /** Facts beside the event that the risk of later sign-ins depends on. */
  readonly signals?: AuthEventSignals | undefined;
  readonly createdAt: number;
}

interface AuthEventSignals {
  /** Browser and system without versions. */
  readonly agent?: string;
  /** Of the app's device data. */
  readonly deviceId?: string;
  readonly clientId?: string;
  /** Whether the app said where the user's request came from. */
  readonly hasContextData?: true;
}
