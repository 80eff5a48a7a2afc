import type { Clock } from "../clock.ts";
import { createSignInLimits } from "../console/index.ts";
import { createOldPasswordLimit } from "../iam/index.ts";
import { createFormLimit, createRegistrationLimit } from "../oauth/index.ts";
import { createBuckets } from "../user-pools/index.ts";

/**
 * The limits that are counted in memory, for all processes of a program: N processes must not allow N times as many attempts.
 *
 * @see docs/decisions/0379-limits-of-several-processes.md
 */
export function createLimits(clock: Clock) {
  const signIns = createSignInLimits(clock);
  const oldPasswords = createOldPasswordLimit();
  return {
    takeForm: createFormLimit(),
    takeRegistration: createRegistrationLimit(),
    takeConsoleSignIn: signIns.take,
    consoleSignInNotTried: signIns.notTried,
    consoleSignInSucceeded: signIns.succeeded,
    takeOldPassword: oldPasswords.take,
    oldPasswordNotTried: oldPasswords.notTried,
    oldPasswordSucceeded: oldPasswords.succeeded,
    takeRequest: createBuckets(),
  };
}

export type Limits = ReturnType<typeof createLimits>;
