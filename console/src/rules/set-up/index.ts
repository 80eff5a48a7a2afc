/** "Set up your application": code for each type of application, which signs users in or gets tokens of its own. */
import type { UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";
import type { ClientType } from "../app-clients/app-client.ts";
import { curl, nodeScript, python } from "./machine.ts";
import { reactNative } from "./mobile.ts";
import type { SetUpPlace, SetUpSample } from "./place.ts";
import { browserScript, react } from "./spa.ts";
import { nodeServer } from "./web.ts";

export const setUpSamples: Readonly<Record<ClientType, readonly SetUpSample[]>> = {
  web: [nodeServer],
  spa: [react, browserScript],
  mobile: [reactNative],
  machine: [curl, nodeScript, python],
};

/** What the code has where the app client has no return URL yet. */
const SAMPLE_CALLBACK_URLS: Readonly<Record<ClientType, string>> = {
  web: "http://localhost:3000/callback",
  spa: "http://localhost:5173/",
  mobile: "",
  machine: "",
};

/** The type of application that a client was made for, as far as its settings tell. */
export function typeOfClient(client: UserPoolClientType): ClientType {
  if (client.AllowedOAuthFlows?.includes("client_credentials")) return "machine";
  return client.ClientSecret === undefined ? "spa" : "web";
}

export function setUpPlaceOf(endpoint: string, client: UserPoolClientType, type: ClientType): SetUpPlace {
  const scopes = client.AllowedOAuthScopes ?? [];
  const urls = [client.DefaultRedirectURI ?? "", ...(client.CallbackURLs ?? [])];
  return {
    endpoint,
    poolId: client.UserPoolId ?? "",
    clientId: client.ClientId ?? "",
    hasSecret: client.ClientSecret !== undefined,
    // An address such as myapp://callback is of an application on a device.
    callbackUrl: urls.find((url) => /^https?:/.test(url)) ?? SAMPLE_CALLBACK_URLS[type],
    scopes: scopes.length === 0 ? ["openid", "email"] : scopes,
  };
}
