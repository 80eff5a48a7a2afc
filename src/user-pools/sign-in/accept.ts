import {
  isSamePassword,
  OwnerMissing,
  type Repositories,
  type SignInRecord,
  type UserRecord,
} from "../../storage/index.ts";
import { unknownClient } from "../app-clients/index.ts";
import { tracking } from "../sessions/index.ts";
import { asSignInNameError } from "../users/index.ts";
import type { SignInContext, SignInDevice, UserAttempt } from "./attempt.ts";
import type { Ticket } from "./challenge.ts";
import { disabledUser, lockedOut, wrongCredentials } from "./errors.ts";
import { isLockedOut } from "./lockout.ts";
import { noteSignIn } from "./sign-in-device.ts";
import { userDeletedMeanwhile, userWithFailures } from "./user-state.ts";

/** The effects of an accepted answer. */
interface Acceptance {
  readonly attempt: UserAttempt;
  /** Pure. */
  readonly change: ((user: UserRecord) => UserRecord) | undefined;
  /** Absent when the request began the sign-in. */
  readonly ticket: Ticket | undefined;
  /** The sign-in, where nothing is left to be answered. */
  readonly signIn?: SignInRecord;
  readonly device?: SignInDevice | undefined;
  /** Of a pool that tracks sessions: how many a user may have. */
  readonly maxSessions?: number | undefined;
}

/**
 * Applies an accepted answer as one step: its ticket is used up, the user changed and the sign-in recorded, or none of
 * these. Of several answers to one challenge at most one succeeds.
 *
 * The user is read again here. While a password is checked, as many others as a server has connections can be tried,
 * and a right one among too many wrong ones must be refused too. If nothing has to be written, as after a password that
 * another challenge follows, the check is all.
 *
 * @returns the user as changed
 */
export async function accept(
  { attempt, change, ticket, signIn, device, maxSessions }: Acceptance,
  { store, clock, request }: SignInContext,
): Promise<UserRecord> {
  const now = clock.now();
  // Nothing is loaded in a transaction, which others wait for.
  const sessions = maxSessions === undefined ? undefined : { maxSessions, ...(await tracking()) };
  const changeUnlessRefused = (user: UserRecord) => {
    if (isLockedOut(user.failedSignIns, now)) throw lockedOut();
    if (!user.enabled) throw disabledUser();
    if (hasOtherPassword(attempt, user)) throw wrongCredentials();
    const changed = change === undefined ? user : change(user);
    return signIn === undefined ? changed : withoutFailures(changed);
  };
  const writesNothing = [change, ticket, signIn, device].every((effect) => effect === undefined);
  if (writesNothing) {
    const user = await userWithFailures(store, attempt.pool.id, attempt.user.sub);
    if (user === undefined) throw userDeletedMeanwhile(attempt.client);
    return changeUnlessRefused(user);
  }
  const work = async ({ usedTickets, users, signIns, devices, signInAttempts }: Repositories) => {
    if (ticket !== undefined && !(await usedTickets.use(ticket.id, ticket.expiresAt))) throw ticket.used();
    const user = await users.update(attempt.pool.id, attempt.user.sub, changeUnlessRefused);
    if (user === undefined) throw userDeletedMeanwhile(attempt.client);
    if (signIn !== undefined) {
      await sessions?.evictSessions({ signIns }, signIn, sessions.maxSessions, now);
      await signIns.insert(signIn);
    }
    if (device !== undefined) {
      const at = { now, ipAddress: request.sourceIp };
      await noteSignIn({ devices, signInAttempts }, attempt.pool.id, device, at);
    }
    return user;
  };
  try {
    return await store.transaction(work);
  } catch (error) {
    // The user and so their pool were there, in the same transaction: it is the client that was deleted meanwhile.
    if (error instanceof OwnerMissing) throw unknownClient(attempt.client.id);
    throw asSignInNameError(error);
  }
}

/** Whether a password was proved that is no longer the user's. */
function hasOtherPassword({ proved, user: before }: UserAttempt, { password }: UserRecord): boolean {
  return proved.includes("password") && !isSamePassword(password, before.password);
}

/** A successful sign-in forgets earlier failures. Users without any, which is nearly all, are not written for it. */
function withoutFailures(user: UserRecord): UserRecord {
  if (user.failedSignIns === undefined) return user;
  const { failedSignIns: _, ...rest } = user;
  return rest;
}
