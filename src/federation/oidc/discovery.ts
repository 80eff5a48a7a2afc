/** The discovery documents of OpenID providers. They are kept for a time. */
import { LRUCache } from "lru-cache";
import * as z from "zod";
import { messageOf } from "../../message-of.ts";
import type { GuardedFetch } from "../../outbound/index.ts";
import type { IdentityProviderRecord } from "../../storage/index.ts";
import { ProviderRefusal } from "./refusal.ts";

const discovered = z.looseObject({
  issuer: z.string(),
  authorization_endpoint: z.string().optional(),
  token_endpoint: z.string().optional(),
  userinfo_endpoint: z.string().optional(),
  jwks_uri: z.string().optional(),
});

export type Discovered = z.infer<typeof discovered>;

const DISCOVERY_MILLISECONDS = 5 * 60 * 1000;
const MAX_DOCUMENTS = 500;

const documents = new LRUCache<string, Discovered>({ max: MAX_DOCUMENTS, ttl: DISCOVERY_MILLISECONDS });
const underWay = new Map<string, Promise<Discovered>>();

/**
 * The document of a provider's issuer. There is one request at a time for each provider. After one that took too long, others fail
 * at once for a time, unless the provider was changed since or a document was read for another reason.
 *
 * @throws ProviderRefusal
 * @see docs/decisions/0100-openid-providers.md
 */
export async function discover(
  issuer: string,
  { poolId, name, lastModifiedAt }: IdentityProviderRecord,
  fetch: GuardedFetch,
): Promise<Discovered> {
  const known = documents.get(issuer);
  if (known !== undefined) return known;
  const provider = JSON.stringify([poolId, name, lastModifiedAt, issuer]);
  const request =
    underWay.get(provider) ??
    readDiscoveryDocument(issuer, fetch).finally(() => {
      underWay.delete(provider);
    });
  underWay.set(provider, request);
  return request;
}

/**
 * Reads a document anew.
 *
 * @throws ProviderRefusal
 * @see OpenID Connect Discovery 1.0 §4
 */
export async function readDiscoveryDocument(issuer: string, fetch: GuardedFetch): Promise<Discovered> {
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
