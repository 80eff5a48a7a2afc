/**
 * Names that two users want: refused, or taken over. In a pool one name finds one user, whatever kind of name it is: the store
 * promises it.
 */
import { AliasExistsException, UsernameExistsException } from "../../api-model/index.ts";
import {
  type Repositories,
  SignInNameTaken,
  type UserPoolRecord,
  type UserRecord,
} from "../../storage/index.ts";
import { signInNamesOf } from "./sign-in-names.ts";

/**
 * Says in the API's words that another user has a sign-in name; passes every other error on.
 *
 * An alias that an administrator gives to a new user makes UsernameExistsException: the API Reference speaks of
 * AliasExistsException there, which AdminCreateUser does not model.
 *
 * @param during what was to give the user the name
 */
export function asSignInNameError(
  error: unknown,
  during: "signUp" | "adminCreateUser" | "update" = "update",
): unknown {
  if (!(error instanceof SignInNameTaken)) return error;
  if (error.kind === "username") {
    return new UsernameExistsException(
      during === "adminCreateUser" ? "User account already exists" : "User already exists",
      { cause: error },
    );
  }
  const message = `An account with the given ${error.kind} already exists.`;
  if (during !== "update") return new UsernameExistsException(message, { cause: error });
  // Recorded 2026-09-24 of a preferred username that is another user's username.
  const isPreferred = error.kind === "preferred_username";
  return new AliasExistsException(isPreferred ? "User account already exists for the alias." : message, {
    cause: error,
  });
}

/**
 * Takes the verified addresses that are to be a user's aliases away from the users who have them, whose addresses become unverified. Belongs
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
