import type { FastifyReply } from "fastify";
import type { IdentityProviderRecord, UserPoolRecord } from "../../storage/index.ts";
import { levelsNamed, type OperationContext } from "../../user-pools/index.ts";
import { type AuthorizationRequest, RedirectError } from "../authorization-request.ts";
import { csrfToken, type ProviderStart } from "../browser/index.ts";
import { redirectTo } from "../redirect.ts";
import { sealState } from "./oidc-state.ts";

/** Sends the browser to an OpenID Connect or social provider. @throws RedirectError */
export async function startOidc(
  start: ProviderStart,
  provider: IdentityProviderRecord,
): Promise<FastifyReply> {
  const { request, reply, endpoint, context, authorization, parameters } = start;
  const { ProviderRefusal, startOidcSignIn } = await import("../../federation/oidc/index.ts");
  const { random } = context;
  const secret = () => Buffer.from(random.bytes(32)).toString("base64url");
  const [nonce, codeVerifier] = [secret(), secret()];
  const state = sealState(
    {
      id: random.uuid(),
      poolId: provider.poolId,
      providerName: provider.name,
      nonce,
      codeVerifier,
      query: new URLSearchParams([...parameters]).toString(),
      browser: csrfToken(request, reply, context),
    },
    context,
  );
  try {
    const url = await startOidcSignIn(
      provider,
      {
        redirectUri: redirectUriOf(endpoint),
        state,
        nonce,
        codeVerifier,
        loginHint: authorization.loginHint,
        prompts: authorization.prompts,
        acrValues: acrValues(parameters.get("acr_values"), authorization.pool, provider),
        maxAgeSeconds: authorization.maxAgeSeconds,
      },
      context,
    );
    return redirectTo(reply, url);
  } catch (error) {
    if (!(error instanceof ProviderRefusal)) throw error;
    throw refusedByProvider(authorization, provider, error, context);
  }
}

/** The error for the client if a provider fails. The log has the details for an administrator. */
export function refusedByProvider(
  authorization: AuthorizationRequest,
  { poolId, name }: IdentityProviderRecord,
  error: Error,
  { log }: OperationContext,
): RedirectError {
  log.warn({ poolId, provider: name, reason: error.message }, "A sign-in by an identity provider failed");
  return new RedirectError(authorization, "invalid_request", error.message);
}

/** Where providers send the browser back to, as this request addressed the pool. */
export function redirectUriOf({
  origin,
  basePath,
}: {
  readonly origin: string;
  readonly basePath: string;
}): string {
  return `${origin}${basePath}/oauth2/idpresponse`;
}

/** The pool's names of levels in the provider's words; names without a mapping are left out. */
function acrValues(
  asked: string | undefined,
  pool: UserPoolRecord,
  { settings: { AcrMapping = {} } }: IdentityProviderRecord,
): string | undefined {
  const mapping: Readonly<Record<string, string | undefined>> = AcrMapping;
  const values = levelsNamed(pool, asked ?? "").flatMap((level) => mapping[`Level${level}`] ?? []);
  return values.length === 0 ? undefined : values.join(" ");
}
