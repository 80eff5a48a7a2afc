import { noPasswordPolicy, passwordPolicyOf, setPasswordPolicy } from "../../logins/index.ts";
import type { IamOperation } from "../../operation.ts";

/** Deletes the account's own password policy, so that IAM's default applies. @throws NoSuchEntityException it has none */
export const deleteAccountPasswordPolicy: IamOperation<"DeleteAccountPasswordPolicy"> = async (
  _input,
  context,
) => {
  if ((await passwordPolicyOf(context)) === undefined) throw noPasswordPolicy(context.accountId);
  await setPasswordPolicy(context, undefined);
  return {};
};
