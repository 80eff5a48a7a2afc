/**
 * Choice-based sign-in: the challenges that a user can begin with, and what choosing one of them leads to.
 *
 * @see Developer Guide, "Authentication with Amazon Cognito user pools", section "Choice-based authentication"
 */
import { InvalidParameterException } from "../../api-model/index.ts";
import {
  allowedFirstFactors,
  type FirstFactor,
  firstFactors,
  hasPasskeyMfa,
  needsPasswordFirst,
} from "../mfa/index.ts";
import { hasPasskey } from "../passkeys/index.ts";
import type { Attempt, Parameters, SignInContext } from "./attempt.ts";
import type { Verdict } from "./challenge.ts";
import { requireSrpA } from "./challenges/password-verifier.ts";
import { levelReached, required, wrongCredentials } from "./errors.ts";
import { provePassword } from "./prove-password.ts";
import { challengesTowards } from "./step-up.ts";

/** A challenge that a choice-based sign-in can begin with. */
export type FirstChallenge = "PASSWORD_SRP" | "PASSWORD" | "EMAIL_OTP" | "SMS_OTP" | "WEB_AUTHN";

const CHALLENGES_OF: Readonly<Record<FirstFactor, readonly FirstChallenge[]>> = {
  PASSWORD: ["PASSWORD_SRP", "PASSWORD"],
  EMAIL_OTP: ["EMAIL_OTP"],
  SMS_OTP: ["SMS_OTP"],
  WEB_AUTHN: ["WEB_AUTHN"],
};

const FIRST_CHALLENGES = Object.values(CHALLENGES_OF).flat();

/** The challenges that a sign-in can begin with; of one towards an authentication level, those that lead there. */
export async function availableChallenges(
  attempt: Attempt,
  context: Pick<SignInContext, "store">,
): Promise<readonly FirstChallenge[]> {
  const first = await firstChallenges(attempt, context);
  if (attempt.targets === undefined) return first;
  const towards = challengesTowards(attempt, first);
  // A sign-in continues without the wanted levels if they are voluntary and none can be reached.
  if (towards.length === 0) return first;
  return first.filter((challenge) => towards.includes(challenge));
}

/**
 * The challenges that a sign-in of the user can begin with. An unknown user seems to have every factor of the pool
 * except a passkey, because the options of a passkey would reveal that there is none.
 */
export async function firstChallenges(
  { pool, user }: Pick<Attempt, "pool" | "user">,
  { store }: Pick<SignInContext, "store">,
): Promise<readonly FirstChallenge[]> {
  const factors = await availableFactors();
  // A user without any could not continue at all; a password is then answered as a wrong one.
  return (factors.length > 0 ? factors : (["PASSWORD"] as const)).flatMap((factor) => CHALLENGES_OF[factor]);

  async function availableFactors(): Promise<readonly FirstFactor[]> {
    if (user === undefined) return allowedFirstFactors(pool).filter((factor) => factor !== "WEB_AUTHN");
    if (needsPasswordFirst(pool, user)) {
      const mayBePasskey = hasPasskeyMfa(pool, user) && (await hasPasskey(store, pool, user));
      return mayBePasskey ? ["PASSWORD", "WEB_AUTHN"] : ["PASSWORD"];
    }
    return firstFactors(pool, user, await hasPasskey(store, pool, user));
  }
}

/**
 * Starts the challenge that a client prefers, with its parameters, or lets the user choose.
 *
 * @throws InvalidParameterException the preference is no challenge that a sign-in can begin with
 */
export async function beginWithChoice(
  attempt: Attempt,
  given: Parameters,
  context: SignInContext,
): Promise<Verdict> {
  const { PREFERRED_CHALLENGE: preferred } = given;
  if (attempt.proved.length > 0) return goOnFromToken(attempt, given, context);
  if (!preferred) return { outcome: "ask another", challenge: "SELECT_CHALLENGE" };
  if (!FIRST_CHALLENGES.some((challenge) => challenge === preferred)) {
    // The text is ours: Cognito's is not known.
    throw new InvalidParameterException(`Invalid PREFERRED_CHALLENGE: ${preferred}.`);
  }
  const chosen = (await availableChallenges(attempt, context)).find((challenge) => challenge === preferred);
  if (chosen === undefined) return { outcome: "ask another", challenge: "SELECT_CHALLENGE" };
  if (chosen === "PASSWORD") required(given, "PASSWORD");
  if (chosen === "PASSWORD_SRP") required(given, "SRP_A");
  return choose(chosen, attempt, given, context);
}

/** An access token has proved some factors: the missing ones are required next. */
async function goOnFromToken(attempt: Attempt, given: Parameters, context: SignInContext): Promise<Verdict> {
  const challenges = challengesTowards(attempt, await firstChallenges(attempt, context));
  const usesPassword = challenges.includes("PASSWORD") && !given.SRP_A;
  const challenge =
    challenges.find((each) => each === given.PREFERRED_CHALLENGE) ??
    (usesPassword ? "PASSWORD" : challenges[0]);
  if (challenge === undefined) throw attempt.hasVoluntaryTargets ? wrongCredentials() : levelReached();
  const chosen = FIRST_CHALLENGES.find((each) => each === challenge);
  return chosen === undefined
    ? { outcome: "ask another", challenge }
    : choose(chosen, attempt, given, context);
}

/** Continues with a challenge that the user has chosen. The request may already contain its parameters. */
export async function choose(
  chosen: FirstChallenge,
  attempt: Attempt,
  given: Parameters,
  context: SignInContext,
): Promise<Verdict> {
  if (chosen === "PASSWORD" && given.PASSWORD) return provePassword(attempt, given, context);
  if (chosen !== "PASSWORD_SRP" || !given.SRP_A) return { outcome: "ask another", challenge: chosen };
  requireSrpA(given, context.crypto);
  return { outcome: "ask another", challenge: "PASSWORD_VERIFIER" };
}
