import { NotAuthorizedException } from "../../../api-model/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { changeUser } from "../../users/index.ts";

/**
 * Confirms a user who signed up, without a code. Their addresses stay unverified.
 *
 * @throws UserNotFoundException nobody answers to that username, alias or `sub`
 * @throws NotAuthorizedException the user does not wait for confirmation
 * @see API Reference, "AdminConfirmSignUp"
 */
export const adminConfirmSignUp: Operation<"AdminConfirmSignUp"> = async (input, { store, clock }) => {
  const pool = await requirePool(store, input.UserPoolId);
  const now = clock.now();
  await changeUser(store, pool, input.Username, (user) => {
    if (user.status !== "UNCONFIRMED") {
      throw new NotAuthorizedException(`User cannot be confirmed. Current status is ${user.status}`);
    }
    return { ...user, status: "CONFIRMED", lastModifiedAt: now };
  });
  return {};
};
