/** The purpose of a confirmation code. A user has at most one code for each. */
export type CodePurpose = "ForgotPassword" | "SignUp" | "VerifyEmail" | "VerifyPhoneNumber";

/** An address as it was when a code was sent to it. */
export interface CodeDestination {
  readonly attribute: "email" | "phone_number";
  readonly value: string;
}

/** A confirmation code on its way to a user. */
export interface CodeRecord {
  readonly poolId: string;
  readonly sub: string;
  readonly purpose: CodePurpose;
  /** *Sealed.* */
  readonly code: string;
  /** *Sealed.* */
  readonly sentTo: CodeDestination;
  /** The codes before it that a sign-up was sent, the newest first. *Sealed.* */
  readonly replaced?: readonly string[] | undefined;
  readonly expiresAt: number;
}
