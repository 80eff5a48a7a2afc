/** The facts about an OpenID Connect or OAuth 2.0 provider: its settings, and what its discovery document adds. */
import { LRUCache } from "lru-cache";
import * as z from "zod";
import { messageOf } from "../../message-of.ts";
import type { GuardedFetch } from "../../outbound/index.ts";
import type { IdentityProviderRecord } from "../../storage/index.ts";
import type { OperationContext } from "../../user-pools/index.ts";
import { ProviderRefusal } from "./refusal.ts";

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

const DISCOVERY_MILLISECONDS = 5 * 60 * 1000;
const MAX_DOCUMENTS = 500;

const documents = new LRUCache<string, Discovered>({ max: MAX_DOCUMENTS, ttl: DISCOVERY_MILLISECONDS });

/** @throws ProviderRefusal discovery fails, and the settings do not name what it would */
export async function openProvider(
  { name, type, details: stored }: IdentityProviderRecord,
  { providers }: Pick<OperationContext, "providers">,
): Promise<Provider> {
  const details = { ...stored, ...providers.endpoints[type] };
  const issuer = details.oidc_issuer?.replace(/\/$/, "");
  const isComplete = details.authorize_url && details.token_url && details.jwks_uri;
  const found = issuer === undefined || isComplete ? undefined : await discover(issuer, providers.fetch);
  const authorizeUrl = details.authorize_url || found?.authorization_endpoint;
  const tokenUrl = details.token_url || found?.token_endpoint;
  const jwksUri = details.jwks_uri || found?.jwks_uri;
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
    userInfoUrl: details.attributes_url || found?.userinfo_endpoint,
    issuer,
    jwksUri,
  };
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
