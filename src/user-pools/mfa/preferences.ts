/**
 * Which factors are activated for a user, and which one is preferred.
 *
 * @see API Reference, "SetUserMFAPreference", "AdminSetUserMFAPreference"
 */
import {
  InvalidParameterException,
  type MFAOptionType,
  type SetUserMFAPreferenceRequest,
} from "../../api-model/index.ts";
import type { MfaFactor, MfaRecord, UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { factorsOfPool } from "./choice.ts";
import { passkeysAreBothFactors } from "./first-factors.ts";

type MfaPreference = Pick<
  SetUserMFAPreferenceRequest,
  "SMSMfaSettings" | "SoftwareTokenMfaSettings" | "EmailMfaSettings" | "WebAuthnMfaSettings"
>;

/**
 * The user after a change of their factors. A factor that is not named is left alone.
 *
 * @param now milliseconds
 * @throws InvalidParameterException a factor that is to be activated is not possible for the user, or two are preferred
 */
export function withMfaPreference(
  pool: UserPoolRecord,
  user: UserRecord,
  { SMSMfaSettings, SoftwareTokenMfaSettings, EmailMfaSettings, WebAuthnMfaSettings }: MfaPreference,
  now: number,
): UserRecord {
  const changes = [
    { factor: "SMS_MFA", settings: SMSMfaSettings },
    { factor: "SOFTWARE_TOKEN_MFA", settings: SoftwareTokenMfaSettings },
    { factor: "EMAIL_OTP", settings: EmailMfaSettings },
  ] as const;
  if (changes.filter(({ settings }) => settings?.PreferredMfa).length > 1) {
    // The text is ours: Cognito's is not known.
    throw new InvalidParameterException("Only one MFA method can be preferred.");
  }
  let changed = user;
  for (const { factor, settings } of changes) {
    if (settings === undefined) continue;
    const isEnabled = settings.Enabled ?? isActivated(changed, factor);
    if (settings.Enabled) requirePossible(pool, changed, factor);
    if (settings.PreferredMfa && !isEnabled) {
      // The text is ours.
      throw new InvalidParameterException(`The MFA method ${factor} must be enabled to be preferred.`);
    }
    changed = isEnabled ? withFactor(changed, factor) : withoutFactor(changed, factor);
    if (settings.PreferredMfa !== undefined) changed = preferring(changed, factor, settings.PreferredMfa);
  }
  return { ...withPasskeyMfa(pool, changed, WebAuthnMfaSettings?.Enabled), lastModifiedAt: now };
}

/**
 * The user after a change of whether a passkey counts as both factors. Without another factor it does not, so that a user who
 * loses the passkey is not locked out.
 *
 * @param enabled undefined for no change
 * @throws InvalidParameterException the pool does not allow it, or the user has no other factor; the texts are ours
 */
function withPasskeyMfa(pool: UserPoolRecord, user: UserRecord, enabled: boolean | undefined): UserRecord {
  const hasOther = (user.mfa?.enabled.length ?? 0) > 0;
  if (enabled && !passkeysAreBothFactors(pool)) {
    throw new InvalidParameterException("Passkey MFA has not been enabled by the userPool");
  }
  if (enabled && !hasOther) {
    throw new InvalidParameterException("User must have another MFA method to turn on passkey MFA");
  }
  const { passkeys: before, ...mfa } = user.mfa ?? { enabled: [] };
  const isOn = hasOther && (enabled ?? before === true);
  if (isOn === (before === true)) return user;
  return withMfa(user, isOn ? { ...mfa, passkeys: true } : mfa);
}

function isActivated({ mfa }: UserRecord, factor: MfaFactor): boolean {
  return mfa?.enabled.includes(factor) ?? false;
}

/** The user with a factor activated; the same object where it is already. */
export function withFactor(user: UserRecord, factor: MfaFactor): UserRecord {
  if (isActivated(user, factor)) return user;
  return withMfa(user, { ...user.mfa, enabled: [...(user.mfa?.enabled ?? []), factor] });
}

/** The user without a factor, preferred or not. */
export function withoutFactor(user: UserRecord, factor: MfaFactor): UserRecord {
  if (!isActivated(user, factor)) return user;
  const { preferred, hasSmsOption, passkeys } = user.mfa ?? {};
  const enabled = user.mfa?.enabled.filter((each) => each !== factor) ?? [];
  return withMfa(user, {
    enabled,
    ...(preferred !== undefined && preferred !== factor && { preferred }),
    ...(hasSmsOption && factor !== "SMS_MFA" && { hasSmsOption }),
    ...(passkeys && enabled.length > 0 && { passkeys }),
  });
}

function preferring(user: UserRecord, factor: MfaFactor, isPreferred: boolean): UserRecord {
  const { preferred, ...mfa } = user.mfa ?? { enabled: [] };
  if (isPreferred) return withMfa(user, { ...mfa, preferred: factor });
  return preferred === factor ? withMfa(user, mfa) : user;
}

function withMfa(user: UserRecord, mfa: MfaRecord): UserRecord {
  return { ...user, mfa };
}

function requirePossible(pool: UserPoolRecord, user: UserRecord, factor: MfaFactor): void {
  const isOfPool = factorsOfPool(pool).includes(factor);
  switch (factor) {
    case "SOFTWARE_TOKEN_MFA":
      if (user.totp !== undefined && isOfPool) return;
      throw new InvalidParameterException(
        user.pendingTotpSecret === undefined
          ? "User has not set up software token mfa"
          : "User has not verified software token mfa",
      );
    default:
      if (isOfPool && user.attributes[factor === "SMS_MFA" ? "phone_number" : "email"]) return;
      throw new InvalidParameterException(`User does not have delivery config set to turn on ${factor}`);
  }
}

/** The members of GetUser, AdminGetUser and GetUserAuthFactors that contain a user's factors, without empty ones. */
export function mfaMembers({ mfa }: UserRecord) {
  return {
    PreferredMfaSetting: mfa?.preferred,
    UserMFASettingList: mfa && mfa.enabled.length > 0 ? [...mfa.enabled] : undefined,
  };
}

/**
 * The user after a request in the form from before SetUserMFAPreference, which knew SMS codes alone.
 *
 * @param now milliseconds
 * @throws InvalidParameterException SMS codes are not possible for the user
 */
export function withMfaOptions(
  pool: UserPoolRecord,
  user: UserRecord,
  options: readonly MFAOptionType[],
  now: number,
): UserRecord {
  const Enabled = options.some(({ DeliveryMedium }) => DeliveryMedium === "SMS");
  const changed = withMfaPreference(pool, user, { SMSMfaSettings: { Enabled } }, now);
  return Enabled && changed.mfa ? withMfa(changed, { ...changed.mfa, hasSmsOption: true }) : changed;
}

/** The member of GetUser, AdminGetUser and ListUsers for SMS codes that were switched on by SetUserSettings. */
export function mfaOptions({ mfa }: UserRecord): { readonly MFAOptions?: MFAOptionType[] } {
  if (!mfa?.hasSmsOption) return {};
  return { MFAOptions: [{ DeliveryMedium: "SMS", AttributeName: "phone_number" }] };
}
