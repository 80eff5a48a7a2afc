import type { Repositories, UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { allowedFirstFactors } from "../mfa/index.ts";
import { relyingPartyId } from "./relying-party.ts";

/** Whether a user can sign in with a passkey. For pools without passkeys there is no query. */
export async function hasPasskey(
  repositories: Pick<Repositories, "passkeys" | "domains">,
  pool: UserPoolRecord,
  { sub }: UserRecord,
): Promise<boolean> {
  if (!allowedFirstFactors(pool).includes("WEB_AUTHN")) return false;
  if ((await relyingPartyId(repositories, pool)) === undefined) return false;
  const { items } = await repositories.passkeys.listOfUser(pool.id, sub, { limit: 1 });
  return items.length > 0;
}
