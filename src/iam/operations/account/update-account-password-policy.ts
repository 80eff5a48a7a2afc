import { setPasswordPolicy } from "../../logins/index.ts";
import type { IamOperation } from "../../operation.ts";

/** Sets the account's password policy. An omitted member gets its default, not its earlier value. */
export const updateAccountPasswordPolicy: IamOperation<"UpdateAccountPasswordPolicy"> = async (
  input,
  context,
) => {
  await setPasswordPolicy(context, {
    MinimumPasswordLength: input.MinimumPasswordLength ?? 6,
    RequireSymbols: input.RequireSymbols ?? false,
    RequireNumbers: input.RequireNumbers ?? false,
    RequireUppercaseCharacters: input.RequireUppercaseCharacters ?? false,
    RequireLowercaseCharacters: input.RequireLowercaseCharacters ?? false,
    AllowUsersToChangePassword: input.AllowUsersToChangePassword ?? false,
    MaxPasswordAge: input.MaxPasswordAge,
    PasswordReusePrevention: input.PasswordReusePrevention,
    HardExpiry: input.HardExpiry,
  });
  return {};
};
