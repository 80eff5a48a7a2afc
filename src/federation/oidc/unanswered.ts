/** Endpoints of providers that did not answer in time: for a time nobody else waits for them. */
import { LRUCache } from "lru-cache";
import { type GuardedFetch, OutboundFailure } from "../../outbound/index.ts";
import type { IdentityProviderRecord } from "../../storage/index.ts";
import type { OperationContext } from "../../user-pools/index.ts";

/** How long requests fail at once after an endpoint did not answer in time. */
const UNANSWERED_MILLISECONDS = 10_000;
const MAX_ENDPOINTS = 500;

interface Unanswered {
  readonly at: number;
  readonly failure: OutboundFailure;
}

const unanswered = new LRUCache<string, Unanswered>({ max: MAX_ENDPOINTS });

/**
 * Requests to a provider. After one that took too long, others to the same endpoint fail at once with the same error, until ten
 * seconds have passed, another request is answered, or the provider is changed.
 *
 * @see docs/decisions/0100-openid-providers.md
 */
export function fetchFrom(
  { poolId, name, lastModifiedAt }: IdentityProviderRecord,
  { providers, clock }: Pick<OperationContext, "providers" | "clock">,
): GuardedFetch {
  return async (url, request) => {
    // A query can have a code in it, or what is asked of a user.
    const endpoint = JSON.stringify([poolId, name, lastModifiedAt, url.split("?")[0]]);
    const failed = unanswered.get(endpoint);
    // A clock can be moved back.
    if (failed !== undefined && Math.abs(clock.now() - failed.at) < UNANSWERED_MILLISECONDS)
      throw failed.failure;
    try {
      const answer = await providers.fetch(url, request);
      unanswered.delete(endpoint);
      return answer;
    } catch (error) {
      if (isTimeout(error)) unanswered.set(endpoint, { at: clock.now(), failure: error });
      throw error;
    }
  };
}

/** A refused connection is not kept, because it makes nobody wait. */
function isTimeout(error: unknown): error is OutboundFailure {
  return error instanceof OutboundFailure && (error.kind === "timed out" || error.kind === "read timed out");
}
