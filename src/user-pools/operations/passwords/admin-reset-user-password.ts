import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { CAN_BE_RESET, startRecovery } from "../../recovery.ts";
import { requireUser } from "../../users/index.ts";

/**
 * Invalidates a user's password and sends the user a code that sets another one. The user's tokens stay valid.
 *
 * @throws UserNotFoundException there is no user of that username, alias or `sub`
 * @throws NotAuthorizedException the user is disabled, or has no password of their own
 * @throws InvalidParameterException the user has no verified address that the pool sends such codes to, or the message was not
 *   taken for delivery: the password is reset all the same
 * @see API Reference, "AdminResetUserPassword"
 */
export const adminResetUserPassword: Operation<"AdminResetUserPassword"> = async (input, context) => {
  const pool = await requirePool(context.store, input.UserPoolId);
  const user = await requireUser(context.store, pool, input.Username);
  const lastModifiedAt = context.clock.now();
  await startRecovery(pool, user, context, {
    from: CAN_BE_RESET,
    change: (current) => ({ ...current, status: "RESET_REQUIRED", lastModifiedAt }),
    sending: { clientId: null },
  });
  return {};
};
