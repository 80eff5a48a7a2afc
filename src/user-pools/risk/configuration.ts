import {
  type AuthFlowType,
  type RiskConfigurationType,
  UserPoolAddOnNotEnabledException,
} from "../../api-model/index.ts";
import type { DocumentKey, Repositories, UserPoolRecord } from "../../storage/index.ts";

/** The stored configuration of SetRiskConfiguration, for a pool or an app client. */
export type RiskBody = Pick<
  RiskConfigurationType,
  | "CompromisedCredentialsRiskConfiguration"
  | "AccountTakeoverRiskConfiguration"
  | "RiskExceptionConfiguration"
>;

/** OFF: nothing is assessed or kept. AUDIT: risks are assessed and kept. ENFORCED: they also have consequences. */
export type ProtectionMode = "OFF" | "AUDIT" | "ENFORCED";

/**
 * The mode of threat protection. Custom authentication has its own mode, which applies while the pool's is on.
 *
 * @see API Reference, "UserPoolAddOnsType", "AdvancedSecurityAdditionalFlowsType"
 */
export function protectionMode({ settings }: UserPoolRecord, flow?: AuthFlowType): ProtectionMode {
  const { AdvancedSecurityMode: mode = "OFF", AdvancedSecurityAdditionalFlows: others } =
    settings.UserPoolAddOns ?? {};
  if (mode === "OFF" || flow !== "CUSTOM_AUTH") return mode;
  return others?.CustomAuthMode ?? "OFF";
}

/** Whether threat protection looks at sign-ins by the flow. */
export function isProtected(pool: UserPoolRecord, flow?: AuthFlowType): boolean {
  return protectionMode(pool, flow) !== "OFF";
}

/** @throws UserPoolAddOnNotEnabledException the pool has threat protection off */
export function requireThreatProtection(pool: UserPoolRecord): void {
  if (protectionMode(pool) !== "OFF") return;
  // The text is ours: Cognito's is not known.
  throw new UserPoolAddOnNotEnabledException("User pool add-ons are not enabled for the user pool.");
}

/** @param clientId undefined for the pool's own */
export function riskDocumentKey(poolId: string, clientId?: string): DocumentKey {
  return { poolId, kind: "RiskConfiguration", id: "", ...(clientId !== undefined && { clientId }) };
}

/** The configuration that applies to an app client: its own configuration, else the pool's. */
export async function riskSettingsOf(
  { documents }: Pick<Repositories, "documents">,
  poolId: string,
  clientId: string | undefined,
): Promise<RiskBody> {
  const own = clientId && (await documents.get<RiskBody>(riskDocumentKey(poolId, clientId)));
  return (own || (await documents.get<RiskBody>(riskDocumentKey(poolId))))?.body ?? {};
}
