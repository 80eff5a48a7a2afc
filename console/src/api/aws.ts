/**
 * AWS's API on the same origin, called with the SDK under temporary credentials, so that IAM decides about each call.
 */
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { issueCredentials } from "./control.ts";

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** Credentials are renewed when they have less than this left. */
const RENEW_BEFORE_MILLISECONDS = 2 * 60 * 1000;

let issued: Promise<Credentials> | undefined;
const clients = new Map<string, CognitoIdentityProviderClient>();

async function issue(): Promise<Credentials> {
  const { expiration, now, ...keys } = await issueCredentials();
  // By this browser's clock, which may differ from the server's.
  const lifetime = Date.parse(expiration) - Date.parse(now);
  return { ...keys, expiration: new Date(Date.now() + lifetime) };
}

async function credentials(): Promise<Credentials> {
  issued ??= issue();
  try {
    const current = await issued;
    if (current.expiration.getTime() - Date.now() > RENEW_BEFORE_MILLISECONDS) return current;
  } catch (error) {
    issued = undefined;
    throw error;
  }
  issued = issue();
  return issued;
}

const forgetters: (() => void)[] = [() => clients.clear()];

/** Registers `forget`, which runs when the credentials are dropped, for caches of clients that use them. */
export function whenForgotten(forget: () => void): void {
  forgetters.push(forget);
}

/** Forgets the credentials: another person signed in, or the server no longer takes them. */
export function forgetCredentials(): void {
  issued = undefined;
  for (const forget of forgetters) forget();
}

/** The console's name in the user agent, so that Activity can tell its calls from an application's. */
export const CONSOLE_USER_AGENT = "cognate-console";

export const clientOptions = {
  endpoint: window.location.origin,
  credentials,
  maxAttempts: 2,
  customUserAgent: CONSOLE_USER_AGENT,
};

function cognitoClient(region: string): CognitoIdentityProviderClient {
  let client = clients.get(region);
  if (client === undefined) {
    client = new CognitoIdentityProviderClient({ ...clientOptions, region });
    clients.set(region, client);
  }
  return client;
}

/** Calls user pools operations in a region. */
export function inRegion<T>(
  region: string,
  work: (client: CognitoIdentityProviderClient) => Promise<T>,
): Promise<T> {
  return withFreshCredentials(() => work(cognitoClient(region)));
}

/** Calls user pools operations as an application would, for the pages that try an application's part. */
export async function asApplication<T>(
  poolId: string,
  work: (client: CognitoIdentityProviderClient) => Promise<T>,
): Promise<T> {
  const { customUserAgent: _console, ...options } = clientOptions;
  const client = new CognitoIdentityProviderClient({ ...options, region: regionOf(poolId) });
  return withFreshCredentials(() => work(client));
}

/** Calls user pools operations in the region of a pool. */
export function inPool<T>(
  poolId: string,
  work: (client: CognitoIdentityProviderClient) => Promise<T>,
): Promise<T> {
  return inRegion(regionOf(poolId), work);
}

export function regionOf(poolId: string): string {
  return poolId.split("_")[0] ?? "";
}

/** Refusals that mean that the credentials are used up, or from before a restart that forgot them. */
const staleCredentialErrors = new Set([
  "ExpiredToken",
  "ExpiredTokenException",
  "InvalidClientTokenId",
  "UnrecognizedClientException",
]);

let callsUnderWay = 0;

/** Whether a call waits for its answer. An action of several calls may be behind it. */
export const isCalling = () => callsUnderWay > 0;

/** Runs `work`, and again with new credentials if its credentials are rejected as expired. */
export async function withFreshCredentials<T>(work: () => Promise<T>): Promise<T> {
  callsUnderWay++;
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || !staleCredentialErrors.has(error.name)) throw error;
    forgetCredentials();
    return await work();
  } finally {
    callsUnderWay--;
  }
}
