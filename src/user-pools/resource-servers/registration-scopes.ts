import { type DcrConfigurationType, InvalidParameterException } from "../../api-model/index.ts";
import type { Repositories } from "../../storage/index.ts";
import { existingCustomScopes, REGISTRATION_SCOPE, STANDARD_SCOPES } from "./custom-scopes.ts";

/**
 * Refuses scopes for clients that register themselves which the pool does not have.
 *
 * @throws InvalidParameterException the text is ours: Cognito's is not known
 * @see API Reference, "DcrConfigurationType", AllowedScopes
 */
export async function checkRegistrationScopes(
  repositories: Pick<Repositories, "resourceServers">,
  poolId: string,
  { AllowedScopes = [] }: DcrConfigurationType = {},
): Promise<void> {
  // The scope of registration may be listed, though no client can register for it.
  const custom = AllowedScopes.filter((scope) => !STANDARD_SCOPES.has(scope) && scope !== REGISTRATION_SCOPE);
  const existing = await existingCustomScopes(repositories, poolId, custom);
  const unknown = custom.find((scope) => !existing.has(scope));
  if (unknown === undefined) return;
  throw new InvalidParameterException(`The scope ${unknown} in DcrConfiguration does not exist.`);
}
