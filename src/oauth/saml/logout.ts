/**
 * Single logout. `/logout` sends the browser to the provider first; its answer comes to `/saml2/logout`.
 *
 * @see Developer Guide, "Signing out SAML users with single sign-out"
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { OperationContext } from "../../user-pools/index.ts";
import { PageError } from "../authorization-request.ts";
import type { ProviderSession } from "../browser/index.ts";
import type { Endpoint } from "../endpoint.ts";
import { formFieldsOf } from "../parameters.ts";
import { redirectTo } from "../redirect.ts";
import { samlFederation } from "./federation.ts";
import { takeSamlLogoutForm } from "./provider-sign-out.ts";
import { baseUrlOf, MAX_FORM_CHARACTERS, markUsed, openState, sealState, UNMATCHED } from "./state.ts";

interface SignOut {
  readonly poolId: string;
  readonly session: ProviderSession | undefined;
  /** Where the browser goes at the end. */
  readonly target: string;
}

/**
 * The next address of a browser whose session has just ended: the provider, or the target if no provider must be
 * notified.
 */
export async function afterSignOut(
  { poolId, session, target }: SignOut,
  endpoint: Endpoint,
  context: OperationContext,
): Promise<string> {
  if (session?.saml === undefined) return target;
  const provider = await context.store.identityProviders.get(poolId, session.providerName);
  if (provider?.type !== "SAML") return target;
  const { startSamlSignOut } = await samlFederation();
  const relayStateFor = (requestId: string) =>
    sealState("SAML sign-out", { poolId, providerName: provider.name, requestId, target }, context);
  const party = { provider, baseUrl: baseUrlOf(endpoint) };
  return (await startSamlSignOut(party, { session: session.saml, relayStateFor }, context)) ?? target;
}

/** `POST /saml2/logout`. @throws PageError, UnclearParameters */
export async function answerSamlLogout(
  request: FastifyRequest,
  reply: FastifyReply,
  endpoint: Endpoint,
  context: OperationContext,
): Promise<FastifyReply> {
  const fields = formFieldsOf(request, MAX_FORM_CHARACTERS);
  if (fields.has("SAMLRequest")) return takeSamlLogoutForm(request, reply, endpoint, context);
  const samlResponse = fields.get("SAMLResponse");
  const state = openState("SAML sign-out", fields.get("RelayState") ?? "", context);
  if (samlResponse === undefined || state === undefined) throw new PageError(UNMATCHED);
  if (endpoint.poolId !== undefined && endpoint.poolId !== state.poolId) throw new PageError(UNMATCHED);
  const provider = await context.store.identityProviders.get(state.poolId, state.providerName);
  if (provider?.type !== "SAML") throw new PageError(UNMATCHED);
  const { finishSamlSignOut, SamlRefusal } = await samlFederation();
  try {
    const { requestId } = state;
    await finishSamlSignOut({ provider, baseUrl: baseUrlOf(endpoint) }, { samlResponse, requestId }, context);
  } catch (error) {
    if (!(error instanceof SamlRefusal)) throw error;
    throw new PageError(`Invalid SAML response received: ${error.message}`);
  }
  await markUsed(state, context);
  return redirectTo(reply, state.target);
}
