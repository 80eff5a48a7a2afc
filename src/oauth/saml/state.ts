/**
 * The content of a RelayState while the browser is at a SAML provider.
 *
 * @see Developer Guide, "Things to know about SAML IdPs": RelayState is opaque and must come back unchanged
 */
import type { OperationContext } from "../../user-pools/index.ts";
import { PageError } from "../authorization-request.ts";
import {
  markProviderStateUsed,
  openProviderState,
  type ProviderSignInState,
  sealProviderState,
} from "../browser/index.ts";

/** The service's text for an answer that cannot be matched with a request. */
export const UNMATCHED = "Invalid samlResponse or relayState from identity provider";

export interface SignInState extends ProviderSignInState {
  readonly requestId: string;
}

export interface SignOutState {
  readonly poolId: string;
  readonly providerName: string;
  readonly requestId: string;
  /** Where the browser goes at the end; it was checked when it was given. */
  readonly target: string;
}

/** The state of each purpose. */
interface States {
  readonly "SAML sign-in": SignInState;
  readonly "SAML sign-out": SignOutState;
}

export function sealState<Purpose extends keyof States>(
  purpose: Purpose,
  state: States[Purpose],
  context: OperationContext,
): string {
  return sealProviderState(purpose, state, context);
}

/** Undefined for what was not sealed here, or has expired. */
export function openState<Purpose extends keyof States>(
  purpose: Purpose,
  relayState: string,
  context: OperationContext,
): States[Purpose] | undefined {
  return openProviderState<States[Purpose]>(purpose, relayState, context);
}

/** @throws PageError it was used before */
export async function markUsed(
  { requestId }: { readonly requestId: string },
  context: OperationContext,
): Promise<void> {
  if (!(await markProviderStateUsed(`saml-request:${requestId}`, context))) throw new PageError(UNMATCHED);
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
