/**
 * `/oauth2/idpresponse`: takes the answer of an OpenID Connect or social provider.
 *
 * @see Developer Guide, "Identity provider and relying party endpoints"
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { IdentityProviderRecord } from "../../storage/index.ts";
import type { OperationContext } from "../../user-pools/index.ts";
import {
  type AuthorizationRequest,
  PageError,
  providersOf,
  RedirectError,
  readAuthorization,
} from "../authorization-request.ts";
import { tellClient } from "../authorize.ts";
import type { Endpoint } from "../endpoint.ts";
import { formFieldsOf, type Parameters, queryOf } from "../parameters.ts";
import { finishFederation } from "./finish.ts";
import { redirectUriOf, refusedByProvider } from "./oidc-start.ts";
import { type ProviderState, takeState } from "./oidc-state.ts";

/** The fields that a provider can send. */
const ANSWER = ["state", "code", "error", "error_description", "iss", "user"];

/** `POST`, which Apple's form is. Lax cookies do not come with it; with the request that it is turned into they do. */
export function readdressProviderForm(
  request: FastifyRequest,
  reply: FastifyReply,
  endpoint: Endpoint,
  context: OperationContext,
): FastifyReply {
  const fields = formFieldsOf(request);
  const query = new URLSearchParams();
  for (const name of ANSWER) {
    const value = fields.get(name);
    // The user's name is sealed, because addresses are logged on their way.
    if (value !== undefined)
      query.set(name, name === "user" ? context.crypto.tokens.seal("provider form", { user: value }) : value);
  }
  return reply.header("cache-control", "no-store").redirect(`${redirectUriOf(endpoint)}?${query}`, 303);
}

/** `GET`. @throws PageError, RedirectError, UnclearParameters */
export async function answerProvider(
  request: FastifyRequest,
  reply: FastifyReply,
  endpoint: Endpoint,
  context: OperationContext,
): Promise<FastifyReply> {
  const parameters = queryOf(request);
  const state = await takeState(parameters.get("state"), request, context);
  const { authorization, provider } = await begunSignIn(state, endpoint, context);
  const code = codeOf(parameters, authorization);
  const { finishOidcSignIn, ProviderRefusal } = await import("../../federation/oidc/index.ts");
  try {
    const { subject, claims, sources, authentication } = await finishOidcSignIn(
      provider,
      { code, issuer: parameters.get("iss"), appleUser: userOf(parameters, context) },
      {
        redirectUri: redirectUriOf(endpoint),
        nonce: state.nonce,
        codeVerifier: state.codeVerifier,
        maxAgeSeconds: authorization.maxAgeSeconds,
      },
      context,
    );
    return await finishFederation(
      { request, reply, endpoint, authorization, context },
      { provider, identity: { subject, issuer: null, claims, inbound: { ...sources }, authentication } },
    );
  } catch (error) {
    if (error instanceof ProviderRefusal) throw refusedByProvider(authorization, provider, error, context);
    return tellClient(authorization)(error);
  }
}

/** The sign-in that an answer belongs to; the settings may have changed meanwhile. */
async function begunSignIn(
  { poolId, providerName, query }: ProviderState,
  endpoint: Endpoint,
  context: OperationContext,
): Promise<{ readonly authorization: AuthorizationRequest; readonly provider: IdentityProviderRecord }> {
  const authorization = await readAuthorization(new Map(new URLSearchParams(query)), endpoint, context);
  const provider = await context.store.identityProviders.get(poolId, providerName);
  const { pool, client } = authorization;
  if (provider === undefined || pool.id !== poolId || !providersOf(client).includes(provider.name)) {
    throw new PageError("Something went wrong");
  }
  return { authorization, provider };
}

/** @throws RedirectError with the provider's own error, such as a sign-in that the user broke off */
function codeOf(parameters: Parameters, authorization: AuthorizationRequest): string {
  const error = parameters.get("error");
  if (error !== undefined) {
    // The characters of RFC 6749 §4.1.2.1.
    const isCode = /^[\x20-\x21\x23-\x5b\x5d-\x7e]{1,100}$/.test(error);
    throw new RedirectError(
      authorization,
      isCode ? error : "server_error",
      parameters.get("error_description")?.slice(0, 1000),
    );
  }
  const code = parameters.get("code");
  if (code === undefined) throw new RedirectError(authorization, "invalid_request");
  return code;
}

function userOf(parameters: Parameters, { crypto }: OperationContext): string | undefined {
  // Only readdressProviderForm seals for the purpose.
  const form = crypto.tokens.open("provider form", parameters.get("user") ?? "");
  return (form as { readonly user: string } | undefined)?.user;
}
