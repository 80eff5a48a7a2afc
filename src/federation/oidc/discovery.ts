/** The discovery documents of OpenID providers. What was read is kept for a time, and so is that a provider did not answer. */
import { LRUCache } from "lru-cache";
import * as z from "zod";
import { messageOf } from "../../message-of.ts";
import { type GuardedFetch, OutboundFailure } from "../../outbound/index.ts";
import type { IdentityProviderRecord } from "../../storage/index.ts";
import type { OperationContext } from "../../user-pools/index.ts";
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

/** How long sign-ins fail at once after a provider did not answer in time. */
const UNANSWERED_MILLISECONDS = 10_000;

interface Unanswered {
  readonly at: number;
  readonly refusal: ProviderRefusal;
}

const documents = new LRUCache<string, Discovered>({ max: MAX_DOCUMENTS, ttl: DISCOVERY_MILLISECONDS });
const unanswered = new LRUCache<string, Unanswered>({ max: MAX_DOCUMENTS });
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
  { providers, clock }: Pick<OperationContext, "providers" | "clock">,
): Promise<Discovered> {
  const known = documents.get(issuer);
  if (known !== undefined) return known;
  const provider = JSON.stringify([poolId, name, lastModifiedAt, issuer]);
  const failed = unanswered.get(provider);
  // A clock can be moved back.
  if (failed !== undefined && Math.abs(clock.now() - failed.at) < UNANSWERED_MILLISECONDS)
    throw failed.refusal;

  const request = underWay.get(provider) ?? requestOnce();
  underWay.set(provider, request);
  return request;

  async function requestOnce(): Promise<Discovered> {
    try {
      return await readDiscoveryDocument(issuer, providers.fetch);
    } catch (error) {
      if (error instanceof ProviderRefusal && isTimeout(error.cause)) {
        unanswered.set(provider, { at: clock.now(), refusal: error });
      }
      throw error;
    } finally {
      underWay.delete(provider);
    }
  }
}

/** A refused connection is not kept, because it makes nobody wait. */
function isTimeout(cause: unknown): boolean {
  return cause instanceof OutboundFailure && (cause.kind === "timed out" || cause.kind === "read timed out");
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
