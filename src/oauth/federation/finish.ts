import type { FastifyReply, FastifyRequest } from "fastify";
import type { IdentityProviderRecord } from "../../storage/index.ts";
import { type FederatedIdentity, type OperationContext, signInFederated } from "../../user-pools/index.ts";
import type { AuthorizationRequest } from "../authorization-request.ts";
import { type ProviderSession, startBrowserSession } from "../browser/index.ts";
import { finishGrant } from "../finish-grant.ts";

interface Answered {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly authorization: AuthorizationRequest;
  readonly context: OperationContext;
}

interface Proof {
  readonly provider: IdentityProviderRecord;
  readonly identity: FederatedIdentity;
  /** For single logout. */
  readonly saml?: ProviderSession["saml"];
}

/**
 * Signs a user in by a verified identity and redirects the browser to the client.
 *
 * @throws ServiceException the user cannot sign in; the client must get the error
 * @throws RedirectError
 */
export async function finishFederation(
  answered: Answered,
  { provider, identity, saml }: Proof,
): Promise<FastifyReply> {
  const { request, reply, authorization, context } = answered;
  const { pool, client } = authorization;
  await context.takeRequest?.("UserFederation");
  const { user, signIn, methods } = await signInFederated({ pool, client, provider, identity }, context);
  await startBrowserSession(request, reply, signIn, context, methods, {
    providerName: provider.name,
    saml,
  });
  return finishGrant(answered, user, signIn, methods);
}
