import {
  FeatureUnavailableInTierException,
  TierChangeNotAllowedException,
  type UserPoolTierType,
} from "../../api-model/index.ts";
import type { AppClientSettings, Repositories, UserPoolSettings } from "../../storage/index.ts";

const RANK: Readonly<Record<UserPoolTierType, number>> = { LITE: 0, ESSENTIALS: 1, PLUS: 2 };

const CLIENTS_AT_ONCE = 100;

/** The feature plan of pools that name none. */
export const DEFAULT_TIER: UserPoolTierType = "ESSENTIALS";

interface Feature<Settings> {
  /**
   * As the exception calls it. "Email MFA", "Passkey MFA", "Password History", "Dynamic Client Registration", "Authentication
   * Levels" and "Multi-Region Replication" are our words.
   */
  readonly name: string;
  readonly from: UserPoolTierType;
  readonly isUsed: (settings: Settings) => boolean;
}

const POOL_FEATURES: readonly Feature<UserPoolSettings>[] = [
  {
    name: "Passwordless Sign-In",
    from: "ESSENTIALS",
    isUsed: ({ Policies }) =>
      Policies?.SignInPolicy?.AllowedFirstAuthFactors?.some((factor) => factor !== "PASSWORD") ?? false,
  },
  {
    name: "Email MFA",
    from: "ESSENTIALS",
    isUsed: ({ EmailMfaConfiguration }) => EmailMfaConfiguration !== undefined,
  },
  {
    name: "Passkey MFA",
    from: "ESSENTIALS",
    isUsed: ({ WebAuthnConfiguration }) =>
      WebAuthnConfiguration?.FactorConfiguration === "MULTI_FACTOR_WITH_USER_VERIFICATION",
  },
  {
    name: "Password History",
    from: "ESSENTIALS",
    isUsed: ({ Policies }) => (Policies?.PasswordPolicy?.PasswordHistorySize ?? 0) > 0,
  },
  {
    name: "Token Customization with Pre-Token Generation Lambda V2_0",
    from: "ESSENTIALS",
    isUsed: ({ LambdaConfig }) => LambdaConfig?.PreTokenGenerationConfig?.LambdaVersion === "V2_0",
  },
  {
    name: "Token Customization with Pre-Token Generation Lambda V3_0",
    from: "ESSENTIALS",
    isUsed: ({ LambdaConfig }) => LambdaConfig?.PreTokenGenerationConfig?.LambdaVersion === "V3_0",
  },
  {
    name: "Dynamic Client Registration",
    from: "ESSENTIALS",
    isUsed: ({ DcrConfiguration }) =>
      DcrConfiguration !== undefined && DcrConfiguration.EnableStatus !== "Disabled",
  },
  {
    name: "Authentication Levels",
    from: "ESSENTIALS",
    isUsed: ({ AcrConfiguration }) => AcrConfiguration !== undefined,
  },
  {
    name: "Multi-Region Replication",
    from: "ESSENTIALS",
    isUsed: ({ Replicas }) => Replicas !== undefined,
  },
  {
    name: "Threat Protection",
    from: "PLUS",
    isUsed: ({ UserPoolAddOns }) =>
      (UserPoolAddOns?.AdvancedSecurityMode ?? "OFF") !== "OFF" ||
      UserPoolAddOns?.AdvancedSecurityAdditionalFlows?.CustomAuthMode !== undefined,
  },
];

const CLIENT_FEATURES: readonly Feature<AppClientSettings>[] = [
  {
    name: "Passwordless Sign-In",
    from: "ESSENTIALS",
    isUsed: ({ ExplicitAuthFlows }) => ExplicitAuthFlows?.includes("ALLOW_USER_AUTH") ?? false,
  },
  {
    name: "Refresh Token Rotation",
    from: "ESSENTIALS",
    isUsed: ({ RefreshTokenRotation }) => RefreshTokenRotation?.Feature === "ENABLED",
  },
];

/**
 * Refuses settings of a pool that its feature plan does not include.
 *
 * @throws FeatureUnavailableInTierException
 * @see Developer Guide, "User pool feature plans"
 */
export function checkPoolTier(settings: UserPoolSettings): void {
  checkTier(settings.UserPoolTier, settings, POOL_FEATURES);
}

/**
 * Refuses settings of an app client that its pool's feature plan does not include.
 *
 * @throws FeatureUnavailableInTierException
 */
export function checkClientTier(pool: UserPoolSettings, settings: AppClientSettings): void {
  checkTier(pool.UserPoolTier, settings, CLIENT_FEATURES);
}

/**
 * Refuses a feature plan that lacks what the pool's app clients use (recorded 2026-09-24).
 *
 * @throws TierChangeNotAllowedException
 */
export async function checkTierOfClients(
  { clients }: Pick<Repositories, "clients">,
  poolId: string,
  tier: UserPoolTierType | undefined,
): Promise<void> {
  if (RANK[tier ?? DEFAULT_TIER] >= RANK[DEFAULT_TIER]) return;
  const used = new Set<Feature<AppClientSettings>>();
  let after: string | undefined;
  do {
    const page = await clients.list(poolId, { limit: CLIENTS_AT_ONCE, after });
    for (const { settings } of page.items) {
      for (const feature of missingIn(tier, settings, CLIENT_FEATURES)) used.add(feature);
    }
    after = page.next;
  } while (after !== undefined);
  if (used.size > 0) throw new TierChangeNotAllowedException(toDisable(tier, [...used]));
}

function checkTier<Settings>(
  tier: UserPoolTierType | undefined,
  settings: Settings,
  features: readonly Feature<Settings>[],
): void {
  const missing = missingIn(tier, settings, features);
  if (missing.length > 0) throw new FeatureUnavailableInTierException(toDisable(tier, missing));
}

function missingIn<Settings>(
  tier: UserPoolTierType = DEFAULT_TIER,
  settings: Settings,
  features: readonly Feature<Settings>[],
): Feature<Settings>[] {
  return features.filter(({ from, isUsed }) => RANK[tier] < RANK[from] && isUsed(settings));
}

function toDisable(
  tier: UserPoolTierType = DEFAULT_TIER,
  features: readonly { readonly name: string }[],
): string {
  const names = features.map(({ name }) => name).join(", ");
  return `The following features need to be disabled for the ${tier} pricing tier configured: ${names}`;
}
