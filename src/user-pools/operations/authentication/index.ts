/**
 * The operations of signing in and out. The first four are skins over the engine in `sign-in/`.
 */
import type { OperationTable } from "../../operation.ts";
import { adminInitiateAuth } from "./admin-initiate-auth.ts";
import { adminRespondToAuthChallenge } from "./admin-respond-to-auth-challenge.ts";
import { adminUserGlobalSignOut } from "./admin-user-global-sign-out.ts";
import { getTokensFromRefreshToken } from "./get-tokens-from-refresh-token.ts";
import { getUser } from "./get-user.ts";
import { globalSignOut } from "./global-sign-out.ts";
import { initiateAuth } from "./initiate-auth.ts";
import { respondToAuthChallenge } from "./respond-to-auth-challenge.ts";
import { revokeToken } from "./revoke-token.ts";

export const authenticationOperations = {
  InitiateAuth: initiateAuth,
  AdminInitiateAuth: adminInitiateAuth,
  RespondToAuthChallenge: respondToAuthChallenge,
  AdminRespondToAuthChallenge: adminRespondToAuthChallenge,
  RevokeToken: revokeToken,
  GlobalSignOut: globalSignOut,
  AdminUserGlobalSignOut: adminUserGlobalSignOut,
  GetTokensFromRefreshToken: getTokensFromRefreshToken,
  GetUser: getUser,
} satisfies Partial<OperationTable>;
