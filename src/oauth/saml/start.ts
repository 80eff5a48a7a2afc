import type { FastifyReply } from "fastify";
import type { IdentityProviderRecord } from "../../storage/index.ts";
import { csrfToken, type ProviderStart } from "../browser/index.ts";
import { redirectTo } from "../redirect.ts";
import { samlFederation } from "./federation.ts";
import { baseUrlOf, sealState } from "./state.ts";

/** Sends the browser to a SAML provider. */
export async function startSaml(
  start: ProviderStart,
  provider: IdentityProviderRecord,
): Promise<FastifyReply> {
  const { request, reply, endpoint, context, authorization, parameters } = start;
  const { startSamlSignIn } = await samlFederation();
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
  return redirectTo(reply, url);
}
