import { openSignUpSession } from "../confirmation.ts";
import { needsPasswordFirst } from "../mfa/index.ts";
import type { Attempt, Parameters, SignInContext, SignInFlow } from "./attempt.ts";
import type { AskAnother, Verdict } from "./challenge.ts";
import { beginWithChoice } from "./choice.ts";
import { expiredSession, invalidSession, missingParameter, usedSession } from "./errors.ts";
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
 * The Session of ConfirmSignUp proves the password of the sign-up, or the code that was given there, for the first sign-in of
 * the user. A code does not replace a second factor: where one is demanded the user begins with a password. The Session of
 * SignUp proves nothing, so that the sign-in begins as without it: clients send it after a sign-up that a link confirmed.
 *
 * @throws NotAuthorizedException it is not of this client and user, has expired or was used, or the user has signed in before
 * @see API Reference, "InitiateAuth", Session: "users who have confirmed their sign-up and are signing in for the first time"
 */
export async function proveByConfirmedSignUp(
  attempt: Attempt,
  session: string,
  given: Parameters,
  context: SignInContext,
): Promise<Verdict> {
  const { pool, client, user } = attempt;
  const opened = openSignUpSession(client, session, context);
  if (opened === undefined || opened.sub !== user?.sub) throw invalidSession();
  const { expiresAt } = opened;
  if (context.clock.now() >= expiresAt) throw expiredSession();
  if (!("factor" in opened)) return beginWithChoice(attempt, given, context);
  const { ticket: id, factor } = opened;
  if (await context.store.usedTickets.isUsed(id)) throw usedSession();
  if (await context.store.signIns.hasAnyOfUser(pool.id, user.sub)) throw invalidSession();
  if (factor !== "password" && needsPasswordFirst(pool, user)) {
    return { outcome: "ask another", challenge: "SELECT_CHALLENGE" };
  }
  return { outcome: "passed", factor, ticket: { id, expiresAt, used: usedSession } };
}
