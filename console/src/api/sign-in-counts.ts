/** How many sign-ins a pool had, by hour. */
import { control } from "./control.ts";

export type SignInOutcome = "passed" | "passedAtRisk" | "failed" | "blocked";

export interface SignInCount {
  /** The hour's beginning, in milliseconds since the Unix epoch. */
  readonly hour: number;
  readonly outcome: SignInOutcome;
  readonly signIns: number;
}

/** `now` is the server's, whose clock may be moved. */
export const getSignInCounts = (poolId: string) =>
  control<{ readonly now: number; readonly counts: readonly SignInCount[] }>(
    "GET",
    `user-pools/${encodeURIComponent(poolId)}/sign-ins`,
  );
