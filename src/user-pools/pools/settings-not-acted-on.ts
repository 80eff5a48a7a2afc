import type { Log } from "../../log.ts";
import type { AppClientSettings, UserPoolSettings } from "../../storage/index.ts";

/** A setting that is stored and returned as Cognito does, and has no effect yet. */
export interface SettingNotActedOn<Settings> {
  /** Its path in the API's words, for example `Policies.SignInPolicy.AllowedFirstAuthFactors`. */
  readonly setting: string;
  /** What will act on it. */
  readonly actedOnBy: string;
  /** Whether the settings ask for the effect that is missing. */
  readonly isAskedFor: (settings: Settings) => boolean;
}

/** Settings of user pools without an effect yet; `docs/compatibility` lists them from here. */
export const poolSettingsNotActedOn: readonly SettingNotActedOn<UserPoolSettings>[] = [
  row("SmsConfiguration", "SMS delivery", (pool) => isSet(pool.SmsConfiguration)),
  row(
    "EmailConfiguration.EmailSendingAccount",
    "e-mail by Amazon SES: the server's own mail settings send it",
    (pool) => (pool.EmailConfiguration?.EmailSendingAccount ?? "COGNITO_DEFAULT") !== "COGNITO_DEFAULT",
  ),
  row(
    "KeyConfiguration: CUSTOMER_MANAGED_KEY",
    "nothing: the server's own master key seals every secret",
    (pool) => pool.KeyConfiguration?.KeyType === "CUSTOMER_MANAGED_KEY",
  ),
];

/** Settings of app clients without an effect yet. */
export const clientSettingsNotActedOn: readonly SettingNotActedOn<AppClientSettings>[] = [
  row("AnalyticsConfiguration", "nothing: there is no Pinpoint here", (client) =>
    isSet(client.AnalyticsConfiguration),
  ),
];

/** Says in the log which of the settings just stored have no effect. */
export function warnOfSettingsNotActedOn<Settings>(
  log: Log,
  table: readonly SettingNotActedOn<Settings>[],
  settings: Settings,
  where: { readonly poolId: string; readonly clientId?: string },
): void {
  const without = table.filter(({ isAskedFor }) => isAskedFor(settings));
  if (without.length === 0) return;
  log.warn(
    { ...where, settings: without.map(({ setting }) => setting) },
    "These settings are stored and have no effect yet",
  );
}

function row<Settings>(
  setting: string,
  actedOnBy: string,
  isAskedFor: (settings: Settings) => boolean,
): SettingNotActedOn<Settings> {
  return { setting, actedOnBy, isAskedFor };
}

function isSet(value: unknown): boolean {
  return value !== undefined;
}
