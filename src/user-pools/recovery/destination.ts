/**
 * To which of a user's addresses a code for a forgotten password goes.
 *
 * @see Developer Guide, "Recovering user accounts"; API Reference, "AccountRecoverySettingType"
 */
import type { RecoveryOptionNameType } from "../../api-model/index.ts";
import type { CodeDestination, MfaFactor, UserPoolRecord, UserRecord } from "../../storage/index.ts";

type Address = CodeDestination["attribute"];

const ADDRESS_OF_MECHANISM: Readonly<Partial<Record<RecoveryOptionNameType, Address>>> = {
  verified_email: "email",
  verified_phone_number: "phone_number",
};

/** Of pools that do not say: from before there was the setting. */
const LEGACY_ORDER: readonly Address[] = ["phone_number", "email"];

/** What an address cannot be the second proof of and the way around the first one. */
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
