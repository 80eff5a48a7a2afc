/** The report of a test of the connection to an identity provider. Types alone, which the console shares. */

/** The steps of a test, in the order in which a sign-in needs them. */
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

/** `warning`: sign-ins can work, and the administrator should look at it. */
export type StepStatus = "ok" | "warning" | "failed" | "skipped";

export interface Step {
  readonly name: StepName;
  readonly status: StepStatus;
  /** Stable, for programs and translations; absent where there is nothing to say. */
  readonly reason?: string | undefined;
  /** The address that was asked, a date, a status: what the reason is about. */
  readonly detail?: string | undefined;
}

export interface ConnectionReport {
  readonly providerName: string;
  readonly providerType: string;
  /** Whether no step has failed. */
  readonly canSignIn: boolean;
  readonly steps: readonly Step[];
}
