import { InvalidUserTypeException } from "../../errors.ts";
import { changeOwnPassword } from "../../logins/index.ts";
import type { IamOperation } from "../../operation.ts";

/**
 * Lets an IAM user change their own password for the console.
 *
 * @throws InvalidUserTypeException the caller is no IAM user
 * @throws NoSuchEntityException they have no password
 * @throws AccessDenied the old password is another
 * @throws PasswordPolicyViolationException
 */
export const changePassword: IamOperation<"ChangePassword"> = async (input, context) => {
  const { caller } = context;
  if (caller.kind !== "user")
    throw new InvalidUserTypeException("Only IAM Users can change their own password.");
  await changeOwnPassword(caller.name, input.OldPassword, input.NewPassword, context);
  return {};
};
