/**
 * Which users may sign in, before and after they have proved their password.
 *
 * @see Developer Guide, "Signing up and confirming user accounts"; "Managing user existence error responses"
 */
import { NotAuthorizedException } from "../../api-model/index.ts";
import type { AppClientRecord, UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { hidesUserExistence } from "../app-clients/index.ts";
import { isTemporaryPasswordExpired } from "../passwords/index.ts";
import { findUser, normalizeUsername, unknownUser } from "../users/index.ts";
import { disabledUser, lockedOut, passwordWasReset, unconfirmedUser, wrongCredentials } from "./errors.ts";
import { countFailure, isLockedOut } from "./lockout.ts";
import type { Attempt, Party, SignInContext } from "./step.ts";

/**
 * Finds whom a sign-in is for.
 *
 * @returns undefined when there is nobody and the client is not to learn that
 * @throws UserNotFoundException there is nobody, and the client may know
 */
export async function findSigningIn(
  { pool, client }: Party,
  name: string,
  { store }: SignInContext,
): Promise<UserRecord | undefined> {
  const user = await findUser(store, pool, name);
  if (user === undefined && !hidesUserExistence(client)) throw unknownUser();
  return user;
}

/**
 * Refuses users whose password is not even looked at: those who are locked out, and those whose password was reset.
 *
 * @param now milliseconds
 */
export function refuseBeforeProof(client: AppClientRecord, user: UserRecord, now: number): void {
  if (isLockedOut(user.failedSignIns, now)) throw lockedOut();
  if (user.status !== "RESET_REQUIRED") return;
  // An imported user has no password yet; saying so would say that they exist.
  if (user.password === undefined && hidesUserExistence(client)) return;
  throw passwordWasReset();
}

/** Refuses users who may not sign in although their password is right. */
export async function refuseAfterProof(
  { pool, user }: Proved,
  context: Pick<SignInContext, "store" | "clock">,
): Promise<void> {
  const refusal = refusalAfterProof(pool, user, context.clock.now());
  if (refusal === undefined) return;
  await refuseIfLockedOut({ pool, user }, context);
  throw refusal;
}

function refusalAfterProof(pool: UserPoolRecord, user: UserRecord, now: number): Error | undefined {
  if (!user.enabled) return disabledUser();
  switch (user.status) {
    case "CONFIRMED":
      return undefined;
    case "FORCE_CHANGE_PASSWORD":
      return isTemporaryPasswordExpired(pool, user, now)
        ? new NotAuthorizedException("Temporary password has expired and must be reset by an administrator.")
        : undefined;
    case "UNCONFIRMED":
      return unconfirmedUser();
    default:
      return wrongCredentials();
  }
}

/** A user who has proved their password. */
interface Proved {
  readonly pool: UserPoolRecord;
  readonly user: UserRecord;
}

/**
 * Refuses a user who was locked out since they were read: to be asked before any refusal that tells that a password is right,
 * which must not be learnt by guessing many at once. A sign-in that is accepted is asked the same where it is written down.
 */
export async function refuseIfLockedOut(
  { pool, user }: Proved,
  { store, clock }: Pick<SignInContext, "store" | "clock">,
): Promise<void> {
  // In a transaction, so that the failures of guesses that were judged before are seen.
  const current = await store.transaction(({ users }) => users.getBySub(pool.id, user.sub));
  if (isLockedOut(current?.failedSignIns, clock.now())) throw lockedOut();
}

/**
 * Counts a wrong password against the user, if there is one, and gives the exception that says so.
 *
 * Guesses made in parallel are counted one after the other: those that come after the lockout has begun learn nothing of
 * the password.
 */
export async function wrongPassword(
  { pool, user }: Pick<Attempt, "pool" | "user">,
  { store, clock }: SignInContext,
): Promise<NotAuthorizedException> {
  if (user === undefined) return wrongCredentials();
  const now = clock.now();
  let wasLockedOut = false;
  await store.users.update(pool.id, user.sub, (current) => {
    wasLockedOut = isLockedOut(current.failedSignIns, now);
    return wasLockedOut ? current : { ...current, failedSignIns: countFailure(current.failedSignIns, now) };
  });
  return wasLockedOut ? lockedOut() : wrongCredentials();
}

/**
 * Whether the USERNAME of an answer means whom the sign-in is for: by any of the names that find them, or by the name that
 * the sign-in began with.
 */
export function isNameOf(
  pool: UserPoolRecord,
  { name, user }: Pick<Attempt, "name" | "user">,
  given: string,
) {
  const key = normalizeUsername(pool, given);
  if (user === undefined) return key === normalizeUsername(pool, name);
  return (
    key === normalizeUsername(pool, user.sub) || user.signInNames.some((signInName) => signInName.key === key)
  );
}

/** The refusal for a user who was deleted while they signed in. */
export function userDeletedMeanwhile(client: AppClientRecord) {
  return hidesUserExistence(client) ? wrongCredentials() : unknownUser();
}
