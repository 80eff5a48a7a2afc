import * as z from "zod";
import { type GuardedRequest, OutboundFailure } from "../../outbound/index.ts";
import type { OperationContext } from "../../user-pools/index.ts";
import { appleClientSecret } from "./apple-secret.ts";
import type { Provider } from "./provider.ts";
import { ProviderRefusal } from "./refusal.ts";

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);
/** Only what is used has a type: there are providers with a list of scopes, or with members that are null. */
const tokenResponse = z.looseObject({ access_token: text, id_token: text });

export type TokenResponse = z.infer<typeof tokenResponse>;

export interface CodeExchange {
  readonly code: string;
  readonly redirectUri: string;
  readonly codeVerifier: string;
}

/**
 * The request that exchanges a code. The client authenticates by `client_secret_post` alone, as Cognito's does.
 *
 * @throws ProviderRefusal the private key of Sign in with Apple cannot be used
 */
export async function tokenRequest(
  { type, clientId, details, tokenUrl }: Provider,
  { code, redirectUri, codeVerifier }: CodeExchange,
  { clock }: Pick<OperationContext, "clock">,
): Promise<{ readonly url: string; readonly request: GuardedRequest }> {
  const secret =
    type === "SignInWithApple" ? await appleClientSecret(details, clock.now()) : details.client_secret;
  const form = new URLSearchParams({
    grant_type: "authorization_code",
    client_id: clientId,
    redirect_uri: redirectUri,
    ...(secret && { client_secret: secret }),
    code,
    ...((type === "OIDC" || type === "Google") && { code_verifier: codeVerifier }),
  }).toString();
  const headers = { accept: "application/json", "user-agent": "Amazon/Cognito" };
  if (details.token_request_method === "GET") {
    return { url: withQuery(tokenUrl, form), request: { headers } };
  }
  const formHeaders = { ...headers, "content-type": "application/x-www-form-urlencoded; charset=UTF-8" };
  return { url: tokenUrl, request: { method: "POST", headers: formHeaders, body: form } };
}

/**
 * Exchanges a code of the provider.
 *
 * @throws ProviderRefusal
 */
export async function requestTokens(
  provider: Provider,
  exchange: CodeExchange,
  context: Pick<OperationContext, "clock" | "request">,
): Promise<TokenResponse> {
  const { name } = provider;
  const { url, request } = await tokenRequest(provider, exchange, context);
  const answer = await provider
    .fetch(url, {
      ...request,
      headers: { ...request.headers, "x-amz-cognito-request-id": context.request.requestId },
    })
    .catch(asRefusal("Timeout occurred in calling IdP token endpoint"));
  const body: unknown = await answer.json().catch(() => undefined);
  if (answer.status !== 200) throw new ProviderRefusal(tokenError(name, answer.status, body));
  const read = tokenResponse.safeParse(body);
  if (!read.success) throw new ProviderRefusal(`${name} Error - the token response cannot be read`);
  return read.data;
}

const standardError = z.looseObject({ error: z.string(), error_description: text });

/** So that the address of the redirect stays short. */
const MAX_ERROR_CHARACTERS = 1000;

/** An error of RFC 6749 §5.2 is passed on. @see Developer Guide, "Managed login and federation error responses" */
function tokenError(name: string, status: number, body: unknown): string {
  const read = standardError.safeParse(body);
  if (!read.success) return `${name} Error - ${status} error getting token`;
  const { error, error_description } = read.data;
  const reason = error_description ? `${error} ${error_description}` : error;
  return `${name} Error - ${status} ${reason.slice(0, MAX_ERROR_CHARACTERS)}`;
}

/** Says in Cognito's words that a provider gave no answer. */
export function asRefusal(timedOut: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof OutboundFailure)) throw error;
    throw new ProviderRefusal(error.kind === "timed out" ? timedOut : error.message, { cause: error });
  };
}

export function withQuery(url: string, query: string): string {
  return `${url}${url.includes("?") ? "&" : "?"}${query}`;
}
