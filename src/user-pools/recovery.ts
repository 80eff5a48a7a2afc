/**
 * Recovering a forgotten password: which users can, by which of their addresses, and how it begins and ends.
 *
 * ForgotPassword and AdminResetUserPassword begin it, ConfirmForgotPassword ends it. Leaves to others: the code (`codes/`),
 * the password (`passwords/`), why a user whose password was reset cannot sign in (`sign-in/`).
 *
 * @see Developer Guide, "Recovering user accounts"; API Reference, "AccountRecoverySettingType"
 */
import {
  type CodeDeliveryDetailsType,
  InvalidParameterException,
  NotAuthorizedException,
  type RecoveryOptionNameType,
} from "../api-model/index.ts";
import type {
  CodeDestination,
  CodeRecord,
  MfaFactor,
  PasswordRecord,
  UserPoolRecord,
  UserRecord,
  UserStatus,
} from "../storage/index.ts";
import { type CodeSending, expiredCode, makeCode, sendCode } from "./codes/index.ts";
import type { Environment } from "./environment.ts";
import type { Messaging } from "./messages/index.ts";
import { withPassword } from "./passwords/index.ts";
import { disabledUser, unknownUser } from "./users/index.ts";

/** Users who can ask for a code, and set a password by one. An unconfirmed user is confirmed by that. */
export const CAN_RECOVER: readonly UserStatus[] = ["CONFIRMED", "RESET_REQUIRED", "UNCONFIRMED"];

/** Users whose password an administrator can reset; again, too, since the code before may be lost. */
export const CAN_BE_RESET: readonly UserStatus[] = ["CONFIRMED", "RESET_REQUIRED"];

/** The refusal of users in other states, who have no password of their own to forget. */
export function notInThisState(): NotAuthorizedException {
  return new NotAuthorizedException("User password cannot be reset in the current state.");
}

type Address = CodeDestination["attribute"];

const ADDRESS_OF_MECHANISM: Readonly<Partial<Record<RecoveryOptionNameType, Address>>> = {
  verified_email: "email",
  verified_phone_number: "phone_number",
};

/** Of pools that do not say: from before there was the setting. */
const LEGACY_ORDER: readonly Address[] = ["phone_number", "email"];

/** An address that is a factor of the user's MFA cannot also reset the password. */
const FACTOR_OF_ADDRESS: Readonly<Record<Address, MfaFactor>> = {
  email: "EMAIL_OTP",
  phone_number: "SMS_MFA",
};

/** The attributes that the pool's codes can go to, in the order in which they are tried. */
export function recoveryAttributes(pool: UserPoolRecord): readonly Address[] {
  const mechanisms = pool.settings.AccountRecoverySetting?.RecoveryMechanisms ?? [];
  if (mechanisms.length === 0) return LEGACY_ORDER;
  return mechanisms
    .toSorted((a, b) => a.Priority - b.Priority)
    .flatMap(({ Name }) => ADDRESS_OF_MECHANISM[Name] ?? []);
}

/** Whether users of the pool cannot recover their passwords by themselves. */
export function isLeftToAdministrators(pool: UserPoolRecord): boolean {
  return recoveryAttributes(pool).length === 0;
}

/** The first of them that is the user's, verified, and no factor of their MFA; undefined when there is none. */
export function recoveryDestination(pool: UserPoolRecord, user: UserRecord): CodeDestination | undefined {
  for (const attribute of recoveryAttributes(pool)) {
    const value = user.attributes[attribute];
    const isVerified = user.attributes[`${attribute}_verified`] === "true";
    const isFactor = user.mfa?.enabled.includes(FACTOR_OF_ADDRESS[attribute]) ?? false;
    if (value && isVerified && !isFactor) return { attribute, value };
  }
  return undefined;
}

type RecoveryContext = Messaging & Pick<Environment, "store" | "clock" | "random" | "fixedCode">;

/**
 * Sends a user a code by which they can set another password. Codes that were sent before are no longer valid then.
 *
 * @param from the states in which a user may be
 * @param change what else happens to the user in the same step; pure, and may throw to refuse
 * @param sending the recipient of the code, and whether its existence must stay hidden
 * @returns the details of the code's destination that the caller may see
 * @throws NotAuthorizedException the user is disabled, or in another state
 * @throws InvalidParameterException the user has no address that a code may go to
 * @throws CodeDeliveryFailureException the message was not taken; all else has happened
 */
export async function startRecovery(
  pool: UserPoolRecord,
  user: UserRecord,
  context: RecoveryContext,
  {
    from,
    change,
    sending,
  }: {
    from: readonly UserStatus[];
    change: (user: UserRecord) => UserRecord;
    sending: Omit<CodeSending, "occasion">;
  },
): Promise<CodeDeliveryDetailsType> {
  const code = makeCode(user, "ForgotPassword", requireRecoverable(pool, user, from), context);
  await context.store.transaction(async ({ users, codes }) => {
    const changed = await users.update(pool.id, user.sub, (current) => {
      requireRecoverable(pool, current, from);
      return change(current);
    });
    if (!changed) throw unknownUser();
    await codes.put(code);
  });
  return sendCode(context, pool, user, code, { ...sending, occasion: "ForgotPassword" });
}

function requireRecoverable(
  pool: UserPoolRecord,
  user: UserRecord,
  states: readonly UserStatus[],
): CodeDestination {
  if (!user.enabled) throw disabledUser();
  if (!states.includes(user.status)) throw notInThisState();
  const destination = recoveryDestination(pool, user);
  if (destination) return destination;
  throw new InvalidParameterException(
    "Cannot reset password for the user as there is no registered/verified email or phone_number",
  );
}

/**
 * Refuses a code for another password that went to an address which is the user's no more.
 *
 * @throws ExpiredCodeException
 */
export function requireOwnAddress(user: UserRecord, { sentTo }: CodeRecord): void {
  if (user.attributes[sentTo.attribute] !== sentTo.value) throw expiredCode();
}

/**
 * The user after they set another password by a code: confirmed, and free of a lockout. Their tokens stay as they are.
 *
 * @param now milliseconds
 * @throws NotAuthorizedException the user is disabled, or came into another state since the code was sent
 */
export function withRecoveredPassword(
  pool: UserPoolRecord,
  user: UserRecord,
  password: PasswordRecord,
  now: number,
): UserRecord {
  if (!user.enabled) throw disabledUser();
  if (!CAN_RECOVER.includes(user.status)) throw notInThisState();
  const { failedSignIns: _, ...others } = user;
  return { ...withPassword(pool, others, password), status: "CONFIRMED", lastModifiedAt: now };
}
