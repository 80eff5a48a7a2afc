import type { FastifyReply, FastifyRequest } from "fastify";
import type { IdentityProviderRecord } from "../../storage/index.ts";
import { type FederatedIdentity, type OperationContext, signInFederated } from "../../user-pools/index.ts";
import type { AuthorizationRequest } from "../authorization-request.ts";
import { type ProviderSession, startBrowserSession } from "../browser/index.ts";
import type { Endpoint } from "../endpoint.ts";
import { finishGrant } from "../finish-grant.ts";

/** The length of a nonce that was pasted in nextauthjs/next-auth#3403. */
const NONCE_BYTES = 128;

interface Answered {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly endpoint: Endpoint;
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
  const { request, reply, endpoint, authorization, context } = answered;
  const { pool, client } = authorization;
  await context.takeRequest?.("UserFederation");
  const { user, signIn, methods } = await signInFederated({ pool, client, provider, identity }, context);
  await startBrowserSession(request, reply, signIn, context, methods, {
    providerName: provider.name,
    saml,
  });
  const nonce = authorization.nonce ?? (endpoint.addsNonce ? newNonce(context) : undefined);
  return finishGrant({ ...answered, authorization: { ...authorization, nonce } }, user, signIn, methods);
}

function newNonce({ random }: OperationContext): string {
  return Buffer.from(random.bytes(NONCE_BYTES)).toString("base64url");
}
