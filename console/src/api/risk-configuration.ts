import {
  DescribeRiskConfigurationCommand,
  type RiskConfigurationType,
  SetRiskConfigurationCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { hasOwnConfiguration, type RiskParts, riskRequest } from "../rules/security/risk-configuration.ts";
import { inPool } from "./aws.ts";

export interface AppliedRiskConfiguration {
  readonly current: RiskConfigurationType;
  /** Whether it is the user pool's, because the app client has none of its own. */
  readonly inherits: boolean;
}

/**
 * The configuration that applies to an app client, or to the pool. An app client's first own setting is saved together with a copy
 * of the pool's others.
 */
export async function appliedRiskConfiguration(
  poolId: string,
  clientId: string | undefined,
): Promise<AppliedRiskConfiguration> {
  const own = await riskConfigurationOf(poolId, clientId);
  if (clientId === undefined || hasOwnConfiguration(own)) return { current: own, inherits: false };
  return { current: await riskConfigurationOf(poolId, undefined), inherits: true };
}

async function riskConfigurationOf(
  UserPoolId: string,
  ClientId: string | undefined,
): Promise<RiskConfigurationType> {
  const command = new DescribeRiskConfigurationCommand({ UserPoolId, ClientId });
  return (await inPool(UserPoolId, (client) => client.send(command))).RiskConfiguration ?? {};
}

/** Changes parts of a configuration. The operation takes all of it at once: the others stay as they are now. */
export async function changeRiskConfiguration(
  owner: { readonly poolId: string; readonly clientId: string | undefined },
  changesOf: (current: RiskConfigurationType) => RiskParts,
): Promise<void> {
  const { current } = await appliedRiskConfiguration(owner.poolId, owner.clientId);
  const command = new SetRiskConfigurationCommand(riskRequest(owner, current, changesOf(current)));
  await inPool(owner.poolId, (client) => client.send(command));
}
