import type { Operation } from "../../operation.ts";
import { checkHistory, checkPassword, makePassword, withPassword } from "../../passwords/index.ts";
import { requirePool } from "../../pools/index.ts";
import { requireUser, unknownUser } from "../../users/index.ts";

/**
 * Sets a user's password, whatever their state: for good, which confirms the user, or until the user replaces it at the
 * next sign-in. Nobody is told of it, and tokens that the user holds stay valid.
 *
 * @throws UserNotFoundException there is no user of that username, alias or `sub`
 * @throws InvalidPasswordException the password breaks the pool's policy
 * @throws PasswordHistoryPolicyViolationException the user had the password before, and it is to be for good
 * @see API Reference, "AdminSetUserPassword"
 */
export const adminSetUserPassword: Operation<"AdminSetUserPassword"> = async (
  input,
  { store, clock, crypto },
) => {
  const pool = await requirePool(store, input.UserPoolId);
  checkPassword(pool, input.Password, "other");
  const user = await requireUser(store, pool, input.Username);
  const temporary = !input.Permanent;
  if (!temporary) await checkHistory(crypto, pool, user, input.Password);

  const now = clock.now();
  const password = await makePassword(crypto, pool, user.username, input.Password, { now, temporary });
  const changed = await store.users.update(pool.id, user.sub, (current) => ({
    ...withPassword(pool, current, password),
    status: temporary ? "FORCE_CHANGE_PASSWORD" : "CONFIRMED",
    lastModifiedAt: now,
  }));
  if (!changed) throw unknownUser();
  return {};
};
