/** The facts about an OpenID Connect or OAuth 2.0 provider: its settings, and what its discovery document adds. */
import { LRUCache } from "lru-cache";
import * as z from "zod";
import { isLoopback } from "../../loopback.ts";
import { messageOf } from "../../message-of.ts";
import type { GuardedFetch } from "../../outbound/index.ts";
import type { IdentityProviderRecord } from "../../storage/index.ts";
import type { OperationContext } from "../../user-pools/index.ts";
import { PlainHttpEndpoint, ProviderRefusal } from "./refusal.ts";

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
}

const discovered = z.looseObject({
  issuer: z.string(),
  authorization_endpoint: z.string().optional(),
  token_endpoint: z.string().optional(),
  userinfo_endpoint: z.string().optional(),
  jwks_uri: z.string().optional(),
});

type Discovered = z.infer<typeof discovered>;
type DiscoveredEndpoint = "authorization_endpoint" | "token_endpoint" | "userinfo_endpoint" | "jwks_uri";

const DISCOVERY_MILLISECONDS = 5 * 60 * 1000;
const MAX_DOCUMENTS = 500;

const documents = new LRUCache<string, Discovered>({ max: MAX_DOCUMENTS, ttl: DISCOVERY_MILLISECONDS });

/** @throws ProviderRefusal discovery fails, and the settings do not name what it would; an endpoint is not encrypted */
export async function openProvider(
  { name, type, details: stored }: IdentityProviderRecord,
  { providers }: Pick<OperationContext, "providers">,
): Promise<Provider> {
  const details = { ...stored, ...providers.endpoints[type] };
  const issuer = details.oidc_issuer?.replace(/\/$/, "");
  const isComplete = details.authorize_url && details.token_url && details.jwks_uri;
  const found = issuer === undefined || isComplete ? undefined : await discover(issuer, providers.fetch);
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

function isWebAddress(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

/**
 * @param isFresh whether a document that was read before does not count
 * @throws ProviderRefusal
 * @see OpenID Connect Discovery 1.0 §4
 */
export async function discover(issuer: string, fetch: GuardedFetch, isFresh = false): Promise<Discovered> {
  const known = isFresh ? undefined : documents.get(issuer);
  if (known !== undefined) return known;
  const answer = await fetch(`${issuer}/.well-known/openid-configuration`, {
    headers: { accept: "application/json" },
  }).catch((error: unknown) => {
    throw new ProviderRefusal(`Discovery at ${issuer} failed: ${messageOf(error)}`, { cause: error });
  });
  if (answer.status !== 200)
    throw new ProviderRefusal(`Discovery at ${issuer} failed: HTTP ${answer.status}`);
  const read = discovered.safeParse(await answer.json().catch(() => undefined));
  if (!read.success) throw new ProviderRefusal(`Discovery at ${issuer} failed: not a discovery document`);
  // Cognito wants an issuer without the slash that some providers write.
  if (read.data.issuer.replace(/\/$/, "") !== issuer) {
    throw new ProviderRefusal(
      `Discovery at ${issuer} failed: the document is of the issuer ${read.data.issuer}`,
    );
  }
  documents.set(issuer, read.data);
  return read.data;
}
