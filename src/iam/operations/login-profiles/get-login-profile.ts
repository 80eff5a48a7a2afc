import { noSuchLoginProfile } from "../../logins/index.ts";
import type { IamOperation } from "../../operation.ts";
import { requireUser, userNameOr } from "../../principals/index.ts";

/** Shows whether and since when a user has a password for the console. @throws NoSuchEntityException */
export const getLoginProfile: IamOperation<"GetLoginProfile"> = async (input, context) => {
  const { store, accountId } = context;
  const { name, login } = await requireUser(store.iam, accountId, userNameOr(input.UserName, context));
  if (!login) throw noSuchLoginProfile(name);
  return {
    LoginProfile: {
      UserName: name,
      CreateDate: login.createdAt,
      PasswordResetRequired: login.passwordResetRequired,
    },
  };
};
