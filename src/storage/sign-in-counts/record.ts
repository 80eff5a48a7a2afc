/** The outcome of a sign-in. */
export type SignInOutcome = "passed" | "passedAtRisk" | "failed" | "blocked";

/** How many sign-ins of a pool had an outcome in an hour. */
export interface SignInCount {
  /** The hour's beginning, in milliseconds since the Unix epoch. */
  readonly hour: number;
  readonly outcome: SignInOutcome;
  readonly signIns: number;
}
