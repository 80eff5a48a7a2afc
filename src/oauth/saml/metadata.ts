import type { FastifyReply, FastifyRequest } from "fastify";
import { type OperationContext, samlEncryption } from "../../user-pools/index.ts";
import { PageError } from "../authorization-request.ts";
import type { Endpoint } from "../endpoint.ts";
import { queryOf } from "../parameters.ts";
import { samlFederation } from "./federation.ts";
import { baseUrlOf } from "./state.ts";

/**
 * `GET /saml2/metadata`: the pool as a SAML service provider. An addition: Cognito leaves it to the administrator to enter
 * its values. `identity_provider` adds the certificate for assertions that this provider encrypts.
 *
 * @throws PageError, UnclearParameters
 */
export async function sendSamlMetadata(
  request: FastifyRequest,
  reply: FastifyReply,
  endpoint: Endpoint,
  { store, tokens }: OperationContext,
): Promise<FastifyReply> {
  const { poolId } = endpoint;
  if (poolId === undefined)
    throw new PageError("The metadata is found at a domain of the pool, or below its id.");
  const name = queryOf(request).get("identity_provider");
  const provider = name === undefined ? undefined : await store.identityProviders.get(poolId, name);
  const { serviceProviderMetadata } = await samlFederation();
  const metadata = serviceProviderMetadata({
    poolId,
    baseUrl: baseUrlOf(endpoint),
    signingCertificate: Buffer.from(await tokens.signingCertificate(poolId)).toString("base64"),
    encryptionCertificate: provider && samlEncryption(provider.details)?.certificate,
  });
  return reply.type("application/samlmetadata+xml").send(metadata);
}
