import { type CodeDeliveryDetailsType, InvalidParameterException } from "../../api-model/index.ts";
import type { CodeDestination, UserPoolRecord, UserRecord, UserStatus } from "../../storage/index.ts";
import { makeCode, sendCode } from "../codes/index.ts";
import type { Environment } from "../environment.ts";
import { disabledUser } from "../sign-in/index.ts";
import { unknownUser } from "../users/index.ts";
import { recoveryDestination } from "./destination.ts";
import { notInThisState } from "./states.ts";

export type RecoveryContext = Pick<
  Environment,
  "store" | "clock" | "random" | "fixedCode" | "delivery" | "log"
>;

/**
 * Sends a user a code by which they can set another password. Codes that they were sent before are worth nothing then.
 *
 * @param from the states in which a user may be
 * @param change what else happens to the user in the same step; pure, and may throw to refuse
 * @returns what the caller may be told of where the code went
 * @throws NotAuthorizedException the user is disabled, or in another state
 * @throws InvalidParameterException the user has no address that a code may go to
 * @throws CodeDeliveryFailureException the message was not taken; all else has happened
 */
export async function begin(
  pool: UserPoolRecord,
  user: UserRecord,
  context: RecoveryContext,
  { from, change }: { from: readonly UserStatus[]; change: (user: UserRecord) => UserRecord },
): Promise<CodeDeliveryDetailsType> {
  const code = makeCode(user, "ForgotPassword", requireRecoverable(pool, user, from), context);
  await context.store.transaction(async ({ users, codes }) => {
    const changed = await users.update(pool.id, user.sub, (current) => {
      requireRecoverable(pool, current, from);
      return change(current);
    });
    if (!changed) throw unknownUser();
    await codes.put(code);
  });
  return sendCode(context, pool, user, code);
}

function requireRecoverable(
  pool: UserPoolRecord,
  user: UserRecord,
  states: readonly UserStatus[],
): CodeDestination {
  if (!user.enabled) throw disabledUser();
  if (!states.includes(user.status)) throw notInThisState();
  const destination = recoveryDestination(pool, user);
  if (destination) return destination;
  throw new InvalidParameterException(
    "Cannot reset password for the user as there is no registered/verified email or phone_number",
  );
}
