import { noPasswordPolicy, passwordPolicyOf, setPasswordPolicy } from "../../logins/index.ts";
import type { IamOperation } from "../../operation.ts";

/** Takes the account's own password policy away, so that IAM's default holds. @throws NoSuchEntityException it has none */
export const deleteAccountPasswordPolicy: IamOperation<"DeleteAccountPasswordPolicy"> = async (
  _input,
  context,
) => {
  if ((await passwordPolicyOf(context)) === undefined) throw noPasswordPolicy(context.accountId);
  await setPasswordPolicy(context, undefined);
  return {};
};
