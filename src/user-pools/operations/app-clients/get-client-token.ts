import { InvalidParameterException, NotAuthorizedException } from "../../../api-model/index.ts";
import type { AppClientRecord } from "../../../storage/index.ts";
import { provesClientSecret, requireClientById } from "../../app-clients/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";
import { existingCustomScopes, REGISTRATION_SCOPE, STANDARD_SCOPES } from "../../resource-servers/index.ts";

/**
 * Issues an access token for the client itself, with scopes of resource servers, and the one for registration. No user signs in, and no domain is needed.
 *
 * @throws ResourceNotFoundException there is no such client
 * @throws NotAuthorizedException the client has no secret, or another; the text was seen on AWS in September 2026
 * @throws InvalidParameterException the client is not for this, or lacks a scope; the texts are ours
 * @see API Reference, "GetClientToken"; Developer Guide, "Scopes, M2M, and resource servers"
 */
export const getClientToken: Operation<"GetClientToken"> = async (input, { store, tokens, request }) => {
  const client = await requireClientById(store, input.ClientId);
  if (client.secrets.length === 0 || !provesClientSecret(client, input.Secret)) {
    throw new NotAuthorizedException("Invalid client or secret");
  }
  if (!client.settings.ExplicitAuthFlows?.includes("ALLOW_CLIENT_TOKEN_AUTH")) {
    throw new InvalidParameterException("ALLOW_CLIENT_TOKEN_AUTH flow not enabled for this client");
  }
  const pool = await requirePool(store, client.poolId);
  const asked = scopesAskedFor(client, input.Scopes);
  const existing = await existingCustomScopes(store, pool.id, asked);
  // A scope that its resource server has lost is in no token, though the client still has it.
  const scopes = asked.filter((scope) => existing.has(scope) || scope === REGISTRATION_SCOPE);
  return {
    ClientAuthenticationResult: await tokens.issueForClient({
      pool,
      client,
      scopes,
      requestContext: request,
    }),
  };
};

function scopesAskedFor(
  { settings }: AppClientRecord,
  asked: readonly string[] | undefined,
): readonly string[] {
  // The others are for users.
  const allowed = (settings.AllowedOAuthScopes ?? []).filter((scope) => !STANDARD_SCOPES.has(scope));
  const scopes = asked === undefined || asked.length === 0 ? allowed : [...new Set(asked)];
  const foreign = scopes.find((scope) => !allowed.includes(scope));
  if (foreign === undefined) return scopes;
  throw new InvalidParameterException(`Invalid scope requested: ${foreign}`);
}
