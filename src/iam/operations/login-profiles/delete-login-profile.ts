import { noSuchLoginProfile } from "../../logins/index.ts";
import type { IamOperation } from "../../operation.ts";
import { noSuchUser, userNameOr } from "../../principals/index.ts";

/** Deletes a user's password for the console; access keys stay. @throws NoSuchEntityException */
export const deleteLoginProfile: IamOperation<"DeleteLoginProfile"> = async (input, context) => {
  const userName = userNameOr(input.UserName, context);
  await context.directory.change(async (iam) => {
    const updated = await iam.users.update(context.accountId, userName, (user) => {
      if (!user.login) throw noSuchLoginProfile(user.name);
      return { ...user, login: undefined };
    });
    if (!updated) throw noSuchUser(userName);
  });
  return {};
};
