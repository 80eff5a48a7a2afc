/**
 * What a RelayState holds while the browser is at a SAML provider: everything that the answer needs, sealed, so that any
 * node can take it. It works once, for five minutes, and in the browser that began.
 *
 * @see Developer Guide, "Things to know about SAML IdPs": RelayState is opaque and must come back unchanged
 */
import type { FastifyRequest } from "fastify";
import type { OperationContext } from "../../user-pools/index.ts";
import { PageError } from "../authorization-request.ts";

const LIFE_MILLISECONDS = 5 * 60 * 1000;
/** For clocks that differ. */
const REMEMBERED_MILLISECONDS = 60 * 60 * 1000;

/** The service's text for an answer that cannot be matched with a request. */
export const UNMATCHED = "Invalid samlResponse or relayState from identity provider";

export interface SignInState {
  readonly poolId: string;
  readonly providerName: string;
  readonly requestId: string;
  /** The authorization request as a query string. */
  readonly query: string;
  /** The value of the browser's anti-forgery cookie. */
  readonly browser: string;
}

export interface SignOutState {
  readonly poolId: string;
  readonly providerName: string;
  readonly requestId: string;
  /** Where the browser goes at the end; it was checked when it was given. */
  readonly target: string;
}

type Purpose = "SAML sign-in" | "SAML sign-out";

export function sealState(
  purpose: Purpose,
  state: SignInState | SignOutState,
  { crypto, clock }: OperationContext,
): string {
  return crypto.tokens.seal(purpose, { ...state, expiresAt: clock.now() + LIFE_MILLISECONDS });
}

/** Undefined for what was not sealed here, or has expired. */
export function openState<State extends SignInState | SignOutState>(
  purpose: Purpose,
  relayState: string,
  { crypto, clock }: OperationContext,
): State | undefined {
  // Only sealState seals for the purpose.
  const state = crypto.tokens.open(purpose, relayState) as (State & { expiresAt: number }) | undefined;
  return state !== undefined && state.expiresAt > clock.now() ? state : undefined;
}

/** @throws PageError it was used before */
export async function markUsed(
  { requestId }: { readonly requestId: string },
  { store, clock }: OperationContext,
): Promise<void> {
  const until = clock.now() + LIFE_MILLISECONDS + REMEMBERED_MILLISECONDS;
  if (!(await store.usedTickets.use(`saml-request:${requestId}`, until))) throw new PageError(UNMATCHED);
}

/** Longer than other forms: a response can have 100,000 characters, which the form escapes. */
export const MAX_FORM_CHARACTERS = 200_000;

/** Where the pool's endpoints are, as the request addressed them. */
export function baseUrlOf({
  origin,
  basePath,
}: {
  readonly origin: string;
  readonly basePath: string;
}): string {
  return `${origin}${basePath}`;
}

/** The anti-forgery cookie, without making one. */
export function browserOf(request: FastifyRequest): string | undefined {
  return request.cookies["XSRF-TOKEN"];
}
