/**
 * Second factors by a code that is sent. The code is in the sealed envelope of its attempt, so that two concurrent
 * sign-ins of one user do not affect each other.
 *
 * @see Developer Guide, "SMS and email message MFA"
 */
import type { ChallengeNameType } from "../../../api-model/index.ts";
import { equalSecrets } from "../../../crypto/index.ts";
import { newCode } from "../../../ids.ts";
import type { CodeDestination, UserPoolRecord, UserRecord } from "../../../storage/index.ts";
import { checkEmailAddress, checkPhoneNumber } from "../../attributes/index.ts";
import { deliveryDetails } from "../../codes/index.ts";
import { sendMessage } from "../../messages/index.ts";
import { mustSetUpFactor, withFactor } from "../../mfa/index.ts";
import { signInNamesOf } from "../../users/index.ts";
import type { Attempt, Parameters, SignInContext, UserAttempt } from "../attempt.ts";
import { type Challenge, type OpenChallenge, offeredState, type Verdict } from "../challenge.ts";
import { invalidSession, required, wrongCode } from "../errors.ts";
import { countCode, isFirst, withoutCodeAttempts } from "./first-code.ts";

interface CodeState {
  readonly code: string;
  readonly sentTo: CodeDestination;
  /** Whether the user sets the factor up with the address. */
  readonly isSetup: boolean;
}

interface CodeChallenge {
  readonly name: "SMS_MFA" | "EMAIL_OTP";
  readonly attribute: CodeDestination["attribute"];
  readonly factor: "sms" | "email";
  /** The member of ChallengeResponses that holds the code. */
  readonly answer: string;
  readonly digits: number;
}

export function codeChallenge({ name, attribute, factor, answer, digits }: CodeChallenge): Challenge {
  return {
    name,

    async offer(attempt, given, context) {
      const { pool, client, user } = requireUser(attempt);
      const sentTo = destinationOf(user, attribute, given);
      const code = context.fixedCode?.padStart(digits, "0") ?? newCode(context.random, digits);
      await sendMessage(context, {
        occasion: "Authentication",
        pool,
        user,
        clientId: client.id,
        to: sentTo,
        secret: code,
      });
      const { DeliveryMedium = "", Destination = "" } = deliveryDetails(sentTo);
      return {
        parameters: {
          CODE_DELIVERY_DELIVERY_MEDIUM: DeliveryMedium,
          CODE_DELIVERY_DESTINATION: Destination,
          USER_ID_FOR_SRP: user.username,
        },
        state: {
          code,
          sentTo: { ...sentTo },
          isSetup: !user.attributes[attribute],
        } satisfies CodeState,
      };
    },

    async verify({ attempt: { pool, user: before }, state }, responses, { store, clock }): Promise<Verdict> {
      const now = clock.now();
      const { code, sentTo, isSetup } = offeredState<CodeState>(state);
      if (!equalSecrets(required(responses, answer), code)) {
        return { outcome: "failed", refusal: wrongCode(), counts: true };
      }
      const isFree = before !== undefined && (await isFreeAlias(store, pool, before, sentTo, now));
      return {
        outcome: "passed",
        factor,
        change(user) {
          // Another factor was set up meanwhile, which this one must not replace.
          if (isSetup && !mustSetUpFactor(pool, user)) throw invalidSession();
          const isDeleted = !isSetup && user.attributes[attribute] === undefined;
          const proved = isFree && !isDeleted ? withProvedAddress(pool, user, sentTo, now) : user;
          return withoutCodeAttempts(withFactor(proved, name));
        },
      };
    },
  };
}

/**
 * Sends the code of an open challenge again, to the address that it went to.
 *
 * @throws NotAuthorizedException no code was sent for it
 */
export async function parametersOfSentCode(
  { attempt, state }: OpenChallenge,
  name: ChallengeNameType,
  context: SignInContext,
): Promise<Parameters> {
  if (name !== "SMS_MFA" && name !== "EMAIL_OTP" && name !== "SMS_OTP") throw invalidSession();
  // A first factor counts its codes itself.
  if (isFirst(attempt)) return {};
  await countCode(attempt, "SendSignInCode", context);
  const { sentTo } = offeredState<CodeState>(state);
  return { [sentTo.attribute === "email" ? "EMAIL" : "PHONE_NUMBER"]: sentTo.value };
}

function requireUser(attempt: Attempt): UserAttempt {
  if (attempt.user === undefined) throw invalidSession();
  return { ...attempt, user: attempt.user };
}

/** The user's address or, for a user who sets up this factor, the one that they give. */
function destinationOf(
  { attributes }: UserRecord,
  attribute: CodeDestination["attribute"],
  given: Parameters,
): CodeDestination {
  const known = attributes[attribute];
  if (known) return { attribute, value: known };
  if (attribute === "phone_number") {
    const value = given.PHONE_NUMBER ?? "";
    checkPhoneNumber(value);
    return { attribute, value };
  }
  const value = given.EMAIL ?? given.email ?? "";
  checkEmailAddress(value);
  return { attribute, value };
}

/** Whether proving the address gives the user no sign-in name that is another user's, who must keep it. */
async function isFreeAlias(
  { users }: SignInContext["store"],
  pool: UserPoolRecord,
  user: UserRecord,
  sentTo: CodeDestination,
  now: number,
): Promise<boolean> {
  if (!pool.settings.AliasAttributes?.includes(sentTo.attribute)) return true;
  const { signInNames } = withProvedAddress(pool, user, sentTo, now);
  const names = signInNames.filter(({ kind }) => kind === sentTo.attribute);
  const holders = await Promise.all(names.map(({ key }) => users.find(pool.id, key)));
  return holders.every((holder) => holder === undefined || holder.sub === user.sub);
}

/** The user with an address that a code has proved. An address that was changed since is not proved by it. */
function withProvedAddress(
  pool: UserPoolRecord,
  user: UserRecord,
  { attribute, value }: CodeDestination,
  now: number,
): UserRecord {
  const current = user.attributes[attribute];
  if (current !== undefined && current !== value) return user;
  if (current === value && user.attributes[`${attribute}_verified`] === "true") return user;
  const attributes = { ...user.attributes, [attribute]: value, [`${attribute}_verified`]: "true" };
  return {
    ...user,
    attributes,
    signInNames: signInNamesOf(pool, user.username, attributes),
    lastModifiedAt: now,
  };
}
