import { LimitExceededException } from "../../api-model/index.ts";
import type { LimitedAction, UserRecord } from "../../storage/index.ts";

/**
 * How often an hour each user may be tried at something, whether or not it succeeds.
 *
 * For a forgotten password, where requests for a code and attempts to use one count together, the guide says "between 5 and
 * 20, depending on the risk". Risk is not assessed here, so it is what Cognito grants where there is none.
 *
 * @see Developer Guide, "Quotas in Amazon Cognito", section on quotas of code security
 */
const ATTEMPTS_AN_HOUR: Readonly<Record<LimitedAction, number>> = {
  ChangePassword: 5,
  RecoverPassword: 20,
  ConfirmSignUp: 15,
  ResendConfirmationCode: 5,
  VerifyAttribute: 15,
  SendAttributeCode: 5,
  SendSignInCode: 20,
};

const HOUR_MILLISECONDS = 60 * 60 * 1000;

/**
 * The user with one more attempt counted, in the hour that began with the first.
 *
 * @param now milliseconds
 * @throws LimitExceededException the hour has as many as it may have; this one does not count then
 */
export function countAttempt(user: UserRecord, action: LimitedAction, now: number): UserRecord {
  const counted = user.attempts?.[action];
  const isOpen = counted !== undefined && now >= counted.since && now < counted.since + HOUR_MILLISECONDS;
  const { count, since } = isOpen ? counted : { count: 0, since: now };
  if (count >= ATTEMPTS_AN_HOUR[action]) {
    throw new LimitExceededException("Attempt limit exceeded, please try after some time.");
  }
  return { ...user, attempts: { ...user.attempts, [action]: { count: count + 1, since } } };
}
