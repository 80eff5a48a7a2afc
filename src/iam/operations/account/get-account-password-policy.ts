import { noPasswordPolicy, passwordPolicyOf } from "../../logins/index.ts";
import type { IamOperation } from "../../operation.ts";

/** Shows the account's own password policy. @throws NoSuchEntityException it has none, and IAM's default applies */
export const getAccountPasswordPolicy: IamOperation<"GetAccountPasswordPolicy"> = async (_input, context) => {
  const policy = await passwordPolicyOf(context);
  if (policy === undefined) throw noPasswordPolicy(context.accountId);
  return { PasswordPolicy: { ...policy, ExpirePasswords: policy.MaxPasswordAge !== undefined } };
};
