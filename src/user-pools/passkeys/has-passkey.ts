import type { Repositories, UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { allowedFirstFactors } from "../mfa/index.ts";

/** Whether a user can sign in with a passkey. Pools that allow none are not asked for them. */
export async function hasPasskey(
  { passkeys }: Pick<Repositories, "passkeys">,
  pool: UserPoolRecord,
  { sub }: UserRecord,
): Promise<boolean> {
  if (!allowedFirstFactors(pool).includes("WEB_AUTHN")) return false;
  const { items } = await passkeys.listOfUser(pool.id, sub, { limit: 1 });
  return items.length > 0;
}
