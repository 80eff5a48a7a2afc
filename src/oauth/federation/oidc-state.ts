/**
 * What `state` holds while the browser is at an OpenID Connect or social provider: everything that the answer needs, sealed,
 * so that any node can take it. It works once, for five minutes, and in the browser that began.
 *
 * @see Developer Guide, "Using OIDC identity providers with a user pool", on the five minutes
 */
import type { FastifyRequest } from "fastify";
import { equalSecrets } from "../../crypto/index.ts";
import type { OperationContext } from "../../user-pools/index.ts";
import { PageError } from "../authorization-request.ts";

const PURPOSE = "provider sign-in";
const LIFE_MILLISECONDS = 5 * 60 * 1000;
/** For clocks that differ. */
const REMEMBERED_MILLISECONDS = 60 * 60 * 1000;

export interface ProviderState {
  readonly id: string;
  readonly poolId: string;
  readonly providerName: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  /** The authorization request as a query string. */
  readonly query: string;
  /** The value of the browser's anti-forgery cookie. */
  readonly browser: string;
}

/** The service's text for an answer that came too late. */
const unmatched = () => new PageError("Something went wrong");

export function sealState(state: ProviderState, { crypto, clock }: OperationContext): string {
  return crypto.tokens.seal(PURPOSE, { ...state, expiresAt: clock.now() + LIFE_MILLISECONDS });
}

/** @throws PageError it was not sealed here or for this browser, has expired or was used before */
export async function takeState(
  sealed: string | undefined,
  request: FastifyRequest,
  { crypto, clock, store }: OperationContext,
): Promise<ProviderState> {
  // Only sealState seals for the purpose.
  const state = crypto.tokens.open(PURPOSE, sealed ?? "") as
    | (ProviderState & { readonly expiresAt: number })
    | undefined;
  const browser = request.cookies["XSRF-TOKEN"];
  if (state === undefined || browser === undefined || !equalSecrets(browser, state.browser))
    throw unmatched();
  if (clock.now() >= state.expiresAt) throw unmatched();
  const isFirst = await store.usedTickets.use(
    `provider:${state.id}`,
    state.expiresAt + REMEMBERED_MILLISECONDS,
  );
  if (!isFirst) throw unmatched();
  return state;
}
