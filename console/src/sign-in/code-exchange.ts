/** A sign-in on the login pages that the console begins as an application would, and the exchange of its code. */
import type { AuthenticationResultType, UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";

/** The values kept in this browser between the authorization request and its answer. */
export interface PendingRequest {
  readonly poolId: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly verifier: string | undefined;
}

const KEY_PREFIX = "cognate.oauth.";

/** How many requests without an answer are kept. */
const MAX_PENDING = 20;

/** Where the login pages come back to this console. */
export const consoleCallback = () => `${window.location.origin}/console/oauth/callback`;

/** In this browser's storage, because the login page may open in another tab. */
export function keepRequest(state: string, request: PendingRequest): void {
  const kept = Object.keys(localStorage).filter((key) => key.startsWith(KEY_PREFIX));
  if (kept.length >= MAX_PENDING) for (const key of kept) localStorage.removeItem(key);
  localStorage.setItem(KEY_PREFIX + state, JSON.stringify(request));
}

/** Reads a request once: its code can be exchanged once. */
export function takeRequest(state: string): PendingRequest | undefined {
  const kept = localStorage.getItem(KEY_PREFIX + state);
  if (kept === null) return undefined;
  localStorage.removeItem(KEY_PREFIX + state);
  return JSON.parse(kept) as PendingRequest;
}

/** The parameters of an authorization response, in the query or, for the implicit grant, in the fragment. */
export function responseParameters(address: string): URLSearchParams | undefined {
  if (!URL.canParse(address)) return undefined;
  const { searchParams, hash } = new URL(address);
  return hash.length > 1 ? new URLSearchParams(hash.slice(1)) : searchParams;
}

/** Tokens that the implicit grant puts into the address. */
export function tokensInAddress(parameters: URLSearchParams): AuthenticationResultType | undefined {
  const AccessToken = parameters.get("access_token") ?? undefined;
  const IdToken = parameters.get("id_token") ?? undefined;
  if (AccessToken === undefined && IdToken === undefined) return undefined;
  return { AccessToken, IdToken, ExpiresIn: Number(parameters.get("expires_in") ?? 0) };
}

/** An OAuth 2.0 error of an endpoint. */
export class OAuthRefusal extends Error {
  constructor(error: string, description: string | undefined) {
    super(description ?? error);
    this.name = error;
  }
}

/**
 * Exchanges a code for tokens.
 *
 * @throws OAuthRefusal the token endpoint refuses it
 */
export function exchangeCode(
  client: UserPoolClientType,
  { redirectUri, verifier }: Pick<PendingRequest, "redirectUri" | "verifier">,
  code: string,
): Promise<AuthenticationResultType> {
  return requestTokens(client, {
    grant_type: "authorization_code",
    code,
    redirect_uri: redirectUri,
    ...(verifier === undefined ? {} : { code_verifier: verifier }),
  });
}

/** Calls the token endpoint as the client, with its secret if it has one. */
export async function requestTokens(
  { ClientId = "", ClientSecret }: UserPoolClientType,
  form: Readonly<Record<string, string>>,
): Promise<AuthenticationResultType> {
  const response = await fetch("/oauth2/token", {
    method: "POST",
    credentials: "omit",
    headers:
      ClientSecret === undefined ? {} : { authorization: `Basic ${btoa(`${ClientId}:${ClientSecret}`)}` },
    body: new URLSearchParams({ ...form, ...(ClientSecret === undefined ? { client_id: ClientId } : {}) }),
  });
  const answer = (await response.json()) as Readonly<Record<string, string>>;
  if (!response.ok) throw new OAuthRefusal(answer.error ?? response.statusText, answer.error_description);
  return {
    AccessToken: answer.access_token,
    IdToken: answer.id_token,
    RefreshToken: answer.refresh_token,
    ExpiresIn: Number(answer.expires_in),
    TokenType: answer.token_type,
  };
}
