/** An app client's OAuth 2.0 settings as a form has them. */
import type { OAuthFlowType, UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";

export const grantTypes = [
  "code",
  "implicit",
  "client_credentials",
] as const satisfies readonly OAuthFlowType[];

export const standardScopes = ["openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"];

export interface LoginPageValues {
  /** One URL a line. */
  readonly callbackUrls: string;
  readonly signOutUrls: string;
  readonly grants: readonly OAuthFlowType[];
  readonly scopes: readonly string[];
  /** Scopes of resource servers, one a line. */
  readonly customScopes: string;
}

export function loginPageValuesOf(client: UserPoolClientType): LoginPageValues {
  const scopes = client.AllowedOAuthScopes ?? [];
  return {
    callbackUrls: (client.CallbackURLs ?? []).join("\n"),
    signOutUrls: (client.LogoutURLs ?? []).join("\n"),
    grants: client.AllowedOAuthFlows ?? [],
    scopes: standardScopes.filter((scope) => scopes.includes(scope)),
    customScopes: scopes.filter((scope) => !standardScopes.includes(scope)).join("\n"),
  };
}

const lines = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** What UpdateUserPoolClient takes; everything off where no grant is allowed. */
export function loginPageChanges(client: UserPoolClientType, values: LoginPageValues) {
  const isOn = values.grants.length > 0;
  const providers = client.SupportedIdentityProviders ?? [];
  return {
    AllowedOAuthFlowsUserPoolClient: isOn,
    AllowedOAuthFlows: [...values.grants],
    AllowedOAuthScopes: isOn ? [...values.scopes, ...lines(values.customScopes)] : [],
    CallbackURLs: lines(values.callbackUrls),
    LogoutURLs: lines(values.signOutUrls),
    SupportedIdentityProviders: isOn && providers.length === 0 ? ["COGNITO"] : providers,
  };
}
