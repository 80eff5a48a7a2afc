/** "Test connection" of an identity provider, which this server carries out. */
import { control } from "./control.ts";

export type StepStatus = "ok" | "warning" | "failed" | "skipped";

export type StepName =
  | "discovery"
  | "endpoints"
  | "keys"
  | "authorization"
  | "credentials"
  | "userInfo"
  | "metadata"
  | "certificates"
  | "signIn"
  | "signOut"
  | "encryption"
  | "clock";

export interface ConnectionStep {
  readonly name: StepName;
  readonly status: StepStatus;
  readonly reason?: string;
  readonly detail?: string;
}

export interface ConnectionReport {
  readonly canSignIn: boolean;
  readonly steps: readonly ConnectionStep[];
}

export const testProvider = (poolId: string, providerName: string) =>
  control<ConnectionReport>(
    "POST",
    `user-pools/${encodeURIComponent(poolId)}/identity-providers/${encodeURIComponent(providerName)}/test`,
  );
