import { noSuchUser } from "../entities.ts";
import { checkLoginPassword, hashPassword, noSuchLoginProfile } from "../login.ts";
import type { IamOperation } from "../operation.ts";

/** Changes a user's password for the console. @throws NoSuchEntityException @throws PasswordPolicyViolationException */
export const updateLoginProfile: IamOperation<"UpdateLoginProfile"> = async (input, context) => {
  const { directory, accountId, random } = context;
  const { UserName, Password, PasswordResetRequired } = input;
  if (Password !== undefined) checkLoginPassword(Password);
  const newHash = Password === undefined ? undefined : await hashPassword(Password, random);
  await directory.change(async (iam) => {
    const updated = await iam.users.update(accountId, UserName, (user) => {
      if (!user.login) throw noSuchLoginProfile(user.name);
      const { passwordHash, passwordResetRequired, createdAt } = user.login;
      return {
        ...user,
        login: {
          createdAt,
          passwordHash: newHash ?? passwordHash,
          passwordResetRequired: PasswordResetRequired ?? passwordResetRequired,
        },
      };
    });
    if (!updated) throw noSuchUser(UserName);
  });
  return {};
};
