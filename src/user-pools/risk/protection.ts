/**
 * The functions of threat protection that the sign-in engine and the operations call. In a pool without threat
 * protection each call is one comparison. The code behind them is loaded with the first call for a pool that has it.
 */
import { lazy } from "../../lazy.ts";
import type { UserPoolRecord } from "../../storage/index.ts";
import { writeAsIfForUser } from "../codes/index.ts";
import type { Environment } from "../environment.ts";
import { isProtected, protectionMode } from "./configuration.ts";

type SignIns = typeof import("./sign-in-protection.ts");

const signIns = lazy(() => import("./sign-in-protection.ts"));
const events = lazy(() => import("./events.ts"));
const breachedPasswords = lazy(() => import("./breached-password.ts"));

/** Keeping what users and administrators say of a sign-in. */
export const feedback = lazy(() => import("./feedback.ts"));

/** {@inheritDoc SignIns.refuseBlockedAddress} */
export const refuseBlockedAddress: SignIns["refuseBlockedAddress"] = async (attempt, context) => {
  if (protectionMode(attempt.pool, attempt.flow) !== "ENFORCED") return;
  await (await signIns()).refuseBlockedAddress(attempt, context);
};

/** {@inheritDoc SignIns.assessSignIn} Only in a pool that is protected. */
export const assessSignIn: SignIns["assessSignIn"] = async (attempt, password, context) =>
  (await signIns()).assessSignIn(attempt, password, context);

/** {@inheritDoc SignIns.noteFailedProof} */
export const noteFailedProof: SignIns["noteFailedProof"] = async (attempt, challenge, context) => {
  if (!isProtected(attempt.pool, attempt.flow)) return;
  await (await signIns()).noteFailedProof(attempt, challenge, context);
};

/** {@inheritDoc SignIns.noteSignedIn} */
export const noteSignedIn: SignIns["noteSignedIn"] = async (attempt, context) => {
  if (attempt.risk === undefined) return;
  await (await signIns()).noteSignedIn(attempt, context);
};

/** Records the events of a user other than sign-ins. */
export const noteUserEvent: typeof import("./events.ts")["noteUserEvent"] = async (
  type,
  subject,
  context,
) => {
  if (!isProtected(subject.pool)) return;
  await (await events()).noteUserEvent(type, subject, context);
};

/** Takes as long as {@link noteUserEvent} where the user does not exist and the answer must not tell. */
export async function writeAsIfForEvent(
  pool: UserPoolRecord,
  context: Pick<Environment, "store" | "random" | "clock">,
): Promise<void> {
  if (isProtected(pool)) await writeAsIfForUser(context);
}

/** Rejects a breached new password, if the pool is configured so. @throws InvalidPasswordException */
export const refuseBreachedPassword: typeof import("./breached-password.ts")["refuseBreachedPassword"] =
  async (event, proposed, context) => {
    if (protectionMode(proposed.pool) !== "ENFORCED") return;
    await (await breachedPasswords()).refuseBreachedPassword(event, proposed, context);
  };
