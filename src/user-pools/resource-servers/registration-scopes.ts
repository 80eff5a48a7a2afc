import { type DcrConfigurationType, InvalidParameterException } from "../../api-model/index.ts";
import type { Repositories } from "../../storage/index.ts";
import { existingCustomScopes } from "./custom-scopes.ts";

/** The last one may be listed, though no client can register for it. */
const WITHOUT_SERVER: ReadonlySet<string> = new Set([
  "openid",
  "email",
  "phone",
  "profile",
  "aws.cognito.signin.user.admin",
  "aws.cognito/dcr/register",
]);

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
  const custom = AllowedScopes.filter((scope) => !WITHOUT_SERVER.has(scope));
  const existing = await existingCustomScopes(repositories, poolId, custom);
  const unknown = custom.find((scope) => !existing.has(scope));
  if (unknown === undefined) return;
  throw new InvalidParameterException(`The scope ${unknown} in DcrConfiguration does not exist.`);
}
