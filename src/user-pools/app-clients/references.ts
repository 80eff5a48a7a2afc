import type { AppClientSettings, Repositories } from "../../storage/index.ts";
import { existingCustomScopes } from "../resource-servers/index.ts";

/** What a client's settings can name that has to exist in the pool. */
export interface ClientReferences {
  readonly customScopes: ReadonlySet<string>;
  readonly providers: ReadonlySet<string>;
}

/** Finds which of the scopes and identity providers that a client's settings name are in the pool. */
export async function clientReferences(
  repositories: Pick<Repositories, "resourceServers" | "identityProviders">,
  poolId: string,
  { AllowedOAuthScopes = [], SupportedIdentityProviders = [] }: AppClientSettings,
): Promise<ClientReferences> {
  const providers = new Set(["COGNITO"]);
  for (const name of SupportedIdentityProviders) {
    if (!providers.has(name) && (await repositories.identityProviders.get(poolId, name))) providers.add(name);
  }
  return {
    customScopes: await existingCustomScopes(repositories, poolId, AllowedOAuthScopes),
    providers,
  };
}
