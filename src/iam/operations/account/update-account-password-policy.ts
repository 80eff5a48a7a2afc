import { setPasswordPolicy } from "../../logins/index.ts";
import type { IamOperation } from "../../operation.ts";

/** Gives the account a password policy. What is left out is back at its default, not at what it was before. */
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
