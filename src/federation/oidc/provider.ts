/** The facts about an OpenID Connect or OAuth 2.0 provider: its settings, and what its discovery document adds. */
import { isLoopback } from "../../loopback.ts";
import type { GuardedFetch } from "../../outbound/index.ts";
import type { IdentityProviderRecord } from "../../storage/index.ts";
import type { OperationContext } from "../../user-pools/index.ts";
import { isWebAddress } from "../../web-address.ts";
import { discover } from "./discovery.ts";
import { PlainHttpEndpoint, ProviderRefusal } from "./refusal.ts";
import { fetchFrom } from "./unanswered.ts";

export interface Provider {
  readonly name: string;
  readonly type: IdentityProviderRecord["type"];
  readonly clientId: string;
  readonly details: Readonly<Record<string, string>>;
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly userInfoUrl: string | undefined;
  /** Both undefined for a provider without ID tokens. */
  readonly issuer: string | undefined;
  readonly jwksUri: string | undefined;
  /** To all of its endpoints. */
  readonly fetch: GuardedFetch;
}

type DiscoveredEndpoint = "authorization_endpoint" | "token_endpoint" | "userinfo_endpoint" | "jwks_uri";

/** @throws ProviderRefusal discovery fails, and the settings do not name what it would; an endpoint is not encrypted */
export async function openProvider(
  record: IdentityProviderRecord,
  context: Pick<OperationContext, "providers" | "clock">,
): Promise<Provider> {
  const { name, type, details: stored } = record;
  const { providers } = context;
  const details = { ...stored, ...providers.endpoints[type] };
  const issuer = details.oidc_issuer?.replace(/\/$/, "");
  const isComplete = details.authorize_url && details.token_url && details.jwks_uri;
  const fetch = fetchFrom(record, context);
  const found = issuer === undefined || isComplete ? undefined : await discover(issuer, record, fetch);
  const discoveredUrl = (name: DiscoveredEndpoint) =>
    issuer === undefined ? undefined : requireEncrypted(issuer, found?.[name]);
  const authorizeUrl = details.authorize_url || discoveredUrl("authorization_endpoint");
  const tokenUrl = details.token_url || discoveredUrl("token_endpoint");
  const jwksUri = details.jwks_uri || discoveredUrl("jwks_uri");
  if (!authorizeUrl || !tokenUrl || (issuer !== undefined && !jwksUri)) {
    throw new ProviderRefusal(`${name} Error - the discovery document names too few endpoints`);
  }
  // A browser is sent there.
  if (!isWebAddress(authorizeUrl)) {
    throw new ProviderRefusal(`${name} Error - the authorization endpoint is not a URL`);
  }
  return {
    name,
    type,
    clientId: details.client_id ?? "",
    details,
    authorizeUrl,
    tokenUrl,
    userInfoUrl: details.attributes_url || discoveredUrl("userinfo_endpoint"),
    issuer,
    jwksUri,
    fetch,
  };
}

/**
 * Refuses an endpoint without HTTPS from the document of an issuer with it, because the signing keys or the client secret could be
 * read or replaced on the way.
 *
 * @throws PlainHttpEndpoint with the text of CreateIdentityProvider
 */
function requireEncrypted(issuer: string, url: string | undefined): string | undefined {
  const isPlain = url !== undefined && URL.canParse(url) && new URL(url).protocol === "http:";
  if (isPlain && issuer.startsWith("https:") && !isLoopback(new URL(url).hostname)) {
    throw new PlainHttpEndpoint(
      `Discovery at ${issuer} failed: OIDC endpoint must start with https://, and ${url} does not`,
    );
  }
  return url;
}
