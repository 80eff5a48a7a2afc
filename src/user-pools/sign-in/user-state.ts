/**
 * Which users may sign in, before and after they have proved something.
 *
 * @see Developer Guide, "Signing up and confirming user accounts"; "Managing user existence error responses"
 */
import { type AuthFlowType, NotAuthorizedException } from "../../api-model/index.ts";
import type { AppClientRecord, Store, UserRecord } from "../../storage/index.ts";
import { hidesUserExistence } from "../app-clients/index.ts";
import { migrateUser } from "../migration.ts";
import { isTemporaryPasswordExpired } from "../passwords/index.ts";
import { changeUnknownName, unknownNameCounts } from "../unknown-names.ts";
import { findUser, unknownUser } from "../users/index.ts";
import type { Attempt, BeginRequest, Parameters, SignInContext, UserAttempt } from "./attempt.ts";
import type { Failed } from "./challenge.ts";
import { disabledUser, lockedOut, passwordWasReset, unconfirmedUser, wrongCredentials } from "./errors.ts";
import { isLockedOut, withOneMoreFailure } from "./lockout.ts";

/** Flows whose first request has the password. */
const PASSWORD_FLOWS: ReadonlySet<AuthFlowType> = new Set([
  "USER_PASSWORD_AUTH",
  "ADMIN_USER_PASSWORD_AUTH",
  "ADMIN_NO_SRP_AUTH",
]);

/**
 * Finds the user that a sign-in is for. The UserMigration trigger may return a user who is not in the pool.
 *
 * @returns undefined when there is none and the client must not learn that
 * @throws UserNotFoundException there is none, and the app client does not hide that; or the UserMigration trigger gave a user that
 *   cannot be created
 */
export async function identify(
  { pool, client, flow, name, given }: BeginRequest,
  context: SignInContext,
): Promise<UserRecord | undefined> {
  const found = await findUser(context.store, pool, name);
  const password = sentPassword(flow, given);
  const isMigrated = found === undefined && password !== undefined;
  const user = isMigrated ? await migrateUser({ pool, client, username: name, password }, context) : found;
  if (user === undefined && !hidesUserExistence(client)) throw unknownUser();
  return user;
}

/**
 * The password of the first request, which a UserMigration trigger needs.
 *
 * @see Developer Guide, "Migrate user Lambda trigger": "at sign-in with a password", and not for passwordless sign-in
 */
function sentPassword(flow: AuthFlowType, { PREFERRED_CHALLENGE, PASSWORD }: Parameters): string | undefined {
  const isChosen = flow === "USER_AUTH" && PREFERRED_CHALLENGE === "PASSWORD";
  return PASSWORD_FLOWS.has(flow) || isChosen ? PASSWORD || undefined : undefined;
}

/**
 * Refuses users whose proof is not checked: those who are locked out, unknown ones too, those who sign in at their provider, and
 * those whose password was reset. A disabled user has the same answers in every state: the reset would lead them nowhere.
 */
export async function refuseBeforeProof(
  { pool, client, channel, user, name, proved }: Attempt,
  { store, clock }: Pick<SignInContext, "store" | "clock">,
): Promise<void> {
  const { failedSignIns } = user ?? (await unknownNameCounts(store, pool, name));
  if (isLockedOut(failedSignIns, clock.now())) throw lockedOut();
  if (user === undefined) return;
  if (user.status === "EXTERNAL_PROVIDER" && channel !== "pages" && !hidesUserExistence(client)) {
    // As observed of SRP in 2019, of a sent password in 2026.
    throw new NotAuthorizedException("User is not authorized to get auth details");
  }
  if (user.status !== "RESET_REQUIRED" || !user.enabled || proved.length > 0) return;
  if (!mustHideReset(user, client)) throw passwordWasReset();
}

/** Whether the password of a user must not be reported as reset. An imported user has none yet; saying so would say that they exist. */
function mustHideReset(user: UserRecord, client: AppClientRecord): boolean {
  const hasNone = user.password === undefined && user.importedPassword === undefined;
  return hasNone && hidesUserExistence(client);
}

/**
 * Refuses a user who has not confirmed their sign-up, whatever their password is, so that apps lead them to the confirmation.
 * The pages check the password first: there, the code of the confirmation signs the user in. A disabled user has the same answers
 * in every state: the confirmation would lead them nowhere.
 *
 * @throws UserNotConfirmedException
 * @see aws/aws-sdk-js#4608, amazon-archives/amazon-cognito-identity-js#288, "this is the intended behavior"
 */
export function refuseUnconfirmed({ channel, user }: Attempt): void {
  if (channel !== "pages" && user?.status === "UNCONFIRMED" && user.enabled) throw unconfirmedUser();
}

/** Rejects users who may not sign in although their proof is right. */
export async function refuseAfterProof(attempt: UserAttempt, context: SignInContext): Promise<void> {
  const refusal = refusalAfterProof(attempt, context.clock.now());
  if (refusal === undefined) return;
  await refuseIfLockedOut(attempt, context);
  throw refusal;
}

function refusalAfterProof({ pool, client, user }: UserAttempt, now: number): Error | undefined {
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
    case "RESET_REQUIRED":
      return mustHideReset(user, client) ? wrongCredentials() : passwordWasReset();
    default:
      return wrongCredentials();
  }
}

/**
 * Refuses a user who was locked out since they were read. It must come before any refusal that reveals a right proof,
 * so that many parallel guesses do not find it. An accepted sign-in is checked again when it is stored.
 */
export async function refuseIfLockedOut(
  { pool, user }: UserAttempt,
  { store, clock }: Pick<SignInContext, "store" | "clock">,
): Promise<void> {
  const current = await userWithFailures(store, pool.id, user.sub);
  if (isLockedOut(current?.failedSignIns, clock.now())) throw lockedOut();
}

/** By store and sub: how many failures are being written. */
const failuresUnderWay = new WeakMap<Store, Map<string, number>>();

/**
 * Reads a user with the failures of all guesses that were judged before. A transaction sees them, but waits for the writes of
 * others; it is only needed where a failure of this user may be under way.
 */
export async function userWithFailures(
  store: Store,
  poolId: string,
  sub: string,
): Promise<UserRecord | undefined> {
  const isOnDisk = !store.isShared && !failuresUnderWay.get(store)?.has(sub);
  return isOnDisk
    ? store.users.getBySub(poolId, sub)
    : store.transaction(({ users }) => users.getBySub(poolId, sub));
}

async function asFailureUnderWay(store: Store, sub: string, write: () => Promise<unknown>): Promise<void> {
  const counts = failuresUnderWay.get(store) ?? new Map<string, number>();
  failuresUnderWay.set(store, counts);
  counts.set(sub, (counts.get(sub) ?? 0) + 1);
  try {
    await write();
  } finally {
    const others = (counts.get(sub) ?? 0) - 1;
    if (others > 0) counts.set(sub, others);
    else counts.delete(sub);
  }
}

/**
 * Counts a failure of the user, or of a name that no user has, and returns the exception. Parallel guesses are counted one
 * after the other. Those after the start of the lockout get no information about the secret.
 */
export async function countFailure(
  { pool, user, name }: Attempt,
  { refusal, counts }: Failed,
  context: SignInContext,
): Promise<Error> {
  if (!counts) return refusal;
  const { store, clock } = context;
  const now = clock.now();
  let wasLockedOut = false;
  const count = <Counted extends Pick<UserRecord, "failedSignIns">>(current: Counted): Counted => {
    wasLockedOut = isLockedOut(current.failedSignIns, now);
    if (wasLockedOut) return current;
    return { ...current, failedSignIns: withOneMoreFailure(current.failedSignIns, now) };
  };
  if (user === undefined) await changeUnknownName(context, pool, name, count);
  else await asFailureUnderWay(store, user.sub, () => store.users.update(pool.id, user.sub, count));
  return wasLockedOut ? lockedOut() : refusal;
}

/** The refusal for a user who was deleted while they signed in. */
export function userDeletedMeanwhile(client: AppClientRecord) {
  return hidesUserExistence(client) ? wrongCredentials() : unknownUser();
}
