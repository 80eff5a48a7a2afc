import type { MFAOptionType } from "../../api-model/index.ts";
import type { UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { withMfaPreference } from "./preferences.ts";

/**
 * The user after a request in the form from before SetUserMFAPreference, which knew SMS codes alone.
 *
 * @throws InvalidParameterException SMS codes are not possible for the user
 */
export function withMfaOptions(
  pool: UserPoolRecord,
  user: UserRecord,
  options: readonly MFAOptionType[],
): UserRecord {
  const Enabled = options.some(({ DeliveryMedium }) => DeliveryMedium === "SMS");
  return withMfaPreference(pool, user, { SMSMfaSettings: { Enabled } });
}
