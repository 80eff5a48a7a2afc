import type { AuthFlowType, ExplicitAuthFlowsType } from "../../api-model/index.ts";
import type { AppClientRecord } from "../../storage/index.ts";

/** The flows of a client that was made without a list; its Describe shows no list. The console shows them too. */
export const DEFAULT_AUTH_FLOWS = [
  "ALLOW_REFRESH_TOKEN_AUTH",
  "ALLOW_USER_SRP_AUTH",
  "ALLOW_CUSTOM_AUTH",
] as const satisfies readonly ExplicitAuthFlowsType[];

/** Whether a list uses the names from before `ALLOW_`, which carry rights that they do not name. */
export function isLegacyList(flows: readonly ExplicitAuthFlowsType[]): boolean {
  return flows.some((flow) => !flow.startsWith("ALLOW_"));
}

/**
 * Whether the client's ExplicitAuthFlows allow a sign-in flow. A list of the older names leaves refresh on, and SRP too
 * unless it says CUSTOM_AUTH_FLOW_ONLY.
 *
 * @see API Reference, "UserPoolClientType", ExplicitAuthFlows
 */
export function flowEnabled(client: AppClientRecord, flow: AuthFlowType): boolean {
  const flows: readonly ExplicitAuthFlowsType[] = client.settings.ExplicitAuthFlows ?? DEFAULT_AUTH_FLOWS;
  const has = (...names: ExplicitAuthFlowsType[]) => names.some((name) => flows.includes(name));
  switch (flow) {
    case "USER_PASSWORD_AUTH":
      return has("ALLOW_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH");
    case "ADMIN_USER_PASSWORD_AUTH":
    case "ADMIN_NO_SRP_AUTH":
      return has("ALLOW_ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH");
    case "USER_SRP_AUTH":
      return has("ALLOW_USER_SRP_AUTH") || (isLegacyList(flows) && !has("CUSTOM_AUTH_FLOW_ONLY"));
    case "CUSTOM_AUTH":
      return has("ALLOW_CUSTOM_AUTH", "CUSTOM_AUTH_FLOW_ONLY");
    case "REFRESH_TOKEN":
    case "REFRESH_TOKEN_AUTH":
      return has("ALLOW_REFRESH_TOKEN_AUTH") || isLegacyList(flows);
    case "USER_AUTH":
      return has("ALLOW_USER_AUTH");
  }
}
