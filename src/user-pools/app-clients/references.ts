import type { AppClientSettings, Repositories } from "../../storage/index.ts";
import { existingCustomScopes } from "../resource-servers/index.ts";

/** Names in a client's settings that must exist in the pool. */
export interface ClientReferences {
  readonly customScopes: ReadonlySet<string>;
  readonly providers: ReadonlySet<string>;
  /** Those that are not of SAML, the pool's own users among them. */
  readonly otherThanSaml: ReadonlySet<string>;
  /** Those that can begin a sign-in by themselves. */
  readonly unrequested: ReadonlySet<string>;
}

/** Finds which of the scopes and identity providers that a client's settings name are in the pool. */
export async function clientReferences(
  repositories: Pick<Repositories, "resourceServers" | "identityProviders">,
  poolId: string,
  { AllowedOAuthScopes = [], SupportedIdentityProviders = [] }: AppClientSettings,
): Promise<ClientReferences> {
  const providers = new Set(["COGNITO"]);
  const otherThanSaml = new Set(["COGNITO"]);
  const unrequested = new Set<string>();
  for (const name of SupportedIdentityProviders) {
    const provider = name === "COGNITO" ? undefined : await repositories.identityProviders.get(poolId, name);
    if (provider === undefined) continue;
    providers.add(name);
    if (provider.type !== "SAML") otherThanSaml.add(name);
    else if (provider.details.IDPInit?.toLowerCase() === "true") unrequested.add(name);
  }
  return {
    customScopes: await existingCustomScopes(repositories, poolId, AllowedOAuthScopes),
    providers,
    otherThanSaml,
    unrequested,
  };
}
