/**
 * The operations on users' sessions. Their rules are in `src/user-pools/sessions`.
 */
import type { OperationTable } from "../../operation.ts";
import { adminListUserSessions } from "./admin-list-user-sessions.ts";
import { adminRevokeUserSession } from "./admin-revoke-user-session.ts";
import { getUserPoolClientSessionConfiguration } from "./get-user-pool-client-session-configuration.ts";
import { getUserPoolSessionConfiguration } from "./get-user-pool-session-configuration.ts";
import { listUserSessions } from "./list-user-sessions.ts";
import { revokeUserSession } from "./revoke-user-session.ts";
import { setUserPoolClientSessionConfiguration } from "./set-user-pool-client-session-configuration.ts";
import { setUserPoolSessionConfiguration } from "./set-user-pool-session-configuration.ts";

export const sessionOperations = {
  AdminListUserSessions: adminListUserSessions,
  AdminRevokeUserSession: adminRevokeUserSession,
  GetUserPoolClientSessionConfiguration: getUserPoolClientSessionConfiguration,
  GetUserPoolSessionConfiguration: getUserPoolSessionConfiguration,
  ListUserSessions: listUserSessions,
  RevokeUserSession: revokeUserSession,
  SetUserPoolClientSessionConfiguration: setUserPoolClientSessionConfiguration,
  SetUserPoolSessionConfiguration: setUserPoolSessionConfiguration,
} satisfies Partial<OperationTable>;
