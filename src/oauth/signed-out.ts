/**
 * `/signed-out`: where a sign-out ends that names no address of a client to go on to. An addition: Cognito's `/logout` always
 * needs one.
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import { messagePage } from "../managed-login/index.ts";
import type { OperationContext } from "../user-pools/index.ts";
import { clientOf } from "./client-authentication.ts";
import type { Endpoint } from "./endpoint.ts";
import { hasAccountPage } from "./pages/account/account-visit.ts";
import { sendPage } from "./pages/send-page.ts";
import { queryOf } from "./parameters.ts";

/** @throws UnclearParameters */
export async function showSignedOut(
  request: FastifyRequest,
  reply: FastifyReply,
  endpoint: Endpoint,
  context: OperationContext,
): Promise<FastifyReply> {
  const id = queryOf(request).get("client_id");
  const owner = id === undefined ? undefined : await clientOf(id, endpoint, context);
  const hasAccount = owner !== undefined && hasAccountPage(owner.client, endpoint);
  const accountHref = hasAccount ? hrefOf(endpoint, "/account", id) : undefined;
  return sendPage({ request, reply, context }, owner, (texts) =>
    messagePage({
      ...texts.signedOut,
      link: accountHref === undefined ? undefined : { href: accountHref, text: texts.signIn.title },
    }),
  );
}

export function signedOutHref(endpoint: Endpoint, clientId: string): string {
  return hrefOf(endpoint, "/signed-out", clientId);
}

function hrefOf({ basePath }: Endpoint, path: string, clientId = ""): string {
  return `${basePath}${path}?${new URLSearchParams({ client_id: clientId })}`;
}
