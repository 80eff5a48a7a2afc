import { InvalidUserTypeException } from "../../errors.ts";
import { changeOwnPassword } from "../../logins/index.ts";
import type { IamOperation } from "../../operation.ts";

/**
 * Lets an IAM user change their own password for the console.
 *
 * @throws InvalidUserTypeException the caller is not an IAM user
 * @throws NoSuchEntityException the user has no password
 * @throws AccessDenied the old password is wrong
 * @throws PasswordPolicyViolationException
 */
export const changePassword: IamOperation<"ChangePassword"> = async (input, context) => {
  const { caller } = context;
  if (caller.kind !== "user")
    throw new InvalidUserTypeException("Only IAM Users can change their own password.");
  await changeOwnPassword(caller.name, input.OldPassword, input.NewPassword, context);
  return {};
};
