import type { UserPoolRecord, UserRecord } from "../../../storage/index.ts";
import type { OperationContext } from "../../operation.ts";
import { unknownUser } from "../../users/index.ts";

/**
 * Changes the user who bears an access token, as one step.
 *
 * @param change pure, since it can run again; given the pool and the user as they were when the token was verified
 */
export async function changeBearer(
  accessToken: string,
  { store, tokens }: OperationContext,
  change: (pool: UserPoolRecord, user: UserRecord) => (current: UserRecord) => UserRecord,
): Promise<void> {
  const { pool, user } = await tokens.verifyAccessToken(accessToken);
  const changed = await store.users.update(pool.id, user.sub, change(pool, user));
  if (changed === undefined) throw unknownUser();
}
