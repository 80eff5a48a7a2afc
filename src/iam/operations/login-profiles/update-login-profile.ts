import { checkNewPassword, hashPassword, noSuchLoginProfile, passwordPolicyOf } from "../../logins/index.ts";
import type { IamOperation } from "../../operation.ts";
import { noSuchUser } from "../../principals/index.ts";

/** Changes a user's password for the console. @throws NoSuchEntityException @throws PasswordPolicyViolationException */
export const updateLoginProfile: IamOperation<"UpdateLoginProfile"> = async (input, context) => {
  const { directory, accountId, clock } = context;
  const { UserName, Password, PasswordResetRequired } = input;
  if (Password !== undefined) checkNewPassword(Password, await passwordPolicyOf(context));
  const newHash = Password === undefined ? undefined : await hashPassword(Password, context);
  await directory.change(async (iam) => {
    const updated = await iam.users.update(accountId, UserName, (user) => {
      if (!user.login) throw noSuchLoginProfile(user.name);
      const { login } = user;
      return {
        ...user,
        login: {
          ...login,
          ...(newHash === undefined ? {} : { passwordHash: newHash, changedAt: clock.now() }),
          passwordResetRequired: PasswordResetRequired ?? login.passwordResetRequired,
        },
      };
    });
    if (!updated) throw noSuchUser(UserName);
  });
  return {};
};
