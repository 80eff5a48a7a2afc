import { matchesPassword } from "../../passwords/index.ts";
import type { TestContext } from "../../testing.ts";

/** Whether a user has this password, temporary or not. */
export async function hasPassword(
  { store, crypto }: TestContext,
  UserPoolId: string,
  username: string,
  password: string,
): Promise<boolean> {
  const pool = await store.pools.get(UserPoolId);
  if (!pool) throw new Error("There is no pool.");
  return matchesPassword(crypto, pool, await store.users.find(UserPoolId, username), password);
}
