/**
 * User pools as such: finding one, its settings with their defaults and checks, spare keys for new ones.
 *
 * Leaves to others: attributes and schemas (`attributes/`), password rules (`passwords/`), app clients (`app-clients/`),
 * signing keys of pools (`tokens/`).
 */
export { checkRegions, checkSmsRegion, regionOfArn, SENDER_REGIONS } from "./check-regions.ts";
export { checkMfaConfig, checkPoolSettings } from "./check-settings.ts";
export { hasSmsMfa, mfaConfigType, withMfaConfig } from "./mfa-config.ts";
export { nonEmpty, omitUndefined } from "./omitted.ts";
export { requirePool, unknownPool } from "./require-pool.ts";
export { newPoolSettings, updatedPoolSettings } from "./settings.ts";
export {
  clientSettingsNotActedOn,
  poolSettingsNotActedOn,
  warnOfSettingsNotActedOn,
} from "./settings-not-acted-on.ts";
export { replenishSpareKeys } from "./spare-keys.ts";
export { problemWithTags } from "./tags.ts";
export { checkClientTier, checkTierOfClients, DEFAULT_TIER } from "./tiers.ts";
export { createdPoolType, describedPoolType } from "./user-pool-type.ts";
