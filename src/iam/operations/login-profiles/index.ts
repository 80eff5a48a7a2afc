/**
 * The operations on passwords of IAM users for the console.
 */
import type { IamOperationTable } from "../../operation.ts";
import { changePassword } from "./change-password.ts";
import { createLoginProfile } from "./create-login-profile.ts";
import { deleteLoginProfile } from "./delete-login-profile.ts";
import { getLoginProfile } from "./get-login-profile.ts";
import { updateLoginProfile } from "./update-login-profile.ts";

export const loginProfileOperations = {
  ChangePassword: changePassword,
  CreateLoginProfile: createLoginProfile,
  DeleteLoginProfile: deleteLoginProfile,
  GetLoginProfile: getLoginProfile,
  UpdateLoginProfile: updateLoginProfile,
} satisfies IamOperationTable;
