import type { AuthFlowType } from "../../api-model/index.ts";
import type { Flow } from "./flow.ts";
import { adminUserPasswordAuth } from "./flows/admin-user-password-auth.ts";
import { customAuth } from "./flows/custom-auth.ts";
import { refreshTokenAuth } from "./flows/refresh-token-auth.ts";
import { userAuth } from "./flows/user-auth.ts";
import { userPasswordAuth } from "./flows/user-password-auth.ts";
import { userSrpAuth } from "./flows/user-srp-auth.ts";

/** Every flow by its names on the wire. */
export const flows: { readonly [Name in AuthFlowType]: Flow } = {
  USER_PASSWORD_AUTH: userPasswordAuth,
  ADMIN_USER_PASSWORD_AUTH: adminUserPasswordAuth,
  // The name from before 2019. Both names are accepted from a client that allows either.
  ADMIN_NO_SRP_AUTH: adminUserPasswordAuth,
  USER_SRP_AUTH: userSrpAuth,
  REFRESH_TOKEN_AUTH: refreshTokenAuth,
  REFRESH_TOKEN: refreshTokenAuth,
  CUSTOM_AUTH: customAuth,
  USER_AUTH: userAuth,
};
