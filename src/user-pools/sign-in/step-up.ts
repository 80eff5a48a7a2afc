/**
 * Step-up: a choice-based sign-in towards an authentication level, from nothing or from what an access token proves.
 *
 * The levels that the client wants are tried in its order. The user's second factors are read after a password is
 * proved, so that the first answer does not tell whether there is such a user.
 *
 * @see Developer Guide, "Manage authentication methods in AWS SDKs", section "Step-up authentication with the USER_AUTH flow"
 */
import {
  FeatureUnavailableInTierException,
  InvalidParameterException,
  NotAuthorizedException,
} from "../../api-model/index.ts";
import type { MfaFactor } from "../../storage/index.ts";
import { type AuthenticationMethod, hasLevels, levelOf, levelsNamed, waysTo } from "../assurance/index.ts";
import { factorsOfPool, usableFactors } from "../mfa/index.ts";
import type { Attempt, Factor, Parameters, SignInContext, StepUp, UserAttempt } from "./attempt.ts";
import type { ChallengeName } from "./challenge.ts";
import { levelReached, wrongCredentials } from "./errors.ts";
import { factorsOfMethods, methodsOfFactors } from "./methods.ts";

const MFA_OF: Partial<Record<AuthenticationMethod, MfaFactor>> = {
  sms: "SMS_MFA",
  email_otp: "EMAIL_OTP",
  otp: "SOFTWARE_TOKEN_MFA",
};

const FIRST_OF: Readonly<Record<AuthenticationMethod, readonly ChallengeName[]>> = {
  pwd: ["PASSWORD_SRP", "PASSWORD"],
  sms: ["SMS_OTP"],
  email_otp: ["EMAIL_OTP"],
  otp: [],
  swk: ["WEB_AUTHN"],
  hwk: ["WEB_AUTHN"],
};

/**
 * The attempt with the levels that the client wants, and with the factors that its access token proves.
 *
 * @throws FeatureUnavailableInTierException the pool is of the tier LITE
 * @throws InvalidParameterException no level is named, a parameter is malformed, or ACCESS_TOKEN comes without
 *   TARGET_ACR_VALUES; the texts are ours
 * @throws NotAuthorizedException the access token is not good, or another user's
 */
export async function withTargets(
  attempt: Attempt,
  { TARGET_ACR_VALUES, ACCESS_TOKEN, MAX_AGE }: Parameters,
  context: SignInContext,
): Promise<Attempt> {
  const { pool } = attempt;
  if (TARGET_ACR_VALUES !== undefined && pool.settings.UserPoolTier === "LITE") {
    throw new FeatureUnavailableInTierException(
      "The following features need to be disabled for the LITE pricing tier configured: Authentication Levels",
    );
  }
  if (!hasLevels(pool)) return attempt;
  if (TARGET_ACR_VALUES === undefined) {
    if (ACCESS_TOKEN === undefined) return attempt;
    throw new InvalidParameterException("ACCESS_TOKEN requires TARGET_ACR_VALUES.");
  }
  if (MAX_AGE !== undefined && !/^\d{1,10}$/.test(MAX_AGE)) {
    throw new InvalidParameterException("MAX_AGE must be a number of seconds.");
  }
  const targets = levelsNamed(pool, TARGET_ACR_VALUES);
  if (targets.length === 0) {
    throw new InvalidParameterException("TARGET_ACR_VALUES names no authentication level of the user pool.");
  }
  const proved =
    ACCESS_TOKEN === undefined ? [] : await factorsOfToken(attempt, ACCESS_TOKEN, MAX_AGE, context);
  const reached = levelOf(methodsOfFactors(proved)) ?? 0;
  if (targets[0] !== undefined && reached >= targets[0]) {
    throw levelReached();
  }
  return { ...attempt, targets, proved };
}

/**
 * The attempt with the levels that a client of the pages wants, and the factors that the browser's session proves.
 *
 * @throws NotAuthorizedException the session is another user's
 */
export function withStepUp(attempt: Attempt, { targets, proved }: StepUp): Attempt {
  if (proved !== undefined && proved.sub !== attempt.user?.sub) throw wrongCredentials();
  if (targets.length === 0) return attempt;
  return {
    ...attempt,
    targets,
    hasVoluntaryTargets: true,
    proved: factorsOfMethods(proved?.methods),
  };
}

/** A sign-in that is older than MAX_AGE seconds proves nothing. */
async function factorsOfToken(
  { pool, user }: Attempt,
  accessToken: string,
  maxAge: string | undefined,
  { tokens, clock }: SignInContext,
): Promise<readonly Factor[]> {
  const bearer = await tokens.verifyAccessToken(accessToken);
  if (bearer.pool.id !== pool.id || bearer.user.sub !== user?.sub) {
    throw new NotAuthorizedException("Access Token does not belong to the user.");
  }
  const ageSeconds = Math.floor((clock.now() - bearer.signIn.authenticatedAt) / 1000);
  if (maxAge !== undefined && ageSeconds > Number(maxAge)) return [];
  return factorsOfMethods(bearer.claims.amr);
}

/**
 * The challenges that lead on to the first wanted level that the user can reach.
 *
 * @param first the challenges that a sign-in of the user can begin with
 * @returns none when a wanted level is reached, or when none can be and they are voluntary
 * @throws InvalidParameterException the user can reach none of them; the text is ours
 */
export function challengesTowards(attempt: Aim, first: readonly ChallengeName[]): readonly ChallengeName[] {
  const methods = methodsOfFactors(attempt.proved);
  for (const target of attempt.targets ?? []) {
    if ((levelOf(methods) ?? 0) >= target) return [];
    const missing = waysTo(target).map((way) => way.filter((method) => !methods.includes(method)));
    const challenges = missing.flatMap((way) => beginningOf(attempt, way, first));
    if (challenges.length > 0) return [...new Set(challenges)];
  }
  if (attempt.hasVoluntaryTargets) return [];
  throw new InvalidParameterException("The user has no factors for the requested authentication level.");
}

/** The facts that decide which challenges lead to a requested level. */
type Aim = Pick<Attempt, "pool" | "user" | "proved" | "targets" | "hasVoluntaryTargets">;

/**
 * The challenge that leads to a requested level. A password is followed by a second factor, and by a passkey only if
 * the user has no other one. Of several factors the user's preferred one is taken, or the user chooses.
 *
 * @param first the challenges that a sign-in of the user can begin with
 * @returns undefined when nothing more is wanted
 * @throws InvalidParameterException the user can reach none of the wanted levels
 */
export function nextTowards(
  attempt: UserAttempt,
  first: readonly ChallengeName[],
): ChallengeName | undefined {
  // The new password comes first.
  if (attempt.targets === undefined || attempt.user.status === "FORCE_CHANGE_PASSWORD") return undefined;
  const challenges = challengesTowards(attempt, first);
  const second = attempt.proved.includes("password") ? challenges.filter(isSecondFactor) : [];
  const preferred = second.find((challenge) => challenge === attempt.user.mfa?.preferred);
  if (preferred !== undefined) return preferred;
  if (second.length > 1) return "SELECT_MFA_TYPE";
  // A client that can prove a password by SRP can also send it; the other way round is not so.
  return second[0] ?? challenges.find((challenge) => challenge !== "PASSWORD_SRP");
}

/** The second factors that the user can choose from: those that lead to a wanted level, if one is still to be reached. */
export function secondFactorsToChoose(attempt: UserAttempt): readonly MfaFactor[] {
  const usable = usableFactors(attempt.pool, attempt.user);
  if (attempt.targets === undefined) return usable;
  const towards = challengesTowards(attempt, []);
  const leading = usable.filter((factor) => towards.includes(factor));
  return leading.length > 0 ? leading : usable;
}

const SECOND_FACTORS: ReadonlySet<ChallengeName> = new Set(Object.values(MFA_OF));

function isSecondFactor(challenge: ChallengeName): challenge is MfaFactor {
  return SECOND_FACTORS.has(challenge);
}

/** The next challenges for this combination; none if the user lacks one of its methods. */
function beginningOf(
  attempt: Aim,
  way: readonly AuthenticationMethod[],
  first: readonly ChallengeName[],
): readonly ChallengeName[] {
  const [next, ...later] = way;
  if (next === undefined) return [];
  const canBeSecond = (method: AuthenticationMethod) =>
    secondFactors(attempt).some((mfa) => mfa === MFA_OF[method]);
  if (!later.every(canBeSecond)) return [];
  const second = MFA_OF[next];
  const followsPassword = attempt.proved.includes("password");
  if (second !== undefined && followsPassword) return canBeSecond(next) ? [second] : [];
  return FIRST_OF[next].filter((challenge) => first.includes(challenge));
}

/** Before any proof every second factor of the pool counts, for every user. */
function secondFactors({ pool, user, proved }: Aim): readonly MfaFactor[] {
  return user !== undefined && proved.length > 0 ? usableFactors(pool, user) : factorsOfPool(pool);
}
