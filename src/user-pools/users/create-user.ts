/**
 * Creating a user: one function for every occasion.
 */
import {
  type AttributeType,
  InvalidParameterException,
  UsernameExistsException,
} from "../../api-model/index.ts";
import { newSub } from "../../ids.ts";
import {
  AlreadyExists,
  type AppClientRecord,
  OwnerMissing,
  type Repositories,
  type UserPoolRecord,
  type UserRecord,
  type UserStatus,
} from "../../storage/index.ts";
import { checkNewAttributes, checkWritable } from "../attributes/index.ts";
import type { Environment } from "../environment.ts";
import { makePassword } from "../passwords/index.ts";
import { unknownPool } from "../pools/index.ts";
import type { RequestContext } from "../request-context.ts";
import { newAttributes } from "./apply-attributes.ts";
import { asSignInNameError, takeOverAliases } from "./name-conflicts.ts";
import { preSignUp } from "./pre-sign-up.ts";
import { normalizeUsername, signInNamesOf } from "./sign-in-names.ts";
import { checkUsername } from "./usernames.ts";

/** The occasion of a new user. */
export type CreationOccasion =
  | { readonly kind: "SignUp" | "ExternalProvider" | "UserMigration"; readonly client: AppClientRecord }
  | { readonly kind: "AdminCreateUser" | "Import" };

export interface NewUser {
  readonly occasion: CreationOccasion;
  readonly pool: UserPoolRecord;
  /** As typed: where addresses name users, the address. */
  readonly username: string;
  readonly attributes: readonly AttributeType[];
  readonly status: UserStatus;
  /** Has passed the pool's policy, where the occasion holds it to that. Undefined for a user without a password. */
  readonly password?: { readonly text: string; readonly temporary: boolean } | undefined;
  /** Whether verified addresses that are aliases of other users become this user's. */
  readonly takesOverAliases?: boolean | undefined;
  /** The `sub`; a new one when left out. */
  readonly sub?: string | undefined;
  /** The attribute `identities` of a user of an external provider. */
  readonly identities?: string | undefined;
  /** For the PreSignUp trigger alone. */
  readonly validationData?: readonly AttributeType[] | undefined;
  /** Further checks of the occasion on the attributes by full name; throws to refuse, before anything is written. */
  readonly accept?: ((attributes: Readonly<Record<string, string>>) => void) | undefined;
  /** Preparation before the user is written; it runs when nothing has refused them. */
  readonly prepare?: (() => Promise<void>) | undefined;
  /** Given the user as they will be, what else is written in the same step. */
  readonly alongside?: ((user: UserRecord) => (repositories: Repositories) => Promise<void>) | undefined;
}

export interface CreationContext
  extends Pick<Environment, "store" | "clock" | "random" | "crypto" | "triggers" | "events"> {
  readonly request: RequestContext;
}

/**
 * Creates a user.
 *
 * @throws InvalidParameterException the username or an attribute does not fit the pool's settings
 * @throws NotAuthorizedException the app client of a sign-up may not write an attribute
 * @throws UsernameExistsException another user has the username, address or alias
 */
export async function createUser(given: NewUser, context: CreationContext): Promise<UserRecord> {
  const { occasion, pool, password } = given;
  const isSignUp = occasion.kind === "SignUp";
  const isExternal = occasion.kind === "ExternalProvider";
  const { namedBy, attributes: named } = withUsernameAttribute(given);
  if (isSignUp) checkWritable(pool, occasion.client, given.attributes);
  checkNewAttributes(pool, named, { requireRequired: isSignUp || occasion.kind === "Import" });
  const asked = newAttributes(named, { withFlags: isSignUp || isExternal });
  given.accept?.(asked);

  const sub = given.sub ?? newSub(context.random);
  const username = namedBy === undefined ? normalizeUsername(pool, given.username) : sub;
  const verdict = await preSignUp(given, username, asked, context);
  const attributes = {
    ...asked,
    ...verdict.verified,
    ...(given.identities !== undefined && { identities: given.identities }),
  };
  const now = context.clock.now();
  const user: UserRecord = {
    poolId: pool.id,
    sub,
    username,
    status: verdict.isConfirmed ? "CONFIRMED" : given.status,
    enabled: true,
    attributes,
    signInNames: signInNamesOf(pool, username, attributes),
    ...(password !== undefined && {
      password: await makePassword(context.crypto, pool, username, password.text, {
        now,
        temporary: password.temporary,
      }),
    }),
    createdAt: now,
    lastModifiedAt: now,
  };
  await given.prepare?.();
  // An address that the trigger verifies becomes the user's, also if another user had it.
  const takesOverAliases = given.takesOverAliases || Object.keys(verdict.verified).length > 0;
  await insertUser({ ...given, takesOverAliases }, user, context);
  context.events.publish("userCreated", { poolId: pool.id, occasion: occasion.kind });
  return user;
}

async function insertUser(
  { occasion, pool, takesOverAliases: takesOver, alongside }: NewUser,
  user: UserRecord,
  { store }: CreationContext,
): Promise<void> {
  const writeOthers = alongside?.(user);
  const during = occasion.kind === "AdminCreateUser" ? "adminCreateUser" : "signUp";
  try {
    await store.transaction(async (repositories) => {
      if (takesOver) await takeOverAliases(repositories, pool, user, user.createdAt);
      await repositories.users.insert(user);
      await writeOthers?.(repositories);
    });
  } catch (error) {
    if (error instanceof OwnerMissing) throw unknownPool(pool.id);
    if (error instanceof AlreadyExists) {
      throw new UsernameExistsException("User account already exists", { cause: error });
    }
    throw asSignInNameError(error, during);
  }
}

/** The attributes of the request; where the username is an address it is one of them. */
export function withUsernameAttribute({
  occasion,
  pool,
  username,
  attributes,
}: Pick<NewUser, "occasion" | "pool" | "username" | "attributes">): {
  namedBy: "email" | "phone_number" | undefined;
  attributes: readonly AttributeType[];
} {
  // Users of providers are named after them, whatever names local users.
  const namedBy = occasion.kind === "ExternalProvider" ? undefined : checkUsername(pool, username);
  if (namedBy === undefined) return { namedBy, attributes };
  const value = attributes.findLast(({ Name }) => Name === namedBy)?.Value || username;
  if (normalizeUsername(pool, value) !== normalizeUsername(pool, username)) {
    // As observed for email on a real pool (jagregory/cognito-local#102); phone numbers by analogy.
    const name = namedBy === "email" ? "email" : "phone number";
    throw new InvalidParameterException(
      `User ${name} should be empty or same as username, since username attribute is ${name}`,
    );
  }
  const others = attributes.filter(({ Name }) => Name !== namedBy);
  return { namedBy, attributes: [{ Name: namedBy, Value: value }, ...others] };
}
