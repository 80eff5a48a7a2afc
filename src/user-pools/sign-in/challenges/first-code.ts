/**
 * Codes that a choice-based sign-in begins with, in place of a password.
 *
 * A client that hides the existence of users gets the same answer for a user who does not exist, and for a code that could
 * not be delivered.
 *
 * @see Developer Guide, "Authentication with Amazon Cognito user pools", section "Passwordless sign-in"
 */
import { equalSecrets } from "../../../crypto/index.ts";
import { newCode } from "../../../ids.ts";
import type { CodeDestination, LimitedAction, UserRecord } from "../../../storage/index.ts";
import { hidesUserExistence } from "../../app-clients/index.ts";
import {
  countAttempt,
  countAttemptOfUnknown,
  deliveryDetails,
  simulatedDelivery,
} from "../../codes/index.ts";
import { sendMessage, sendMessageLater } from "../../messages/index.ts";
import type { Attempt, Parameters, SignInContext } from "../attempt.ts";
import { type Offer, type OpenChallenge, offeredState, type Verdict } from "../challenge.ts";
import { disabledUser, required, wrongCode } from "../errors.ts";

interface FirstCodeState {
  readonly code: string;
}

/** Eight digits; not configurable. */
const DIGITS = 8;

export async function offerFirstCode(
  attempt: Attempt,
  attribute: CodeDestination["attribute"],
  context: SignInContext,
): Promise<Offer> {
  const { pool, client, name } = attempt;
  if (attempt.user?.enabled === false && !hidesUserExistence(client)) throw disabledUser();
  // A disabled user looks like nobody, as in ForgotPassword, and is sent nothing.
  const user = attempt.user?.enabled ? attempt.user : undefined;
  const code = context.fixedCode?.padStart(DIGITS, "0") ?? newCode(context.random, DIGITS);
  await countCode({ ...attempt, user }, "SendSignInCode", context);
  const details =
    user === undefined
      ? simulatedDelivery(context.crypto, pool, name, [attribute])
      : deliveryDetails({ attribute, value: user.attributes[attribute] ?? "" });
  if (user !== undefined) {
    const order = {
      occasion: "Authentication",
      pool,
      user,
      clientId: client.id,
      to: { attribute, value: user.attributes[attribute] ?? "" },
      secret: code,
    } as const;
    if (hidesUserExistence(client)) sendMessageLater(context, order);
    else await sendMessage(context, order);
  }
  return {
    parameters: {
      CODE_DELIVERY_DELIVERY_MEDIUM: details.DeliveryMedium ?? "",
      CODE_DELIVERY_DESTINATION: details.Destination ?? "",
    },
    state: { code } satisfies FirstCodeState,
  };
}

export async function verifyFirstCode(
  { attempt, state }: OpenChallenge,
  responses: Parameters,
  { factor, answer }: { readonly factor: "email" | "sms"; readonly answer: string },
  context: SignInContext,
): Promise<Verdict> {
  const given = required(responses, answer);
  // Counted before it is checked, so that parallel guesses cannot bypass the limit.
  await countCode(attempt, "AnswerSignInCode", context);
  const { code } = offeredState<FirstCodeState>(state);
  if (attempt.user === undefined || !equalSecrets(given, code)) {
    return { outcome: "failed", refusal: wrongCode(), counts: false };
  }
  return { outcome: "passed", factor, change: withoutCodeAttempts };
}

/** @throws LimitExceededException the user's hour has as many as it may have */
export async function countCode(
  { pool, user, name }: Attempt,
  action: LimitedAction,
  context: SignInContext,
): Promise<void> {
  if (user === undefined) return countAttemptOfUnknown(context, pool, name, action);
  const now = context.clock.now();
  await context.store.users.update(pool.id, user.sub, (current) => countAttempt(current, action, now));
}

/** Sign-ins that succeed are not limited. The same object where nothing was counted. */
export function withoutCodeAttempts(user: UserRecord): UserRecord {
  const { SendSignInCode: sent, AnswerSignInCode: answered, ...attempts } = user.attempts ?? {};
  return sent === undefined && answered === undefined ? user : { ...user, attempts };
}

/** Whether a code would be the first factor of the attempt. */
export const isFirst = ({ proved }: Attempt): boolean => proved.length === 0;
