import { openConfirmedSignUp } from "../confirmation.ts";
import { needsPasswordFirst } from "../mfa/index.ts";
import type { Attempt, SignInContext } from "./attempt.ts";
import type { Verdict } from "./challenge.ts";
import { invalidSession, usedSession } from "./errors.ts";

/**
 * The Session of ConfirmSignUp proves the code that was given there. It does not replace a second factor: where one is
 * demanded the user begins with a password.
 *
 * @throws NotAuthorizedException it is not of this client and user, or has expired
 */
export function proveByConfirmedSignUp(
  { pool, client, user }: Attempt,
  session: string,
  context: SignInContext,
): Verdict {
  const confirmed = openConfirmedSignUp(client, session, context);
  if (confirmed === undefined || confirmed.sub !== user?.sub) throw invalidSession();
  if (needsPasswordFirst(pool, user)) return { outcome: "ask another", challenge: "SELECT_CHALLENGE" };
  const { ticket: id, expiresAt, attribute } = confirmed;
  return {
    outcome: "passed",
    factor: attribute === "email" ? "email" : "sms",
    ticket: { id, expiresAt, used: usedSession },
  };
}
