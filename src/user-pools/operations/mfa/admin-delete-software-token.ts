import { withoutFactor, withoutTotp } from "../../mfa/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { changeUser } from "../../users/index.ts";

/**
 * Deletes a user's authenticator app, and removes it from their factors and their preference. A user without one is no error.
 *
 * @throws ResourceNotFoundException there is no such pool
 * @throws UserNotFoundException there is no user of that username, alias or `sub`
 * @see API Reference, "AdminDeleteSoftwareToken"
 */
export const adminDeleteSoftwareToken: Operation<"AdminDeleteSoftwareToken"> = async (input, { store }) => {
  const pool = await requirePool(store, input.UserPoolId);
  await changeUser(store, pool, input.Username, (user) =>
    withoutFactor(withoutTotp(user), "SOFTWARE_TOKEN_MFA"),
  );
  return {};
};
