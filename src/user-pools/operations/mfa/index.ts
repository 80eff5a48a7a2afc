/**
 * The operations on a user's second factors. Their rules are in `src/user-pools/mfa` and `sign-in`.
 */
import type { OperationTable } from "../../operation.ts";
import { adminDeleteSoftwareToken } from "./admin-delete-software-token.ts";
import { adminGetUserAuthFactors } from "./admin-get-user-auth-factors.ts";
import { adminSetUserMfaPreference } from "./admin-set-user-mfa-preference.ts";
import { adminSetUserSettings } from "./admin-set-user-settings.ts";
import { associateSoftwareToken } from "./associate-software-token.ts";
import { getUserAuthFactors } from "./get-user-auth-factors.ts";
import { setUserMfaPreference } from "./set-user-mfa-preference.ts";
import { setUserSettings } from "./set-user-settings.ts";
import { verifySoftwareToken } from "./verify-software-token.ts";

export const mfaOperations = {
  AdminDeleteSoftwareToken: adminDeleteSoftwareToken,
  AdminGetUserAuthFactors: adminGetUserAuthFactors,
  AdminSetUserMFAPreference: adminSetUserMfaPreference,
  AdminSetUserSettings: adminSetUserSettings,
  AssociateSoftwareToken: associateSoftwareToken,
  GetUserAuthFactors: getUserAuthFactors,
  SetUserMFAPreference: setUserMfaPreference,
  SetUserSettings: setUserSettings,
  VerifySoftwareToken: verifySoftwareToken,
} satisfies Partial<OperationTable>;
