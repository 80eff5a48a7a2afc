import type { Repositories, UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { signInNamesOf } from "./sign-in-names.ts";

/**
 * Takes the verified addresses that are to be a user's aliases away from whoever has them: theirs become unverified. Belongs
 * into one transaction with the write that gives them to the user.
 *
 * @param user as it is to be written
 * @param now milliseconds
 * @see API Reference, "AdminCreateUser" and "ConfirmSignUp", ForceAliasCreation
 */
export async function takeOverAliases(
  { users }: Pick<Repositories, "users">,
  pool: UserPoolRecord,
  user: UserRecord,
  now: number,
): Promise<void> {
  const { AliasAttributes = [] } = pool.settings;
  for (const { kind, key } of user.signInNames) {
    if ((kind !== "email" && kind !== "phone_number") || !AliasAttributes.includes(kind)) continue;
    const holder = await users.find(pool.id, key);
    const holdsAlias = holder?.signInNames.some((name) => name.kind === kind && name.key === key);
    if (!holder || !holdsAlias || holder.sub === user.sub) continue;
    await users.update(pool.id, holder.sub, (current) => {
      const attributes = { ...current.attributes, [`${kind}_verified`]: "false" };
      return {
        ...current,
        attributes,
        signInNames: signInNamesOf(pool, current.username, attributes),
        lastModifiedAt: now,
      };
    });
  }
}
