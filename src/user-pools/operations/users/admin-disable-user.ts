import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { changeUser } from "../../users/index.ts";

/**
 * Switches off sign-in for a user, revokes the tokens that they hold and ends their sessions of the pages, or does nothing.
 *
 * @throws UserNotFoundException there is no user of that username, alias or `sub`
 * @see API Reference, "AdminDisableUser"; Developer Guide, "Managing and searching for user accounts"
 */
export const adminDisableUser: Operation<"AdminDisableUser"> = async (input, { store, clock }) => {
  const pool = await requirePool(store, input.UserPoolId);
  const now = clock.now();
  await changeUser(
    store,
    pool,
    input.Username,
    (user) => (user.enabled ? { ...user, enabled: false, lastModifiedAt: now } : user),
    {
      alongside: async ({ signIns, ssoSessions }, { sub }) => {
        await signIns.revokeAllOfUser(pool.id, sub, now);
        // There are some only if the pool tracks sessions.
        const sessions = await ssoSessions.listLiveOfUser(pool.id, sub, now);
        for (const { id } of sessions) await ssoSessions.delete(pool.id, sub, id);
      },
    },
  );
  return {};
};
