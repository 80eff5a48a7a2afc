import {
  InvalidOAuthFlowException,
  InvalidParameterException,
  ScopeDoesNotExistException,
} from "../../api-model/index.ts";
import type { AppClientSettings } from "../../storage/index.ts";
import { REGISTRATION_SCOPE, STANDARD_SCOPES } from "../resource-servers/index.ts";
import type { ClientReferences } from "./references.ts";
import { isSelfRegistered } from "./self-registered.ts";

/** A client that registered itself can never have it. */
function isForRegistering(scope: string, settings: AppClientSettings): boolean {
  return scope === REGISTRATION_SCOPE && !isSelfRegistered(settings);
}

/**
 * Refuses OAuth 2.0 settings of an app client that do not go together.
 *
 * @throws InvalidOAuthFlowException
 * @throws InvalidParameterException
 * @throws ScopeDoesNotExistException
 * @see API Reference, "CreateUserPoolClient"; Developer Guide, "Application-specific settings with app clients"
 */
export function checkOAuthSettings(
  settings: AppClientSettings,
  { hasSecret, customScopes }: Pick<ClientReferences, "customScopes"> & { readonly hasSecret: boolean },
): void {
  const flows = settings.AllowedOAuthFlows ?? [];
  const scopes = settings.AllowedOAuthScopes ?? [];
  if (settings.AllowedOAuthFlowsUserPoolClient && (flows.length === 0 || scopes.length === 0)) {
    throw new InvalidOAuthFlowException(
      "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
    );
  }
  if (flows.includes("client_credentials")) checkClientCredentials(flows, scopes, hasSecret);
  else if (flows.length > 0 && !settings.CallbackURLs) {
    throw new InvalidOAuthFlowException(
      "CallbackUrls can not be empty when code flow or implicit flow is selected",
    );
  }
  const unknown = scopes.find(
    (scope) => !(STANDARD_SCOPES.has(scope) || customScopes.has(scope) || isForRegistering(scope, settings)),
  );
  if (unknown !== undefined) throw new ScopeDoesNotExistException(`Invalid scope requested: ${unknown}`);
  checkUrls(settings);
}

function checkClientCredentials(
  flows: readonly string[],
  scopes: readonly string[],
  hasSecret: boolean,
): void {
  if (flows.some((flow) => flow !== "client_credentials")) {
    throw new InvalidOAuthFlowException(
      "client_credentials flow can not be selected along with code flow or implicit flow.",
    );
  }
  if (!hasSecret) {
    throw new InvalidOAuthFlowException(
      "client_credentials flow can not be selected if client does not have a client secret.",
    );
  }
  const ofUsers = scopes.find((scope) => STANDARD_SCOPES.has(scope));
  if (ofUsers !== undefined) {
    throw new InvalidOAuthFlowException(`${ofUsers} is not supported with client_credentials flow`);
  }
}

function checkUrls({ CallbackURLs = [], LogoutURLs = [], DefaultRedirectURI }: AppClientSettings): void {
  for (const url of [...CallbackURLs, ...LogoutURLs]) {
    const problem = problemWithUrl(url);
    if (problem) throw new InvalidParameterException(`${url} ${problem}`);
  }
  if (DefaultRedirectURI !== undefined && !CallbackURLs.includes(DefaultRedirectURI)) {
    throw new InvalidParameterException(
      `The default redirect URI ${DefaultRedirectURI} is not in the callback URIs list.`,
    );
  }
}

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);
/** Schemes that a browser runs or shows as content instead of going there. */
const UNSAFE_SCHEMES: ReadonlySet<string> = new Set(["javascript:", "data:", "vbscript:", "blob:", "file:"]);

/** The texts about HTTP and fragments were recorded in September 2026; the others are ours. */
function problemWithUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return "must be an absolute URL";
  if (text.includes("#")) return "cannot use fragment";
  const { protocol, hostname } = new URL(text);
  if (UNSAFE_SCHEMES.has(protocol)) return `cannot use the scheme ${protocol.slice(0, -1)}`;
  if (protocol === "http:" && !LOOPBACK_HOSTS.has(hostname)) return "cannot use the HTTP protocol.";
  return undefined;
}
