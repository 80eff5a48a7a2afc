import { openConfirmedSignUp } from "../confirmation.ts";
import { needsPasswordFirst } from "../mfa/index.ts";
import type { Attempt, Parameters, SignInContext, SignInFlow } from "./attempt.ts";
import type { AskAnother, Verdict } from "./challenge.ts";
import { beginWithChoice } from "./choice.ts";
import { invalidSession, missingParameter, usedSession } from "./errors.ts";
import { provePassword } from "./prove-password.ts";

/** The first step of a flow: the proof that came with the request, or the challenge for the first one. */
type Opening = (attempt: Attempt, given: Parameters, context: SignInContext) => Promise<Verdict>;

/** The password is proved by SRP, without being sent. */
const askForSrp: Opening = async () =>
  ({ outcome: "ask another", challenge: "PASSWORD_VERIFIER" }) satisfies AskAnother;

/** The pool's own functions decide. A client that can prove the password by SRP says so with its first request. */
const beginCustom: Opening = async (_, { CHALLENGE_NAME, SRP_A }) => {
  if (CHALLENGE_NAME !== "SRP_A") return { outcome: "round", round: undefined };
  if (!SRP_A) throw missingParameter("SRP_A");
  const round = { challengeName: "SRP_A", challengeResult: true, challengeMetadata: null } as const;
  return { outcome: "round", round };
};

/** How each flow begins. */
export const openings: { readonly [Name in SignInFlow]: Opening } = {
  USER_PASSWORD_AUTH: provePassword,
  ADMIN_USER_PASSWORD_AUTH: provePassword,
  // The name from before 2019.
  ADMIN_NO_SRP_AUTH: provePassword,
  USER_SRP_AUTH: askForSrp,
  CUSTOM_AUTH: beginCustom,
  USER_AUTH: beginWithChoice,
};

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
