/**
 * The state that the browser carries to an external provider and back. It contains everything that the answer needs,
 * sealed, so that any node can process it. It is valid for five minutes and can be used once.
 *
 * @see Developer Guide, "Using OIDC identity providers with a user pool", on the five minutes
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { OperationContext } from "../../user-pools/index.ts";
import type { AuthorizationRequest } from "../authorization-request.ts";
import type { Endpoint } from "../endpoint.ts";
import type { Parameters } from "../parameters.ts";

const LIFE_MILLISECONDS = 5 * 60 * 1000;
/** For clocks that differ. */
const REMEMBERED_MILLISECONDS = 60 * 60 * 1000;

/** A request that sends the browser to a provider. */
export interface ProviderStart {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly endpoint: Endpoint;
  readonly context: OperationContext;
  readonly authorization: AuthorizationRequest;
  /** Of the authorization request. */
  readonly parameters: Parameters;
}

/** The state of every sign-in. */
export interface ProviderSignInState {
  readonly poolId: string;
  readonly providerName: string;
  /** The authorization request as a query string. */
  readonly query: string;
  /** The value of the browser's anti-forgery cookie; see {@link isOfBrowser} of `csrf.ts`. */
  readonly browser: string;
}

/** @param purpose each has one form of state */
export function sealProviderState(
  purpose: string,
  state: object,
  { crypto, clock }: OperationContext,
): string {
  return crypto.tokens.seal(purpose, { ...state, expiresAt: clock.now() + LIFE_MILLISECONDS });
}

/** Undefined for what was not sealed here for the purpose, or has expired. */
export function openProviderState<State extends object>(
  purpose: string,
  sealed: string,
  { crypto, clock }: OperationContext,
): State | undefined {
  // Only sealProviderState seals for the purposes of providers.
  const state = crypto.tokens.open(purpose, sealed) as (State & { expiresAt: number }) | undefined;
  return state !== undefined && state.expiresAt > clock.now() ? state : undefined;
}

/** Marks a state as used. */
export function markProviderStateUsed(ticket: string, { store, clock }: OperationContext): Promise<boolean> {
  return store.usedTickets.use(ticket, clock.now() + LIFE_MILLISECONDS + REMEMBERED_MILLISECONDS);
}
