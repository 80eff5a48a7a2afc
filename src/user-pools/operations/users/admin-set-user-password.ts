import type { Operation } from "../../operation.ts";
import { checkHistory, checkPassword, makePassword, withPassword } from "../../passwords/index.ts";
import { requirePool } from "../../pools/index.ts";
import { requireUser, unknownUser } from "../../users/index.ts";

/**
 * Sets a user's password, in any state: permanently, which confirms the user, or until the user replaces it at the
 * next sign-in. No message is sent, and the user's tokens stay valid.
 *
 * @throws UserNotFoundException there is no user of that username, alias or `sub`
 * @throws InvalidPasswordException the password breaks the pool's policy
 * @throws PasswordHistoryPolicyViolationException the password is permanent and in the user's history
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
