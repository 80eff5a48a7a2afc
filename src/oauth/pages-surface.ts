import fastifyCookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Surface } from "../http/index.ts";
import type { AddressLimit } from "./address-limits.ts";
import { type AtEndpoint, atEndpoint, BASE_PATHS, type Handler } from "./at-endpoint.ts";
import { PageError, RedirectError } from "./authorization-request.ts";
import { answerAuthorize } from "./authorize.ts";
import { type OAuthDependencies, originOf } from "./endpoint.ts";
import { sendBusyPage, sendErrorPage, sendFailurePage, showErrorPage } from "./error-page.ts";
import { answerProvider, readdressProviderForm } from "./federation/idp-response.ts";
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
import { showLogin, takeLogin } from "./pages/login.ts";
import { takeResendCode } from "./pages/resend-code.ts";
import type { Answering } from "./pages/send-page.ts";
import { showSignUp, takeSignUp } from "./pages/sign-up.ts";
import { openVisit, type Visit } from "./pages/visit.ts";
import { UnclearParameters } from "./parameters.ts";
import { redirectWithError } from "./redirect.ts";
import { answerSamlResponse } from "./saml/idp-response.ts";
import { answerSamlLogout } from "./saml/logout.ts";
import { sendSamlMetadata } from "./saml/metadata.ts";
import { takeSamlLogoutRedirect } from "./saml/provider-sign-out.ts";
import { showSignedOut } from "./signed-out.ts";

interface PagesDependencies extends OAuthDependencies {
  readonly takesForm: AddressLimit;
}

/** The endpoints for a person's browser, and their pages. */
export function pagesSurface(dependencies: PagesDependencies): Surface {
  const at = atEndpoint(dependencies);
  const { contextOf, takesForm } = dependencies;
  return async (app) => {
    for (const base of BASE_PATHS) {
      app.register(async (pages) => registerPages(pages, base, at, contextOf, takesForm));
    }
  };
}

async function registerPages(
  app: FastifyInstance,
  base: string,
  at: AtEndpoint,
  contextOf: OAuthDependencies["contextOf"],
  takesForm: AddressLimit,
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
    if (error instanceof PageError && error.code !== undefined) {
      return redirectToErrorPage(error.code, request, reply, base);
    }
    if (error instanceof PageError || error instanceof UnclearParameters) {
      return sendErrorPage({ request, reply, context: contextOf(request) }, error.message);
    }
    return answerDefect(error, { request, reply, context: contextOf(request) });
  });
  app.addHook("onSend", async (request, reply) => nameWholeAddress(request, reply));
  app.addHook("onRequest", async (request, reply) => {
    if (request.method !== "POST") return;
    const context = contextOf(request);
    if (!(await takesForm(request.ip, context.clock.now()))) return sendBusyPage({ request, reply, context });
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

/** A browser that sent a form gets a page. The log has the cause. */
function answerDefect(error: unknown, answering: Answering): Promise<FastifyReply> {
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  if (status < 500) throw error;
  // Without the address, which may hold what is secret.
  answering.context.log.error({ err: error }, "A page failed unexpectedly");
  return sendFailurePage(answering);
}

/** Cognito names whole addresses, and scripts that sign in without a browser open what they read there. */
function nameWholeAddress(request: FastifyRequest, reply: FastifyReply): void {
  const location = reply.getHeader("location");
  if (typeof location === "string" && location.startsWith("/")) {
    reply.header("location", originOf(request) + location);
  }
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
