import type { AppClientRecord, Store } from "../../storage/index.ts";
import {
  existingCustomScopes,
  OPENID_SCOPES,
  REGISTRATION_SCOPE,
  STANDARD_SCOPES,
} from "../resource-servers/index.ts";
import { OAuthError } from "./errors.ts";

const NEED_OPENID = OPENID_SCOPES.filter((scope) => scope !== "openid");

/** Whether a scope is of a resource server. */
export function isCustomScope(scope: string): boolean {
  return !STANDARD_SCOPES.has(scope) && scope !== REGISTRATION_SCOPE;
}

/** Whether the client may use a flow of the OAuth endpoints. */
export function allowsFlow(
  { settings }: AppClientRecord,
  flow: "code" | "implicit" | "client_credentials",
): boolean {
  return (
    settings.AllowedOAuthFlowsUserPoolClient === true && (settings.AllowedOAuthFlows?.includes(flow) ?? false)
  );
}

/**
 * The granted scopes of a request: the requested ones or, if it has none, all of the client. A scope whose
 * resource server has lost it since is left out.
 *
 * @throws OAuthError `invalid_scope` one is not the client's, or needs `openid` beside it
 * @see Developer Guide, "Authorize endpoint", parameter `scope`
 */
export async function requestedScopes(
  client: AppClientRecord,
  asked: string | undefined,
  store: Pick<Store, "resourceServers">,
): Promise<readonly string[]> {
  const allowed = client.settings.AllowedOAuthScopes ?? [];
  const scopes = [...new Set(asked?.split(" ").filter((scope) => scope !== "") ?? [])];
  const wanted = scopes.length === 0 ? allowed : scopes;
  if (wanted.some((scope) => !allowed.includes(scope))) throw new OAuthError("invalid_scope");
  if (scopes.some((scope) => NEED_OPENID.includes(scope)) && !scopes.includes("openid")) {
    throw new OAuthError("invalid_scope");
  }
  const custom = wanted.filter(isCustomScope);
  const existing = await existingCustomScopes(store, client.poolId, custom);
  return wanted.filter((scope) => !custom.includes(scope) || existing.has(scope));
}
