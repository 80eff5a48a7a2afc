/**
 * The operations on the account: its password policy, summary and aliases.
 */
import type { IamOperationTable } from "../../operation.ts";
import { deleteAccountPasswordPolicy } from "./delete-account-password-policy.ts";
import { getAccountPasswordPolicy } from "./get-account-password-policy.ts";
import { getAccountSummary } from "./get-account-summary.ts";
import { listAccountAliases } from "./list-account-aliases.ts";
import { updateAccountPasswordPolicy } from "./update-account-password-policy.ts";

export const accountOperations = {
  DeleteAccountPasswordPolicy: deleteAccountPasswordPolicy,
  GetAccountPasswordPolicy: getAccountPasswordPolicy,
  GetAccountSummary: getAccountSummary,
  ListAccountAliases: listAccountAliases,
  UpdateAccountPasswordPolicy: updateAccountPasswordPolicy,
} satisfies IamOperationTable;
