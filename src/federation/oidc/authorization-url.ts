import { hash } from "node:crypto";
import type { Provider } from "./provider.ts";

export interface ProviderRequest {
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly loginHint?: string | undefined;
  /** Of the authorization request; `none` is for this server alone. */
  readonly prompts?: ReadonlySet<string> | undefined;
  /** In the provider's own names. */
  readonly acrValues?: string | undefined;
  readonly maxAgeSeconds?: number | undefined;
}

/** Where the browser is sent to. @see OpenID Connect Core §3.1.2.1; RFC 7636 §4.3 */
export function authorizationUrl(
  { type, clientId, details, authorizeUrl, issuer }: Provider,
  request: ProviderRequest,
): string {
  const url = new URL(authorizeUrl);
  const { searchParams } = url;
  const set = (name: string, value: string | undefined) => {
    if (value) searchParams.set(name, value);
  };
  set("client_id", clientId);
  set("redirect_uri", request.redirectUri);
  set("response_type", "code");
  set("scope", scopeOf(type, details.authorize_scopes));
  set("state", request.state);
  if (issuer !== undefined) set("nonce", request.nonce);
  if (type === "OIDC" || type === "Google") {
    set("code_challenge", hash("sha256", request.codeVerifier, "buffer").toString("base64url"));
    set("code_challenge_method", "S256");
    set("login_hint", request.loginHint);
    set("prompt", [...(request.prompts ?? [])].filter((prompt) => prompt !== "none").join(" "));
  }
  if (type === "OIDC") {
    set("acr_values", request.acrValues);
    set("max_age", request.maxAgeSeconds?.toString());
  }
  // Apple gives name and e-mail address by a form alone.
  if (type === "SignInWithApple") set("response_mode", "form_post");
  return url.href;
}

/** Facebook separates scopes by commas, whatever the settings have. */
function scopeOf(type: Provider["type"], scopes = ""): string {
  const list = scopes.split(/[\s,]+/).filter((scope) => scope !== "");
  return list.join(type === "Facebook" ? "," : " ");
}
