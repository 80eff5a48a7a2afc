/**
 * `/saml2/logout` with a `SAMLRequest`: a provider ends the session of its user here. An addition: Cognito takes the answers
 * to its own requests alone.
 *
 * @see docs/decisions/0156-single-logout-by-the-provider.md
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { SentLogoutRequest } from "../../federation/saml/index.ts";
import type { OperationContext } from "../../user-pools/index.ts";
import { PageError } from "../authorization-request.ts";
import {
  endBrowserSession,
  hasCsrfCookie,
  markSamlSessionEnded,
  providerOfSession,
} from "../browser/index.ts";
import type { Endpoint } from "../endpoint.ts";
import { formFieldsOf, queryOf } from "../parameters.ts";
import { redirectTo } from "../redirect.ts";
import { samlFederation } from "./federation.ts";
import { sendResubmission } from "./resubmission.ts";
import { baseUrlOf, MAX_FORM_CHARACTERS, UNMATCHED } from "./state.ts";

/** `POST /saml2/logout` with a `SAMLRequest`. @throws PageError, UnclearParameters */
export async function takeSamlLogoutForm(
  request: FastifyRequest,
  reply: FastifyReply,
  endpoint: Endpoint,
  context: OperationContext,
): Promise<FastifyReply> {
  const fields = formFieldsOf(request, MAX_FORM_CHARACTERS);
  const samlRequest = fields.get("SAMLRequest") ?? "";
  const relayState = fields.get("RelayState");
  // Lax cookies do not come with another site's form.
  if (!hasCsrfCookie(request) && !fields.has("resubmitted")) {
    const again = { SAMLRequest: samlRequest, ...(relayState !== undefined && { RelayState: relayState }) };
    return sendResubmission(reply, again);
  }
  return signOut(request, reply, endpoint, context, { binding: "POST", samlRequest }, relayState);
}

/** `GET /saml2/logout`. @throws PageError, UnclearParameters */
export async function takeSamlLogoutRedirect(
  request: FastifyRequest,
  reply: FastifyReply,
  endpoint: Endpoint,
  context: OperationContext,
): Promise<FastifyReply> {
  const parameters = queryOf(request);
  if (!parameters.has("SAMLRequest")) throw new PageError(UNMATCHED);
  const query = request.url.slice(request.url.indexOf("?") + 1);
  const relayState = parameters.get("RelayState");
  return signOut(request, reply, endpoint, context, { binding: "redirect", query }, relayState);
}

async function signOut(
  request: FastifyRequest,
  reply: FastifyReply,
  endpoint: Endpoint,
  context: OperationContext,
  sent: SentLogoutRequest,
  relayState: string | undefined,
): Promise<FastifyReply> {
  const { poolId } = endpoint;
  if (poolId === undefined) throw new PageError(UNMATCHED);
  const { acceptSamlSignOut, SamlRefusal } = await samlFederation();
  try {
    const baseUrl = baseUrlOf(endpoint);
    const ended = await acceptSamlSignOut({ poolId, baseUrl, sent, relayState }, context);
    for (const providerName of ended.providerNames) {
      for (const sessionIndex of ended.sessionIndexes) {
        await markSamlSessionEnded(
          poolId,
          { providerName, saml: { nameId: ended.nameId, sessionIndex } },
          context,
        );
      }
    }
    const session = providerOfSession(request, poolId, context);
    const isMeant =
      session?.saml !== undefined &&
      ended.providerNames.includes(session.providerName) &&
      session.saml.nameId.value === ended.nameId.value &&
      (ended.sessionIndexes.length === 0 || ended.sessionIndexes.includes(session.saml.sessionIndex ?? ""));
    if (isMeant) await endBrowserSession(request, reply, poolId, context);
    return redirectTo(reply, ended.answerUrl);
  } catch (error) {
    if (!(error instanceof SamlRefusal)) throw error;
    context.log.info({ poolId, reason: error.message }, "A SAML LogoutRequest was refused");
    throw new PageError(`Invalid SAML request received: ${error.message}`);
  }
}
