import type { FastifyReply, FastifyRequest } from "fastify";
import type { IdentityProviderRecord } from "../../storage/index.ts";
import type { OperationContext } from "../../user-pools/index.ts";
import type { AuthorizationRequest } from "../authorization-request.ts";
import { csrfToken } from "../csrf.ts";
import type { Endpoint } from "../endpoint.ts";
import type { Parameters } from "../parameters.ts";
import { baseUrlOf, sealState } from "./state.ts";

interface Start {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly endpoint: Endpoint;
  readonly context: OperationContext;
  readonly authorization: AuthorizationRequest;
  /** Of the authorization request. */
  readonly parameters: Parameters;
}

/** Sends the browser to a SAML provider. */
export async function startSaml(start: Start, provider: IdentityProviderRecord): Promise<FastifyReply> {
  const { request, reply, endpoint, context, authorization, parameters } = start;
  const { startSamlSignIn } = await import("../../federation/saml/index.ts");
  const browser = csrfToken(request, reply, context);
  const url = await startSamlSignIn(
    { provider, baseUrl: baseUrlOf(endpoint) },
    {
      forceAuthn: authorization.prompts.has("login"),
      relayStateFor: (requestId) =>
        sealState(
          "SAML sign-in",
          {
            poolId: provider.poolId,
            providerName: provider.name,
            requestId,
            query: new URLSearchParams([...parameters]).toString(),
            browser,
          },
          context,
        ),
    },
    context,
  );
  return reply.header("cache-control", "no-store").redirect(url, 302);
}
