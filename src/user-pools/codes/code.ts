import { CodeMismatchException, ExpiredCodeException } from "../../api-model/index.ts";
import { equalSecrets } from "../../crypto/index.ts";
import { newCode } from "../../ids.ts";
import type {
  CodeDestination,
  CodePurpose,
  CodeRecord,
  Repositories,
  UserRecord,
} from "../../storage/index.ts";
import type { Environment } from "../environment.ts";

const DIGITS = 6;

/** Developer Guide, "Quotas in Amazon Cognito", section on quotas of code security. */
const LIFETIME_MILLISECONDS: Readonly<Record<CodePurpose, number>> = {
  ForgotPassword: 60 * 60 * 1000,
  SignUp: 24 * 60 * 60 * 1000,
  VerifyEmail: 24 * 60 * 60 * 1000,
  VerifyPhoneNumber: 24 * 60 * 60 * 1000,
};

/** A new code for a user, to be kept in place of the one before and sent. */
export function makeCode(
  { poolId, sub }: UserRecord,
  purpose: CodePurpose,
  sentTo: CodeDestination,
  { random, clock, fixedCode }: Pick<Environment, "random" | "clock" | "fixedCode">,
): CodeRecord {
  return {
    poolId,
    sub,
    purpose,
    code: fixedCode ?? newCode(random, DIGITS),
    sentTo,
    expiresAt: clock.now() + LIFETIME_MILLISECONDS[purpose],
  };
}

/** The answer to a code that is not the one that was sent. */
export function codeMismatch(): CodeMismatchException {
  return new CodeMismatchException("Invalid verification code provided, please try again.");
}

/**
 * Judges a code that somebody sends back. It is not used up by that.
 *
 * @param kept the code that the user was sent, if there is one
 * @param user as they are now: a code that went to an address which is theirs no more is none
 * @param now milliseconds
 * @throws ExpiredCodeException there is no code to compare with, or its time is over
 * @throws CodeMismatchException it is another
 */
export function checkCode(kept: CodeRecord | undefined, user: UserRecord, given: string, now: number): void {
  const counts =
    kept !== undefined &&
    now < kept.expiresAt &&
    user.attributes[kept.sentTo.attribute] === kept.sentTo.value;
  if (!counts) throw new ExpiredCodeException("Invalid code provided, please request a code again.");
  if (!equalSecrets(given, kept.code)) throw codeMismatch();
}

/**
 * Judges a code as {@link checkCode} does and uses it up: belongs into one transaction with what the code is good for.
 *
 * @param user as read in that transaction
 */
export async function useCode(
  { codes }: Pick<Repositories, "codes">,
  user: UserRecord,
  purpose: CodePurpose,
  given: string,
  now: number,
): Promise<void> {
  checkCode(await codes.get(user.poolId, user.sub, purpose), user, given, now);
  await codes.delete(user.poolId, user.sub, purpose);
}
