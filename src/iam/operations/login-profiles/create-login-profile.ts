import { EntityAlreadyExistsException, ValidationError } from "../../errors.ts";
import { checkNewPassword, hashPassword, passwordPolicyOf } from "../../logins/index.ts";
import type { IamOperation } from "../../operation.ts";
import { requireUser, userNameOr } from "../../principals/index.ts";

/**
 * Gives a user a password for the console.
 *
 * @throws NoSuchEntityException
 * @throws EntityAlreadyExistsException the user has one
 * @throws PasswordPolicyViolationException
 */
export const createLoginProfile: IamOperation<"CreateLoginProfile"> = async (input, context) => {
  const { directory, accountId, clock } = context;
  const userName = userNameOr(input.UserName, context);
  // Optional in the model, for root sessions that change their own.
  const { Password: password } = input;
  if (password === undefined) throw new ValidationError("Password must be specified.");
  checkNewPassword(password, await passwordPolicyOf(context));
  const login = {
    passwordHash: await hashPassword(password, context),
    createdAt: clock.now(),
    passwordResetRequired: input.PasswordResetRequired ?? false,
  };
  const user = await directory.change(async (iam) => {
    const { name, login: present } = await requireUser(iam, accountId, userName);
    if (present) throw new EntityAlreadyExistsException(`Login Profile for user ${name} already exists.`);
    await iam.users.update(accountId, name, (current) => ({ ...current, login }));
    return { name };
  });
  return {
    LoginProfile: {
      UserName: user.name,
      CreateDate: login.createdAt,
      PasswordResetRequired: login.passwordResetRequired,
    },
  };
};
