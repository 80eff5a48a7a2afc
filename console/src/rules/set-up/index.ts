/** "Set up your application": code for each type of application, which signs users in or gets tokens of its own. */
import type { UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";
import type { ClientType } from "../app-clients/app-client.ts";
import { curl, nodeScript, python } from "./machine.ts";
import { android, flutter, reactNative, swift } from "./mobile.ts";
import { poolUrlOf, type SetUpPlace, type SetUpSample } from "./place.ts";
import { angular, browserScript, react } from "./spa.ts";
import { dotnet, nodeServer, spring } from "./web.ts";

export const setUpSamples: Readonly<Record<ClientType, readonly SetUpSample[]>> = {
  web: [nodeServer, spring, dotnet],
  spa: [react, angular, browserScript],
  mobile: [swift, android, flutter, reactNative],
  machine: [curl, nodeScript, python],
};

/** What the code has where the app client has no return URL yet. */
const SAMPLE_CALLBACK_URLS: Readonly<Record<ClientType, string>> = {
  web: "http://localhost:3000/callback",
  spa: "http://localhost:5173/",
  mobile: "",
  machine: "",
};

/** The types of application that a client can serve; the first is the one that it seems to have been made for. */
export function typesOfClient(client: UserPoolClientType): readonly [ClientType, ...ClientType[]] {
  if (client.AllowedOAuthFlows?.includes("client_credentials")) return ["machine"];
  if (client.ClientSecret !== undefined) return ["web"];
  const urls = client.CallbackURLs ?? [];
  const isOnDevice = urls.length > 0 && !urls.some(isWebAddress);
  return isOnDevice ? ["mobile", "spa", "web"] : ["spa", "mobile", "web"];
}

/** An address such as myapp://callback is of an application on a device. */
const isWebAddress = (url: string) => /^https?:/.test(url);

interface PlaceOptions {
  readonly endpoint: string;
  /** The `iss` of the pool's tokens; undefined if it is not known. */
  readonly issuer?: string | undefined;
}

export function setUpPlaceOf(
  { endpoint, issuer }: PlaceOptions,
  client: UserPoolClientType,
  type: ClientType,
): SetUpPlace {
  const scopes = client.AllowedOAuthScopes ?? [];
  const urls = [client.DefaultRedirectURI ?? "", ...(client.CallbackURLs ?? [])];
  const poolId = client.UserPoolId ?? "";
  return {
    endpoint,
    poolId,
    issuer: issuer ?? poolUrlOf({ endpoint, poolId }),
    clientId: client.ClientId ?? "",
    hasSecret: client.ClientSecret !== undefined,
    callbackUrl: urls.find(isWebAddress) ?? SAMPLE_CALLBACK_URLS[type],
    scopes: scopes.length === 0 ? ["openid", "email"] : scopes,
  };
}
