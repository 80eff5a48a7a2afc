/**
 * Which second factor is required of a user.
 *
 * @see Developer Guide, "Adding MFA to a user pool", section "Details of MFA logic at user runtime"
 */
import { MFAMethodNotFoundException, SoftwareTokenMFANotFoundException } from "../../api-model/index.ts";
import type { MfaFactor, UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { hasSmsMfa } from "../pools/index.ts";

/** What a sign-in proves that counts as a second factor beside a password. */
export const SECOND_FACTORS: ReadonlySet<string> = new Set(["sms", "email", "totp"]);

/** The factors that a pool has switched on. */
export function factorsOfPool({ settings }: UserPoolRecord): readonly MfaFactor[] {
  const isOn: Record<MfaFactor, boolean> = {
    SMS_MFA: hasSmsMfa(settings),
    SOFTWARE_TOKEN_MFA: settings.SoftwareTokenMfaConfiguration?.Enabled === true,
    EMAIL_OTP: settings.EmailMfaConfiguration !== undefined,
  };
  return (Object.keys(isOn) as MfaFactor[]).filter((factor) => isOn[factor]);
}

/**
 * The factors that a user can prove now. If MFA is optional in the pool, these are the factors that were activated for
 * the user. If it is on, they also include factors that need only an attribute, and a registered authenticator app.
 */
export function usableFactors(pool: UserPoolRecord, user: UserRecord): readonly MfaFactor[] {
  const isActivated = (factor: MfaFactor) => user.mfa?.enabled.includes(factor) ?? false;
  const isImplied = (factor: MfaFactor) =>
    pool.settings.MfaConfiguration === "ON" && !isForRecovery(pool, factor);
  return factorsOfPool(pool).filter(
    (factor) => isPossible(user, factor) && (isActivated(factor) || isImplied(factor)),
  );
}

/** Whether the user has what the factor needs. Whether an address is verified makes no difference. */
function isPossible({ attributes, totp }: UserRecord, factor: MfaFactor): boolean {
  switch (factor) {
    case "SMS_MFA":
      return Boolean(attributes.phone_number);
    case "EMAIL_OTP":
      return Boolean(attributes.email);
    case "SOFTWARE_TOKEN_MFA":
      return totp !== undefined;
  }
}

/** Whether the pool recovers passwords by the factor's medium, first of all. Both at once would be one factor. */
function isForRecovery({ settings }: UserPoolRecord, factor: MfaFactor): boolean {
  const mechanisms = settings.AccountRecoverySetting?.RecoveryMechanisms ?? [];
  const [first] = mechanisms.toSorted((a, b) => (a.Priority ?? 0) - (b.Priority ?? 0));
  return (
    (factor === "SMS_MFA" && first?.Name === "verified_phone_number") ||
    (factor === "EMAIL_OTP" && first?.Name === "verified_email")
  );
}

/**
 * The challenge by which a user proves a second factor.
 *
 * @returns undefined when none is needed
 * @throws MFAMethodNotFoundException one is needed and the user can neither prove nor set one up
 */
export function mfaChallenge(
  pool: UserPoolRecord,
  user: UserRecord,
): MfaFactor | "SELECT_MFA_TYPE" | "MFA_SETUP" | undefined {
  const { MfaConfiguration = "OFF" } = pool.settings;
  if (MfaConfiguration === "OFF") return undefined;
  const usable = usableFactors(pool, user);
  const preferred = user.mfa?.preferred;
  if (preferred !== undefined && usable.includes(preferred)) return preferred;
  const [first, second] = usable;
  if (first !== undefined) return second === undefined ? first : "SELECT_MFA_TYPE";
  if (MfaConfiguration === "OPTIONAL") return undefined;
  if (factorsToSetUp(pool, user).length > 0) return "MFA_SETUP";
  throw new MFAMethodNotFoundException("No MFA method is available for the user.");
}

/** Whether a user has to set up a second factor before they can sign in. */
export function mustSetUpFactor(pool: UserPoolRecord, user: UserRecord): boolean {
  return (
    pool.settings.MfaConfiguration === "ON" &&
    usableFactors(pool, user).length === 0 &&
    factorsToSetUp(pool, user).length > 0
  );
}

/** The factors that a user without any can set up, by themselves or with an administrator's help. */
export function factorsToSetUp(pool: UserPoolRecord, user: UserRecord): readonly MfaFactor[] {
  return factorsOfPool(pool).filter((factor) => !isPossible(user, factor));
}

/** @throws SoftwareTokenMFANotFoundException the pool has authenticator apps switched off */
export function requireTotp(pool: UserPoolRecord): void {
  if (factorsOfPool(pool).includes("SOFTWARE_TOKEN_MFA")) return;
  throw new SoftwareTokenMFANotFoundException("Software Token MFA has not been enabled by the userPool");
}
