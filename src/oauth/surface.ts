import fastifyCookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Surface } from "../http/index.ts";
import type { OperationContext } from "../user-pools/index.ts";
import { PageError, RedirectError } from "./authorization-request.ts";
import { answerAuthorize } from "./authorize.ts";
import { sendDiscovery, sendJwks, sendUserInfoMetadata } from "./discovery.ts";
import { type Endpoint, endpointOf, type OAuthDependencies } from "./endpoint.ts";
import { sendBusyPage, sendErrorPage, sendFailurePage, showErrorPage } from "./error-page.ts";
import { answerProvider, readdressProviderForm } from "./federation/oidc-answer.ts";
import { answerIntrospection } from "./introspect.ts";
import { answerLogout } from "./logout.ts";
import { downloadAccount, showAccount, takeAccount } from "./pages/account/account.ts";
import { showAddPasskey, takeAddPasskey } from "./pages/add-passkey.ts";
import { showConfirm, takeConfirm } from "./pages/confirm.ts";
import {
  showForgotPassword,
  showResetPassword,
  takeForgotPassword,
  takeResetPassword,
} from "./pages/forgot-password.ts";
import { createFormLimit } from "./pages/form-limit.ts";
import { showLogin, takeLogin } from "./pages/login.ts";
import { takeResendCode } from "./pages/resend-code.ts";
import type { Answering } from "./pages/send-page.ts";
import { showSignUp, takeSignUp } from "./pages/sign-up.ts";
import { openVisit, type Visit } from "./pages/visit.ts";
import { UnclearParameters } from "./parameters.ts";
import { redirectWithError } from "./redirect.ts";
import { answerRegistration } from "./register.ts";
import { answerRevoke } from "./revoke.ts";
import { answerSamlResponse } from "./saml/idp-response.ts";
import { sendSamlMetadata } from "./saml/metadata.ts";
import { takeSamlLogoutRedirect } from "./saml/provider-sign-out.ts";
import { answerSamlLogout } from "./saml/sign-out.ts";
import { showSignedOut } from "./signed-out.ts";
import { answerToken } from "./token.ts";
import { answerUserInfo } from "./user-info.ts";

/** Answers a request to one of the endpoints. */
type Handler = (
  request: FastifyRequest,
  reply: FastifyReply,
  endpoint: Endpoint,
  context: OperationContext,
) => Promise<FastifyReply> | FastifyReply;

/** A pool's domain, or the root of the server; and `/{poolId}`. */
const BASE_PATHS = ["", "/:poolId"] as const;

/** The OAuth 2.0 and OpenID Connect endpoints, their pages, and the documents that name them. */
export function oauthSurface(dependencies: OAuthDependencies): Surface {
  const { contextOf, namesIssuer } = dependencies;
  /** A handler that knows its endpoint. */
  const at = (handler: Handler) => async (request: FastifyRequest, reply: FastifyReply) => {
    const context = contextOf(request);
    reply.header("x-amz-cognito-request-id", context.request.requestId);
    const endpoint = await endpointOf(request, context, namesIssuer);
    if (endpoint === undefined) return reply.code(404).send({ message: "There is nothing here." });
    return handler(request, reply, endpoint, context);
  };

  return async (app) => {
    app.register(async (documents) => registerDocuments(documents, dependencies));
    for (const base of BASE_PATHS) {
      app.register(async (programs) => registerProgramEndpoints(programs, base, at));
      app.register(async (pages) => registerPages(pages, base, at, contextOf));
    }
  };
}

type At = (handler: Handler) => (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

function registerDocuments(app: FastifyInstance, { contextOf, namesIssuer }: OAuthDependencies): void {
  const discovery = (request: FastifyRequest<{ Params: { poolId: string } }>, reply: FastifyReply) =>
    sendDiscovery(request, reply, { poolId: request.params.poolId, namesIssuer }, contextOf(request));
  app.get("/:poolId/.well-known/openid-configuration", discovery);
  app.get("/:poolId/.well-known/oauth-authorization-server", discovery);
  app.get("/.well-known/oauth-authorization-server/:poolId", discovery);
  app.get<{ Params: { poolId: string } }>(
    "/.well-known/oauth-protected-resource/:poolId/oauth2/userInfo",
    (request, reply) => sendUserInfoMetadata(request, reply, request.params.poolId, contextOf(request)),
  );
  app.get<{ Params: { poolId: string } }>("/:poolId/.well-known/jwks.json", (request, reply) =>
    sendJwks(reply, request.params.poolId, contextOf(request)),
  );
}

/** Endpoints for programs, pages of other origins among them. */
function registerProgramEndpoints(app: FastifyInstance, base: string, at: At): void {
  app.addHook("onRequest", async (_request, reply) => {
    reply.header("access-control-allow-origin", "*");
  });
  app.post(`${base}/oauth2/token`, at(answerToken));
  app.post(`${base}/oauth2/revoke`, at(answerRevoke));
  app.post(`${base}/oauth2/introspect`, at(answerIntrospection));
  app.post(`${base}/oauth2/register`, at(answerRegistration));
  app.route({ method: ["GET", "POST"], url: `${base}/oauth2/userInfo`, handler: at(answerUserInfo) });
  for (const name of ["token", "revoke", "introspect", "register", "userInfo"]) {
    const methods = name === "userInfo" ? "GET,POST" : "POST";
    app.options(`${base}/oauth2/${name}`, (_request, reply) =>
      reply
        .headers({
          "access-control-allow-methods": methods,
          "access-control-allow-headers": "authorization,content-type,x-amz-user-agent",
          "access-control-max-age": "7200",
        })
        .send(),
    );
    const refused = name === "userInfo" ? ["PUT", "DELETE"] : ["GET", "PUT", "DELETE"];
    app.route({
      method: refused,
      url: `${base}/oauth2/${name}`,
      handler: (_request, reply) => reply.code(405).send(),
    });
  }
}

/** Endpoints for a person's browser. */
async function registerPages(
  app: FastifyInstance,
  base: string,
  at: At,
  contextOf: OAuthDependencies["contextOf"],
): Promise<void> {
  await app.register(fastifyCookie);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      // Of redirects; a page has its own, with the nonce of its style.
      directives: { defaultSrc: ["'none'"], baseUri: ["'none'"], frameAncestors: ["'none'"] },
    },
    frameguard: { action: "deny" },
    // A client may open the pages in a window of its own and wait for it.
    crossOriginOpenerPolicy: false,
    strictTransportSecurity: false,
  });
  app.setErrorHandler((error, request, reply) => {
    if (error instanceof RedirectError) return redirectWithError(reply, error);
    if (error instanceof PageError && error.code === "redirect_mismatch") {
      return redirectToErrorPage(error.code, request, reply, base);
    }
    if (error instanceof PageError || error instanceof UnclearParameters) {
      return sendErrorPage({ request, reply, context: contextOf(request) }, error.message);
    }
    return answerDefect(error, { request, reply, context: contextOf(request) });
  });
  const takesForm = createFormLimit();
  app.addHook("onRequest", async (request, reply) => {
    if (request.method !== "POST") return;
    const context = contextOf(request);
    if (!takesForm(request.ip, context.clock)) return sendBusyPage({ request, reply, context });
  });
  app.route({ method: ["GET", "POST"], url: `${base}/oauth2/authorize`, handler: at(answerAuthorize) });
  app.get(`${base}/authorize`, at(answerAuthorize));
  for (const [path, { show, take }] of Object.entries(PAGES)) {
    if (show) app.get(`${base}${path}`, at(page(show)));
    app.post(`${base}${path}`, at(page(take)));
  }
  app.get(`${base}/oauth2/idpresponse`, at(answerProvider));
  app.post(`${base}/oauth2/idpresponse`, at(readdressProviderForm));
  app.post(`${base}/saml2/idpresponse`, at(answerSamlResponse));
  app.post(`${base}/saml2/logout`, at(answerSamlLogout));
  app.get(`${base}/saml2/logout`, at(takeSamlLogoutRedirect));
  app.get(`${base}/saml2/metadata`, at(sendSamlMetadata));
  app.route({ method: ["GET", "POST"], url: `${base}/logout`, handler: at(answerLogout) });
  app.get(`${base}/signed-out`, at(showSignedOut));
  app.get(`${base}/account`, at(showAccount));
  app.post(`${base}/account`, at(takeAccount));
  app.get(`${base}/account/data`, at(downloadAccount));
  app.get(
    `${base}/error`,
    at((request, reply, _endpoint, context) => showErrorPage({ request, reply, context })),
  );
}

type AnswerVisit = (visit: Visit) => Promise<FastifyReply>;

/** The pages that belong to an authorization request. The guide writes the last page of recovery in two ways. */
const PAGES: Readonly<Record<string, { readonly show?: AnswerVisit; readonly take: AnswerVisit }>> = {
  "/login": { show: showLogin, take: takeLogin },
  "/signup": { show: showSignUp, take: takeSignUp },
  "/confirm": { show: showConfirm, take: takeConfirm },
  "/resendcode": { take: takeResendCode },
  "/forgotPassword": { show: showForgotPassword, take: takeForgotPassword },
  "/confirmForgotPassword": { show: showResetPassword, take: takeResetPassword },
  "/confirmforgotPassword": { show: showResetPassword, take: takeResetPassword },
  "/passkeys/add": { show: showAddPasskey, take: takeAddPasskey },
};

/** A page that belongs to an authorization request. */
function page(answer: AnswerVisit): Handler {
  return async (...request) => answer(await openVisit(...request));
}

/** A person who sent a form is told so by a page; what went wrong is for the log. */
function answerDefect(error: unknown, answering: Answering): Promise<FastifyReply> {
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  if (status < 500) throw error;
  // Without the address, which may hold what is secret.
  answering.context.log.error({ err: error }, "A page failed unexpectedly");
  return sendFailurePage(answering);
}

function redirectToErrorPage(
  code: string,
  request: FastifyRequest,
  reply: FastifyReply,
  base: string,
): FastifyReply {
  const { poolId } = request.params as { poolId?: string };
  const clientId = new URL(request.url, "http://local").searchParams.get("client_id") ?? "";
  const query = new URLSearchParams({ error: code, client_id: clientId });
  return reply.redirect(`${base === "" ? "" : `/${poolId}`}/error?${query}`, 302);
}
