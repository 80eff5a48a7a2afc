/**
 * The life of a confirmation code: made, kept, sent, checked once.
 *
 * A user has one code for each purpose, the newest. Codes of a sign-in are not kept here but in the sign-in attempt, so that
 * two concurrent sign-ins do not overwrite each other's.
 */
import {
  type CodeDeliveryDetailsType,
  CodeMismatchException,
  ExpiredCodeException,
  LimitExceededException,
} from "../../api-model/index.ts";
import { equalSecrets } from "../../crypto/index.ts";
import { newCode } from "../../ids.ts";
import type {
  CodeDestination,
  CodePurpose,
  CodeRecord,
  LimitedAction,
  Repositories,
  UserPoolRecord,
  UserRecord,
} from "../../storage/index.ts";
import type { Environment } from "../environment.ts";
import { type Messaging, sendMessage, sendMessageLater } from "../messages/index.ts";
import type { MessageOccasion } from "../triggers/index.ts";
import { changeUnknownName } from "../unknown-names.ts";
import { deliveryDetails } from "./delivery-details.ts";

const DIGITS = 6;
const HOUR_MILLISECONDS = 60 * 60 * 1000;

/** Developer Guide, "Quotas in Amazon Cognito", section on quotas of code security. */
const LIFETIME_MILLISECONDS: Readonly<Record<CodePurpose, number>> = {
  ForgotPassword: HOUR_MILLISECONDS,
  SignUp: 24 * HOUR_MILLISECONDS,
  VerifyEmail: 24 * HOUR_MILLISECONDS,
  VerifyPhoneNumber: 24 * HOUR_MILLISECONDS,
};

/**
 * How often an hour each user may be tried at something, whether or not it succeeds.
 *
 * For a forgotten password, where requests for a code and attempts to use one count together, the guide says "between 5 and
 * 20, depending on the risk". Risk is not assessed here, so it is what Cognito grants where there is none.
 *
 * Codes of sign-ins, and of changes of an address by its user, are not in the guide's list; decision 384 is about the latter.
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
  SendNewAddressCode: 20,
  SendSignInCode: 20,
  AnswerSignInCode: 20,
};

/** A new code for a user, to be kept in place of the one before and then sent. */
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

/** How a code is sent. */
export interface CodeSending {
  readonly occasion: MessageOccasion;
  /** Null for a request of an administrator. */
  readonly clientId: string | null;
  /** Whether the answer must not depend on the delivery, which then happens afterwards. */
  readonly isHidden?: boolean;
}

/**
 * Sends a code that has been kept to the address that it is for.
 *
 * @returns the details of that address that the caller may see
 * @throws CodeDeliveryFailureException the message was not delivered; the code stays valid
 */
export async function sendCode(
  context: Messaging,
  pool: UserPoolRecord,
  user: UserRecord,
  { code, sentTo }: CodeRecord,
  { occasion, clientId, isHidden = false }: CodeSending,
): Promise<CodeDeliveryDetailsType> {
  const order = { occasion, pool, user, clientId, to: sentTo, secret: code };
  if (isHidden) sendMessageLater(context, order);
  else await sendMessage(context, order);
  return deliveryDetails(sentTo);
}

/**
 * Judges a code that a caller sends back, without using it up. Whether the address that it went to still matters is for the
 * purpose to say.
 *
 * @param kept the code that the user was sent, if there is one
 * @param now milliseconds
 * @returns the code as kept
 * @throws ExpiredCodeException there is no code to compare with, its time is over, or another has replaced it
 * @throws CodeMismatchException it is another
 */
export function checkCode(kept: CodeRecord | undefined, given: string, now: number): CodeRecord {
  if (kept === undefined || now >= kept.expiresAt) throw expiredCode();
  if (equalSecrets(given, kept.code)) return kept;
  throw kept.replaced?.some((code) => equalSecrets(given, code)) ? expiredCode() : codeMismatch();
}

/** More replaced codes are not remembered. An hour allows five new ones. */
const MAX_REPLACED = 10;

/** A code that also tells which codes it replaces. */
export function replacing(code: CodeRecord, before: CodeRecord | undefined): CodeRecord {
  if (before === undefined) return code;
  return { ...code, replaced: [before.code, ...(before.replaced ?? [])].slice(0, MAX_REPLACED) };
}

/**
 * Checks a code as {@link checkCode} does and uses it up. Call it in the transaction that writes the effect of the
 * code.
 */
export async function useCode(
  { codes }: Pick<Repositories, "codes">,
  { poolId, sub }: UserRecord,
  purpose: CodePurpose,
  given: string,
  now: number,
): Promise<CodeRecord> {
  const kept = checkCode(await codes.get(poolId, sub, purpose), given, now);
  await codes.delete(poolId, sub, purpose);
  return kept;
}

interface CodeAttempt {
  readonly purpose: CodePurpose;
  readonly action: LimitedAction;
  readonly given: string;
  /** Milliseconds. */
  readonly now: number;
}

/** Why a code was refused, for the caller to throw once the transaction is over, because it keeps the attempt. */
export class RefusedCode {
  readonly refusal: unknown;
  constructor(refusal: unknown) {
    this.refusal = refusal;
  }
}

/**
 * Counts an attempt and checks the code, all in the caller's transaction. So parallel guesses are checked only up to
 * the limit, and a right code costs one commit.
 *
 * @param accept returns the user after a right code; its error rolls everything back
 * @param beforeWrite what else is written before the user, after a right code
 * @returns the user as written and where the code went
 * @throws LimitExceededException too many attempts in an hour
 */
export async function redeemCode(
  { users, codes }: Pick<Repositories, "users" | "codes">,
  { poolId, sub }: UserRecord,
  { purpose, action, given, now }: CodeAttempt,
  accept: (user: UserRecord, sentTo: CodeDestination) => UserRecord,
  beforeWrite?: (sentTo: CodeDestination) => Promise<void>,
): Promise<{ readonly user: UserRecord; readonly sentTo: CodeDestination } | RefusedCode | undefined> {
  const kept = await codes.get(poolId, sub, purpose);
  let refused: RefusedCode | undefined;
  try {
    checkCode(kept, given, now);
  } catch (refusal) {
    refused = new RefusedCode(refusal);
  }
  if (refused === undefined && kept !== undefined) await beforeWrite?.(kept.sentTo);
  const user = await users.update(poolId, sub, (current) => {
    const counted = countAttempt(current, action, now);
    return refused !== undefined || kept === undefined ? counted : accept(counted, kept.sentTo);
  });
  if (user === undefined || refused !== undefined || kept === undefined) return refused;
  await codes.delete(poolId, sub, purpose);
  return { user, sentTo: kept.sentTo };
}

/** The answer to a code that is not the one that was sent. */
export function codeMismatch(): CodeMismatchException {
  return new CodeMismatchException("Invalid verification code provided, please try again.");
}

/** The answer to a code that was right before, or where no code can be: none was sent, it was used, or its time is over. */
export function expiredCode(): ExpiredCodeException {
  return new ExpiredCodeException("Invalid code provided, please request a code again.");
}

/**
 * The user, or the counts of an unknown name, with one more attempt counted, in the hour that began with the first.
 *
 * @param now milliseconds
 * @throws LimitExceededException the hour has as many as it may have; this one does not count then
 */
export function countAttempt<Counted extends Pick<UserRecord, "attempts">>(
  user: Counted,
  action: LimitedAction,
  now: number,
): Counted {
  const counted = user.attempts?.[action];
  // A time ahead of the clock counts as now: a clock that was put back must not give new attempts.
  const isOpen = counted !== undefined && now < counted.since + HOUR_MILLISECONDS;
  const { count, since } = isOpen
    ? { count: counted.count, since: Math.min(counted.since, now) }
    : { count: 0, since: now };
  if (count >= ATTEMPTS_AN_HOUR[action]) {
    throw new LimitExceededException("Attempt limit exceeded, please try after some time.");
  }
  return { ...user, attempts: { ...user.attempts, [action]: { count: count + 1, since } } };
}

/**
 * Counts an attempt at a name that no user of the client may be known to have, and writes as much as for a user.
 *
 * @throws LimitExceededException the hour has as many as it may have
 */
export async function countAttemptOfUnknown(
  context: Pick<Environment, "store" | "clock">,
  pool: UserPoolRecord,
  name: string,
  action: LimitedAction,
): Promise<void> {
  const now = context.clock.now();
  await changeUnknownName(context, pool, name, (counts) => countAttempt(counts, action, now));
}
