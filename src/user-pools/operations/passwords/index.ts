/**
 * The operations that change the password of a user: those of users, and the one by which an administrator makes them change it.
 * Their rules are in `src/user-pools/recovery`, `codes` and `passwords`.
 */
import type { OperationTable } from "../../operation.ts";
import { adminResetUserPassword } from "./admin-reset-user-password.ts";
import { changePassword } from "./change-password.ts";
import { confirmForgotPassword } from "./confirm-forgot-password.ts";
import { forgotPassword } from "./forgot-password.ts";

export const passwordOperations = {
  AdminResetUserPassword: adminResetUserPassword,
  ChangePassword: changePassword,
  ConfirmForgotPassword: confirmForgotPassword,
  ForgotPassword: forgotPassword,
} satisfies Partial<OperationTable>;
