/**
 * `/saml2/idpresponse`: takes the assertion that a SAML provider sent by the browser.
 *
 * @see Developer Guide, "SAML session initiation in Amazon Cognito user pools"
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import { ServiceException } from "../../api-model/index.ts";
import type { IdentityProviderRecord } from "../../storage/index.ts";
import type { OperationContext } from "../../user-pools/index.ts";
import {
  type AuthorizationRequest,
  PageError,
  providersOf,
  RedirectError,
  readAuthorization,
} from "../authorization-request.ts";
import { descriptionOf } from "../authorize.ts";
import { hasCsrfCookie, isOfBrowser } from "../browser/index.ts";
import type { Endpoint } from "../endpoint.ts";
import { finishFederation } from "../federation/index.ts";
import { formFieldsOf, type Parameters } from "../parameters.ts";
import { samlFederation } from "./federation.ts";
import { sendResubmission } from "./resubmission.ts";
import { baseUrlOf, MAX_FORM_CHARACTERS, markUsed, openState, type SignInState, UNMATCHED } from "./state.ts";

/** The sign-in that an answer belongs to. */
interface Matched {
  readonly provider: IdentityProviderRecord;
  readonly authorization: AuthorizationRequest;
  /** Undefined when the provider began. */
  readonly requestId: string | undefined;
}

/** @throws PageError, RedirectError, UnclearParameters */
export async function answerSamlResponse(
  request: FastifyRequest,
  reply: FastifyReply,
  endpoint: Endpoint,
  context: OperationContext,
): Promise<FastifyReply> {
  const fields = formFieldsOf(request, MAX_FORM_CHARACTERS);
  const samlResponse = fields.get("SAMLResponse");
  const relayState = fields.get("RelayState");
  if (samlResponse === undefined || relayState === undefined) throw new PageError(UNMATCHED);

  const state = openState("SAML sign-in", relayState, context);
  if (state !== undefined && !hasCsrfCookie(request) && !fields.has("resubmitted")) {
    return sendResubmission(reply, { SAMLResponse: samlResponse, RelayState: relayState });
  }
  const matched =
    state === undefined
      ? await matchUnrequested(relayState, endpoint, context)
      : await matchRequest(state, request, endpoint, context);
  const { provider, authorization, requestId } = matched;

  const { finishSamlSignIn, SamlRefusal } = await samlFederation();
  try {
    const party = { provider, baseUrl: baseUrlOf(endpoint) };
    const { subject, issuer, claims, session } = await finishSamlSignIn(
      party,
      { samlResponse, requestId },
      context,
    );
    return await finishFederation(
      { request, reply, endpoint, authorization, context },
      {
        provider,
        identity: { subject, issuer, claims, inbound: { samlResponse: claims } },
        saml: session,
      },
    );
  } catch (error) {
    if (!(error instanceof SamlRefusal || error instanceof ServiceException)) throw error;
    context.log.info(
      { poolId: provider.poolId, provider: provider.name, reason: error.message },
      "SAML response refused",
    );
    throw new RedirectError(
      authorization,
      "server_error",
      `Invalid SAML response received: ${error instanceof ServiceException ? descriptionOf(error) : error.message}`,
    );
  }
}

async function matchRequest(
  state: SignInState,
  request: FastifyRequest,
  endpoint: Endpoint,
  context: OperationContext,
): Promise<Matched> {
  if (!isOfBrowser(request, state.browser)) throw new PageError(UNMATCHED);
  if (endpoint.poolId !== undefined && endpoint.poolId !== state.poolId) throw new PageError(UNMATCHED);
  await markUsed(state, context);
  const parameters = new Map(new URLSearchParams(state.query));
  const authorization = await readAuthorization(parameters, endpoint, context);
  const provider = await context.store.identityProviders.get(state.poolId, state.providerName);
  // The settings may have changed meanwhile.
  if (provider?.type !== "SAML" || !providersOf(authorization.client).includes(provider.name)) {
    throw new PageError(UNMATCHED);
  }
  return { provider, authorization, requestId: state.requestId };
}

/**
 * The provider started the sign-in: RelayState is the authorization request, which an administrator has configured
 * there.
 */
async function matchUnrequested(
  relayState: string,
  endpoint: Endpoint,
  context: OperationContext,
): Promise<Matched> {
  const parameters: Parameters = new Map(
    [...new URLSearchParams(relayState)].filter(([name, value]) => UNREQUESTED.has(name) && value !== ""),
  );
  const named = parameters.get("identity_provider") ?? parameters.get("idp_identifier");
  if (!parameters.has("client_id") || named === undefined) throw new PageError(UNMATCHED);
  const authorization = await readAuthorization(
    new Map([["response_type", "code"], ...parameters]),
    endpoint,
    context,
  );
  const { pool, client } = authorization;
  const { identityProviders } = context.store;
  const provider =
    (await identityProviders.get(pool.id, named)) ??
    (await identityProviders.findByIdentifier(pool.id, named));
  const { isOn } = await samlFederation();
  if (
    provider?.type !== "SAML" ||
    !isOn(provider, "IDPInit") ||
    !providersOf(client).includes(provider.name) ||
    !(await hasSamlAlone(providersOf(client), pool.id, context))
  ) {
    throw new PageError(UNMATCHED);
  }
  return { provider, authorization, requestId: undefined };
}

/** Saving a client demands it; a provider can have been changed since then. */
async function hasSamlAlone(
  names: readonly string[],
  poolId: string,
  { store }: OperationContext,
): Promise<boolean> {
  for (const name of names) {
    if ((await store.identityProviders.get(poolId, name))?.type !== "SAML") return false;
  }
  return true;
}

const UNREQUESTED: ReadonlySet<string> = new Set([
  "identity_provider",
  "idp_identifier",
  "client_id",
  "redirect_uri",
  "response_type",
  "scope",
]);
