import { openConfirmedSignUp } from "../confirmation.ts";
import type { Attempt, SignInContext } from "./attempt.ts";
import type { Verdict } from "./challenge.ts";
import { invalidSession, usedSession } from "./errors.ts";

/**
 * The Session of ConfirmSignUp stands for the code that was given there.
 *
 * @throws NotAuthorizedException it is not of this client and user, or has expired
 */
export function proveByConfirmedSignUp(
  { client, user }: Attempt,
  session: string,
  context: SignInContext,
): Verdict {
  const confirmed = openConfirmedSignUp(client, session, context);
  if (confirmed === undefined || confirmed.sub !== user?.sub) throw invalidSession();
  const { ticket: id, expiresAt, attribute } = confirmed;
  return {
    outcome: "passed",
    factor: attribute === "email" ? "email" : "sms",
    ticket: { id, expiresAt, used: usedSession },
  };
}
