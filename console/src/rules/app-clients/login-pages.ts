/** An app client's OAuth 2.0 settings as a form has them. */
import type { OAuthFlowType, UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";
import { inOrder } from "../in-order.ts";
import { authorizeQuery } from "./oauth-requests.ts";

export const grantTypes = [
  "code",
  "implicit",
  "client_credentials",
] as const satisfies readonly OAuthFlowType[];

export const standardScopes = ["openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"];

/** Those that AWS's console gives a new app client. */
const defaultScopes = ["openid", "email", "phone"];

export interface LoginPageValues {
  readonly callbackUrls: readonly string[];
  readonly signOutUrls: readonly string[];
  /** Empty for none. */
  readonly defaultRedirect: string;
  readonly providers: readonly string[];
  readonly grants: readonly OAuthFlowType[];
  /** Those of resource servers, too. */
  readonly scopes: readonly string[];
}

export function loginPageValuesOf(client: UserPoolClientType): LoginPageValues {
  return {
    callbackUrls: client.CallbackURLs ?? [],
    signOutUrls: client.LogoutURLs ?? [],
    defaultRedirect: client.DefaultRedirectURI ?? "",
    providers: client.SupportedIdentityProviders ?? ["COGNITO"],
    grants: client.AllowedOAuthFlows ?? [],
    scopes: client.AllowedOAuthScopes ?? [],
  };
}

/** The values that the form begins with. */
export function initialLoginPageValues(client: UserPoolClientType): LoginPageValues {
  const values = loginPageValuesOf(client);
  return {
    ...values,
    grants: inOrder(values.grants, grantTypes),
    scopes: inOrder(values.scopes, standardScopes),
  };
}

/** Other grant types, with scopes for the first that users sign in by. */
export function withGrants(values: LoginPageValues, grants: readonly OAuthFlowType[]): LoginPageValues {
  const isFirst = values.grants.length === 0 && values.scopes.length === 0;
  const signsUsersIn = grants.some((grant) => grant !== "client_credentials");
  return { ...values, grants, scopes: isFirst && signsUsersIn ? defaultScopes : values.scopes };
}

/** What CreateUserPoolClient takes for a client that uses the login pages, by its return URL; empty without one. */
export function returnUrlParameters(url: string) {
  if (url === "") return {};
  return {
    CallbackURLs: [url],
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ["code" as const],
    AllowedOAuthScopes: defaultScopes,
    SupportedIdentityProviders: ["COGNITO"],
  };
}

/** What CreateUserPoolClient takes for an application that gets tokens of its own, by the scopes that it may request. */
export function machineParameters(scopes: readonly string[]) {
  return {
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ["client_credentials" as const],
    AllowedOAuthScopes: [...scopes],
    // Without any, the server allows its default flows, by which users sign in.
    ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH" as const],
  };
}

export type LoginPageFault = "needsUrl" | "needsScope" | "machineAlone";

/** Why the server would refuse the values as a whole. */
export function loginPageFault(
  { grants, callbackUrls, scopes }: LoginPageValues,
  hasSecret: boolean,
): LoginPageFault | undefined {
  const isMachine = grants.includes("client_credentials");
  if (isMachine && (grants.length > 1 || !hasSecret)) return "machineAlone";
  if (grants.length > 0 && !isMachine && callbackUrls.length === 0) return "needsUrl";
  if (grants.length > 0 && scopes.length === 0) return "needsScope";
  return undefined;
}

/** Schemes that a browser runs or shows as content instead of going there. */
const UNSAFE_SCHEMES = ["javascript:", "data:", "vbscript:", "blob:", "file:"];
const LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"];

/** Whether users can be sent to an address. @see API Reference, "CreateUserPoolClient", CallbackURLs */
export function isReturnUrl(text: string): boolean {
  if (!URL.canParse(text) || text.includes("#")) return false;
  const { protocol, hostname } = new URL(text);
  if (UNSAFE_SCHEMES.includes(protocol)) return false;
  return protocol !== "http:" || LOOPBACK_HOSTS.includes(hostname);
}

/** What UpdateUserPoolClient takes; everything off where no grant is allowed. */
export function loginPageChanges(values: LoginPageValues) {
  const isOn = values.grants.length > 0;
  const isDefaultKept = values.callbackUrls.includes(values.defaultRedirect);
  return {
    AllowedOAuthFlowsUserPoolClient: isOn,
    AllowedOAuthFlows: [...values.grants],
    AllowedOAuthScopes: isOn ? [...values.scopes] : [],
    CallbackURLs: [...values.callbackUrls],
    LogoutURLs: [...values.signOutUrls],
    DefaultRedirectURI: isDefaultKept ? values.defaultRedirect : undefined,
    SupportedIdentityProviders: [...values.providers],
  };
}

/** The login page of a client, as a link from its application; undefined if it does not use the pages. */
export function loginPageUrl(base: string, client: UserPoolClientType): string | undefined {
  const redirectUri = client.DefaultRedirectURI ?? client.CallbackURLs?.[0];
  const flows = client.AllowedOAuthFlows ?? [];
  if (redirectUri === undefined || !(flows.includes("code") || flows.includes("implicit"))) return undefined;
  const query = authorizeQuery({
    clientId: client.ClientId ?? "",
    redirectUri,
    responseType: flows.includes("code") ? "code" : "token",
    scopes: client.AllowedOAuthScopes ?? [],
  });
  return `${base}/login?${query}`;
}
