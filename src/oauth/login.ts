/**
 * `/login`: a form for name and password, one for each challenge that follows, and at the end the redirect to the client.
 * Nothing is kept between two of them but what the form carries; the challenge's `Session` is sealed and works once.
 *
 * @see Developer Guide, "Login endpoint"
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import { type ChallengeNameType, ServiceException } from "../api-model/index.ts";
import { Overloaded } from "../crypto/index.ts";
import {
  answerChallenge,
  beginSignIn,
  finishSignIn,
  type OperationContext,
  type Step,
} from "../user-pools/index.ts";
import {
  type AuthorizationRequest,
  PageError,
  providersOf,
  readAuthorization,
} from "./authorization-request.ts";
import { answerWithGrant, tellClient } from "./authorize.ts";
import { startBrowserSession } from "./browser-session.ts";
import { challengeForm, challengeResponses } from "./challenge-forms.ts";
import { csrfToken, isOwnForm } from "./csrf.ts";
import type { Endpoint } from "./endpoint.ts";
import { alert, form, page } from "./html.ts";
import { formOf, type Parameters, queryOf } from "./parameters.ts";

interface Visit {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly authorization: AuthorizationRequest;
  readonly context: OperationContext;
}

/** `GET`. @throws PageError, RedirectError, UnclearParameters */
export async function showLogin(
  request: FastifyRequest,
  reply: FastifyReply,
  endpoint: Endpoint,
  context: OperationContext,
): Promise<FastifyReply> {
  const authorization = await readAuthorization(queryOf(request), endpoint, context);
  requireLocalSignIn(authorization);
  return signInPage({ request, reply, authorization, context }, authorization.loginHint ?? "");
}

/** `POST`. @throws PageError, RedirectError, UnclearParameters */
export async function takeLogin(
  request: FastifyRequest,
  reply: FastifyReply,
  endpoint: Endpoint,
  context: OperationContext,
): Promise<FastifyReply> {
  const authorization = await readAuthorization(queryOf(request), endpoint, context);
  requireLocalSignIn(authorization);
  const fields = formOf(request);
  const visit: Visit = { request, reply, authorization, context };
  const name = (fields.get("username") ?? "").trim();
  if (!isOwnForm(request, fields)) {
    return signInPage(
      visit,
      name,
      "The form has expired, or this browser takes no cookies. Please try again.",
    );
  }
  try {
    const step = await takeStep(visit, name, fields);
    return step.kind === "challenge" ? challengePage(visit, name, step) : finish(visit, step);
  } catch (error) {
    if (error instanceof ServiceException) return signInPage(visit, name, error.message);
    if (error instanceof Overloaded)
      return signInPage(visit, name, "Too many people sign in. Please try again.");
    throw error;
  }
}

/** There is no other provider yet. */
function requireLocalSignIn({ client }: AuthorizationRequest): void {
  if (providersOf(client).includes("COGNITO")) return;
  throw new PageError("No identity provider is enabled for this app client.");
}

async function takeStep({ authorization, context }: Visit, name: string, fields: Parameters): Promise<Step> {
  const party = { pool: authorization.pool, client: authorization.client, channel: "public" } as const;
  const challenge = fields.get("challenge");
  if (challenge === undefined) {
    const given = { USERNAME: name, PASSWORD: fields.get("password") ?? "" };
    return beginSignIn({ ...party, flow: "USER_PASSWORD_AUTH", name, given }, context);
  }
  const responses = challengeResponses(challenge, fields);
  if (responses === undefined) throw new PageError("An error was encountered with the requested page.");
  return answerChallenge(
    {
      ...party,
      // One of the forms' own, so it is a name of the API.
      challenge: challenge as ChallengeNameType,
      name,
      responses: { USERNAME: name, ...responses },
      session: fields.get("session"),
    },
    context,
  );
}

async function finish(visit: Visit, step: Extract<Step, { kind: "signed in" }>): Promise<FastifyReply> {
  const { request, reply, authorization, context } = visit;
  const { pool, client, scopes, nonce, resource } = authorization;
  const { user } = step.attempt;
  const wanted = { pool, client, user, signIn: step.signIn, scopes, nonce, resource };
  const { grant, tokens } = await finishSignIn(wanted, context).catch(tellClient(authorization));
  await startBrowserSession(request, reply, user, context);
  return answerWithGrant(reply, authorization, grant, tokens, context);
}

function signInPage({ request, reply, context }: Visit, name: string, message?: string): FastifyReply {
  const hidden = { _csrf: csrfToken(request, reply, context) };
  const fields = [
    { name: "username", label: "Username", value: name, autocomplete: "username" },
    { name: "password", label: "Password", type: "password", autocomplete: "current-password" },
  ] as const;
  return send(reply, page("Sign in", alert(message) + form(hidden, fields, "Sign in")));
}

function challengePage(
  { request, reply, context }: Visit,
  name: string,
  step: Extract<Step, { kind: "challenge" }>,
): FastifyReply {
  const shown = challengeForm(step, { _csrf: csrfToken(request, reply, context), username: name });
  if (shown === undefined) {
    throw new PageError(
      `This sign-in needs the step ${step.challenge}, which the sign-in page does not have.`,
    );
  }
  return send(reply, page(shown.title, shown.html));
}

function send(reply: FastifyReply, html: string): FastifyReply {
  return reply.header("cache-control", "no-store").type("text/html;charset=UTF-8").send(html);
}
