import type { AuthenticationResultType } from "../../api-model/index.ts";
import type { AppClientRecord, UserPoolRecord } from "../../storage/index.ts";
import type { OperationContext } from "../operation.ts";
import { OAuthError } from "./errors.ts";
import { allowsFlow, requestedScopes } from "./scopes.ts";

/**
 * An access token of a client alone. The client has been authenticated.
 *
 * @throws OAuthError `invalid_grant` the OAuth endpoints are not for this client; `unauthorized_client` this flow is not;
 *   `invalid_scope`
 */
export async function issueToClient(
  { pool, client }: { readonly pool: UserPoolRecord; readonly client: AppClientRecord },
  scope: string | undefined,
  { store, tokens, request }: OperationContext,
  clientMetadata: Readonly<Record<string, string>> | undefined,
): Promise<AuthenticationResultType> {
  if (client.settings.AllowedOAuthFlowsUserPoolClient !== true) throw new OAuthError("invalid_grant");
  if (!allowsFlow(client, "client_credentials") || client.secrets.length === 0) {
    throw new OAuthError("unauthorized_client");
  }
  const scopes = await requestedScopes(client, scope, store);
  return tokens.issueForClient({ pool, client, scopes, requestContext: { ...request, clientMetadata } });
}
