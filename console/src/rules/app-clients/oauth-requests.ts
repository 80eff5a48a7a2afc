/** The OAuth 2.0 requests of an app client, as a developer would write them. */
import { shellWord } from "../quickstart/place.ts";

export interface AuthorizeParameters {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly responseType: "code" | "token";
  readonly scopes: readonly string[];
  readonly state?: string | undefined;
  /** RFC 7636: only with `code`. */
  readonly challenge?: string | undefined;
}

export function authorizeUrl(base: string, given: AuthorizeParameters): string {
  return `${base}/oauth2/authorize?${authorizeQuery(given)}`;
}

export function authorizeQuery(given: AuthorizeParameters): URLSearchParams {
  return new URLSearchParams({
    response_type: given.responseType,
    client_id: given.clientId,
    redirect_uri: given.redirectUri,
    ...(given.scopes.length === 0 ? {} : { scope: given.scopes.join(" ") }),
    ...(given.state === undefined ? {} : { state: given.state }),
    ...(given.challenge !== undefined && given.responseType === "code"
      ? { code_challenge: given.challenge, code_challenge_method: "S256" }
      : {}),
  });
}

export function logoutUrl(base: string, clientId: string, logoutUri: string): string {
  return `${base}/logout?${new URLSearchParams({ client_id: clientId, logout_uri: logoutUri })}`;
}

interface TokenRequest {
  readonly clientId: string;
  readonly hasSecret: boolean;
  readonly form: Readonly<Record<string, string>>;
}

/** A token request for a shell. The secret stays in a variable, because command lines are kept in histories. */
export function tokenCommand(base: string, { clientId, hasSecret, form }: TokenRequest): string {
  const fields = { ...form, ...(hasSecret ? {} : { client_id: clientId }) };
  return [
    `curl ${base}/oauth2/token`,
    ...(hasSecret ? [`  -u "${clientId}:$CLIENT_SECRET"`] : []),
    ...Object.entries(fields).map(([name, value]) => `  --data-urlencode ${shellWord(`${name}=${value}`)}`),
  ].join(" \\\n");
}

/** The proof of RFC 7636. Undefined where the browser has no digests, which is on pages without TLS from elsewhere. */
export interface Pkce {
  readonly verifier: string;
  readonly challenge: string;
}

export async function newPkce(): Promise<Pkce | undefined> {
  if (globalThis.crypto?.subtle === undefined) return undefined;
  const verifier = randomText();
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return { verifier, challenge: base64Url(new Uint8Array(digest)) };
}

/** 256 random bits. */
export function randomText(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}
