import type { Log } from "../../log.ts";
import type { AppClientSettings, UserPoolSettings } from "../../storage/index.ts";

/** A setting that is stored and returned as Cognito does, and has no effect on this server. */
interface SettingNotActedOn<Settings> {
  /** Its path in the API's words, for example `Policies.SignInPolicy.AllowedFirstAuthFactors`. */
  readonly setting: string;
  /** The behavior in its place. */
  readonly instead: string;
  /** Whether the settings ask for the effect that is missing. */
  readonly isAskedFor: (settings: Settings) => boolean;
}

/** Settings of user pools without an effect; `docs/compatibility.md` lists them from here. */
export const poolSettingsNotActedOn: readonly SettingNotActedOn<UserPoolSettings>[] = [
  row(
    "EmailConfiguration.SourceArn",
    "the server's own mail settings send e-mail, with the pool's `From` and `ReplyToEmailAddress`",
    (pool) => isSet(pool.EmailConfiguration?.SourceArn),
  ),
  row(
    "KeyConfiguration: CUSTOMER_MANAGED_KEY",
    "the server's own master key seals every secret",
    (pool) => pool.KeyConfiguration?.KeyType === "CUSTOMER_MANAGED_KEY",
  ),
];

/** Settings of app clients without an effect. */
export const clientSettingsNotActedOn: readonly SettingNotActedOn<AppClientSettings>[] = [
  row("AnalyticsConfiguration", "nothing is sent: Amazon Pinpoint is not part of this server", (client) =>
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
    "These settings are stored and have no effect on this server",
  );
}

function row<Settings>(
  setting: string,
  instead: string,
  isAskedFor: (settings: Settings) => boolean,
): SettingNotActedOn<Settings> {
  return { setting, instead, isAskedFor };
}

function isSet(value: unknown): boolean {
  return value !== undefined;
}
