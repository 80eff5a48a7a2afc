/**
 * `/logout`: ends the session of the browser alone; tokens stay valid.
 *
 * @see Developer Guide, "Logout endpoint"; OpenID Connect RP-Initiated Logout 1.0 §2, whose parameters Cognito refuses
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { OperationContext } from "../user-pools/index.ts";
import { missingClientId, unknownClient } from "./authorization-request.ts";
import { endBrowserSession } from "./browser/index.ts";
import { clientOf } from "./client-authentication.ts";
import type { Endpoint } from "./endpoint.ts";
import { formOf, type Parameters } from "./parameters.ts";
import { redirectTo } from "./redirect.ts";
import { afterSignOut } from "./saml/logout.ts";
import { signedOutHref } from "./signed-out.ts";

/** @throws PageError, UnclearParameters */
export async function answerLogout(
  request: FastifyRequest,
  reply: FastifyReply,
  endpoint: Endpoint,
  context: OperationContext,
): Promise<FastifyReply> {
  const parameters = formOf(request);
  const clientId = parameters.get("client_id") ?? (await clientOfHint(parameters, context));
  if (clientId === undefined) throw missingClientId();
  const found = await clientOf(clientId, endpoint, context);
  if (found === undefined) throw unknownClient(clientId);
  const { pool, client } = found;
  const session = await endBrowserSession(request, reply, pool.id, context);
  const leave = async (target: string) =>
    redirectTo(reply, await afterSignOut({ poolId: pool.id, session, target }, endpoint, context));
  reply.header("cache-control", "no-store");

  const { LogoutURLs = [], AllowedOAuthScopes = [] } = client.settings;
  const logoutUri = parameters.get("logout_uri");
  if (logoutUri !== undefined && LogoutURLs.includes(logoutUri)) return leave(logoutUri);

  const afterLogout = parameters.get("post_logout_redirect_uri");
  if (afterLogout !== undefined && LogoutURLs.includes(afterLogout)) {
    return leave(withState(afterLogout, parameters.get("state")));
  }

  // RP-Initiated Logout 1.0 §2 lets a client name no address. Cognito does not know such requests.
  const hasNoTarget = ["logout_uri", "post_logout_redirect_uri", "redirect_uri"].every(
    (name) => !parameters.has(name),
  );
  if (hasNoTarget && parameters.has("id_token_hint")) return leave(signedOutHref(endpoint, client.id));

  // With an address that is not registered too, as was observed: it is `/login` that refuses.
  const query = new URLSearchParams([...parameters]);
  if (!query.has("scope")) query.set("scope", AllowedOAuthScopes.join(" "));
  return leave(`${endpoint.basePath}/login?${query}`);
}

/** The client that an ID token was issued to. People often sign out when it has expired. */
async function clientOfHint(
  parameters: Parameters,
  { tokens }: OperationContext,
): Promise<string | undefined> {
  const hint = parameters.get("id_token_hint");
  return hint === undefined ? undefined : (await tokens.readIdTokenHint(hint))?.clientId;
}

function withState(uri: string, state: string | undefined): string {
  if (state === undefined) return uri;
  return `${uri}${uri.includes("?") ? "&" : "?"}${new URLSearchParams({ state })}`;
}
