/** The state of a sign-in between two calls, when it does not fit into the `Session` itself. */
export interface SignInAttemptRecord {
  readonly id: string;
  /** *Sealed.* */
  readonly state: string;
  readonly expiresAt: number;
}
