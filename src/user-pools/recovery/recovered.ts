import type { PasswordRecord, UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { withPassword } from "../passwords/index.ts";
import { disabledUser } from "../sign-in/index.ts";
import { CAN_RECOVER, notInThisState } from "./states.ts";

/**
 * The user after they set another password by a code: confirmed, and free of a lockout. Their tokens stay as they are.
 *
 * @param now milliseconds
 * @throws NotAuthorizedException the user is disabled, or came into another state since the code was sent
 */
export function recovered(
  pool: UserPoolRecord,
  user: UserRecord,
  password: PasswordRecord,
  now: number,
): UserRecord {
  if (!user.enabled) throw disabledUser();
  if (!CAN_RECOVER.includes(user.status)) throw notInThisState();
  const { failedSignIns: _, ...others } = user;
  return { ...withPassword(pool, others, password), status: "CONFIRMED", lastModifiedAt: now };
}
