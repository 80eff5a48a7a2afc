/** `/oauth2/authorize`. @see Developer Guide, "Authorize endpoint" */
import type { FastifyReply, FastifyRequest } from "fastify";
import {
  type AuthenticationResultType,
  ServiceException,
  UserLambdaValidationException,
} from "../api-model/index.ts";
import { preferredLanguage } from "../managed-login/index.ts";
import { grantToSession, issueCode, type OperationContext, type UserGrant } from "../user-pools/index.ts";
import { type AuthorizationRequest, RedirectError, readAuthorization } from "./authorization-request.ts";
import { providerOfSession } from "./browser/index.ts";
import type { Endpoint } from "./endpoint.ts";
import { chosenProvider } from "./federation/chosen-provider.ts";
import { startOidc } from "./federation/oidc-start.ts";
import { formOf } from "./parameters.ts";
import { redirectWithCode, redirectWithTokens } from "./redirect.ts";
import { startSaml } from "./saml/start.ts";
import { sessionStanding } from "./session-standing.ts";

/** @throws PageError, RedirectError, UnclearParameters */
export async function answerAuthorize(
  request: FastifyRequest,
  reply: FastifyReply,
  endpoint: Endpoint,
  context: OperationContext,
): Promise<FastifyReply> {
  const parameters = formOf(request);
  const authorization = await readAuthorization(parameters, endpoint, context);
  const standing = await sessionStanding(request, authorization, context);
  const provider = await chosenProvider(authorization, parameters, context);
  const wanted = provider?.name ?? parameters.get("identity_provider");
  const sessionProvider = providerOfSession(request, authorization.pool.id, context)?.providerName;
  // A request for one provider is not answered with the session of another, nor with that of a local user.
  const isOfOther = wanted !== undefined && wanted !== (sessionProvider ?? "COGNITO");
  if (standing.kind === "enough" && !isOfOther) {
    const { session, user } = standing.session;
    const { pool, client, scopes, nonce, resource } = authorization;
    const grantee = { pool, client, user, scopes, nonce, resource };
    const { grant, tokens } = await grantToSession(grantee, session, context).catch(
      tellClient(authorization),
    );
    return answerWithGrant(reply, authorization, grant, tokens, context);
  }
  if (authorization.prompts.has("none")) throw new RedirectError(authorization, "login_required");
  if (provider !== undefined) {
    const start = { request, reply, endpoint, context, authorization, parameters };
    return provider.type === "SAML" ? startSaml(start, provider) : startOidc(start, provider);
  }
  const query = new URLSearchParams([...parameters]);
  // `ui_locales` of OpenID Connect Core §3.1.2.1, in the order of preference.
  const language = preferredLanguage(parameters.get("ui_locales")?.replaceAll(" ", ","));
  if (language !== undefined && !query.has("lang")) query.set("lang", language);
  return reply.header("cache-control", "no-store").redirect(`${endpoint.basePath}/login?${query}`, 302);
}

/** A refusal of the pool's PreTokenGeneration function goes to the client. */
export function tellClient(authorization: AuthorizationRequest): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof ServiceException)) throw error;
    throw new RedirectError(authorization, "invalid_request", descriptionOf(error));
  };
}

/**
 * The message of a refusal as a redirect has it: after those of functions and of attributes the service leaves a space. That
 * was observed from 2021 to 2026, and that others have none.
 */
export function descriptionOf(error: ServiceException): string {
  const endsInSpace = error instanceof UserLambdaValidationException || error.message.endsWith("\n");
  return endsInSpace ? `${error.message} ` : error.message;
}

/** The redirect to the client that a finished sign-in ends in. */
export async function answerWithGrant(
  reply: FastifyReply,
  authorization: AuthorizationRequest,
  grant: UserGrant,
  tokens: AuthenticationResultType,
  context: OperationContext,
): Promise<FastifyReply> {
  if (authorization.responseType === "token") return redirectWithTokens(reply, authorization, tokens);
  const code = await issueCode(grant, tokens, authorization, context);
  return redirectWithCode(reply, authorization, code);
}
