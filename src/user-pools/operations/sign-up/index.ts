/**
 * The operations by which users sign up. Their rules are in `src/user-pools/confirmation.ts`, `codes` and `users`.
 */
import type { OperationTable } from "../../operation.ts";
import { confirmSignUp } from "./confirm-sign-up.ts";
import { resendConfirmationCode } from "./resend-confirmation-code.ts";
import { signUp } from "./sign-up.ts";

export const signUpOperations = {
  ConfirmSignUp: confirmSignUp,
  ResendConfirmationCode: resendConfirmationCode,
  SignUp: signUp,
} satisfies Partial<OperationTable>;
