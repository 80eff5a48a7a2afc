/**
 * The operations on the tokens of a sign-in: renewal, revocation, global sign-out.
 */
import type { OperationTable } from "../../operation.ts";
import { adminUserGlobalSignOut } from "./admin-user-global-sign-out.ts";
import { getTokensFromRefreshToken } from "./get-tokens-from-refresh-token.ts";
import { globalSignOut } from "./global-sign-out.ts";
import { revokeToken } from "./revoke-token.ts";

export const tokenOperations = {
  GetTokensFromRefreshToken: getTokensFromRefreshToken,
  RevokeToken: revokeToken,
  GlobalSignOut: globalSignOut,
  AdminUserGlobalSignOut: adminUserGlobalSignOut,
} satisfies Partial<OperationTable>;
