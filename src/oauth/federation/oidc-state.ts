/** The content of `state` while the browser is at an OpenID Connect or social provider. */
import type { FastifyRequest } from "fastify";
import type { OperationContext } from "../../user-pools/index.ts";
import { PageError } from "../authorization-request.ts";
import {
  isOfBrowser,
  markProviderStateUsed,
  openProviderState,
  type ProviderSignInState,
  sealProviderState,
} from "../browser/index.ts";

const PURPOSE = "provider sign-in";

export interface ProviderState extends ProviderSignInState {
  readonly id: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** The service's text for an answer that came too late. */
const unmatched = () => new PageError("Something went wrong");

export function sealState(state: ProviderState, context: OperationContext): string {
  return sealProviderState(PURPOSE, state, context);
}

/** @throws PageError it was not sealed here or for this browser, has expired or was used before */
export async function takeState(
  sealed: string | undefined,
  request: FastifyRequest,
  context: OperationContext,
): Promise<ProviderState> {
  const state = openProviderState<ProviderState>(PURPOSE, sealed ?? "", context);
  if (state === undefined || !isOfBrowser(request, state.browser)) throw unmatched();
  if (!(await markProviderStateUsed(`provider:${state.id}`, context))) throw unmatched();
  return state;
}
