import { postConfirmation, requireUnconfirmed } from "../../confirmation.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { changeUser } from "../../users/index.ts";

/**
 * Confirms a user who signed up, without a code. Their addresses stay unverified.
 *
 * @throws UserNotFoundException there is no user of that username, alias or `sub`
 * @throws NotAuthorizedException the user does not wait for confirmation
 * @throws UserLambdaValidationException the PostConfirmation trigger failed; the user is confirmed all the same
 * @see API Reference, "AdminConfirmSignUp"
 */
export const adminConfirmSignUp: Operation<"AdminConfirmSignUp"> = async (input, context) => {
  const { store, clock } = context;
  const pool = await requirePool(store, input.UserPoolId);
  const now = clock.now();
  const user = await changeUser(store, pool, input.Username, (current) => {
    requireUnconfirmed(current);
    return { ...current, status: "CONFIRMED", lastModifiedAt: now };
  });
  await postConfirmation({ pool, user, clientId: null }, context);
  return {};
};
