/**
 * Reads the request of `/oauth2/authorize`, which the login page repeats. An error is shown on a page until the
 * redirect URI is known to be the client's. Later errors are sent to the client by a redirect.
 *
 * @see Developer Guide, "Authorize endpoint"; RFC 6749 §4.1.2.1
 */

import { hostName } from "../http/index.ts";
import type { AppClientRecord, UserPoolRecord } from "../storage/index.ts";
import {
  type AcrLevel,
  allowsFlow,
  isCustomScope,
  levelsAsked,
  OAuthError,
  type OAuthErrorCode,
  type OperationContext,
  requestedScopes,
  usesClassicPages,
} from "../user-pools/index.ts";
import { clientOf } from "./client-authentication.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Parameters } from "./parameters.ts";

/** Where the answer to an authorization request goes. */
export interface RedirectTarget {
  readonly redirectUri: string;
  readonly responseType: "code" | "token";
  readonly state: string | undefined;
  /** The `iss` of the answer; undefined where answers have none (RFC 9207). */
  readonly issuer: string | undefined;
}

export interface AuthorizationRequest extends RedirectTarget {
  readonly pool: UserPoolRecord;
  readonly client: AppClientRecord;
  readonly scopes: readonly string[];
  readonly nonce: string | undefined;
  readonly codeChallenge: string | undefined;
  readonly resource: string | undefined;
  readonly prompts: ReadonlySet<string>;
  /** How old the sign-in may be. */
  readonly maxAgeSeconds: number | undefined;
  /** The authentication levels of `acr_values`, in its order. */
  readonly targets: readonly AcrLevel[];
  readonly loginHint: string | undefined;
  /** The `sub` of the user whom the client expects, by an ID token of this pool. */
  readonly hintedSubject: string | undefined;
}

/** The codes that `/error` shows. */
export const ERROR_PAGE_CODES = ["redirect_mismatch", "invalid_request"] as const;

type ErrorPageCode = (typeof ERROR_PAGE_CODES)[number];

/** Tells nothing that the sender of a forged link could choose. */
export const PAGE_FAILED = "An error was encountered with the requested page.";

/** A refusal that is shown on a page. */
export class PageError extends Error {
  /** With which the browser is sent to `/error`. */
  readonly code: ErrorPageCode | undefined;

  constructor(message: string, code?: ErrorPageCode) {
    super(message);
    this.code = code;
  }
}

/** A refusal that is sent to the client. */
export class RedirectError extends Error {
  readonly target: RedirectTarget;
  /** One of ours, or of an identity provider. */
  readonly code: string;
  readonly description: string | undefined;

  constructor(target: RedirectTarget, code: string, description?: string) {
    super(description ?? code);
    this.target = target;
    this.code = code;
    this.description = description;
  }
}

/** Observed in September and October 2026. */
const OF_ANOTHER_RESOURCE =
  "custom scopes requested for resource-binding must be assigned to the resource being requested";

/** @throws PageError, RedirectError */
export async function readAuthorization(
  parameters: Parameters,
  endpoint: Endpoint,
  context: OperationContext,
): Promise<AuthorizationRequest> {
  // 1. The client, and whether these endpoints are for it.
  const { pool, client } = await clientOfRequest(parameters, endpoint, context);

  // 2. Where the answer goes.
  const redirectUri = redirectUriOf(parameters, client);
  const asked = parameters.get("response_type");
  const target: RedirectTarget = {
    redirectUri,
    responseType: asked === "token" ? "token" : "code",
    state: parameters.get("state"),
    issuer: endpoint.namesIssuer
      ? context.issuerOf(pool.id, pool.settings.IssuerConfiguration?.Type)
      : undefined,
  };
  const refuse = (description?: OAuthErrorCode | typeof OF_ANOTHER_RESOURCE) =>
    new RedirectError(target, "invalid_request", description);

  // 3. Everything else. The guide has `error=invalid_scope` and the like. The service was observed, from 2022 to 2026, to
  // send `error=invalid_request` with these codes as the description.
  if (asked !== "code" && asked !== "token") throw refuse();
  if (!allowsFlow(client, asked === "code" ? "code" : "implicit")) throw refuse("unauthorized_client");
  const codeChallenge = parameters.get("code_challenge");
  const method = parameters.get("code_challenge_method");
  if ((codeChallenge === undefined) !== (method === undefined)) throw refuse();
  if (codeChallenge !== undefined && (method !== "S256" || !/^[\w-]{43}$/.test(codeChallenge))) {
    throw refuse();
  }
  const scopes = await requestedScopes(client, parameters.get("scope"), context.store).catch(
    (error: unknown) => {
      throw error instanceof OAuthError ? refuse(error.code) : error;
    },
  );
  const resource = parameters.get("resource");
  if (resource !== undefined && !isResource(resource)) throw refuse();
  const areAsked = Boolean(parameters.get("scope")?.trim());
  const bound = resource === undefined ? scopes : scopes.filter((scope) => mayBeBound(scope, resource));
  // All scopes of the client stand for none. Those of other resources are not granted: who gets the token could use them there.
  if (areAsked ? bound.length < scopes.length : bound.length === 0 && scopes.length > 0) {
    throw refuse(OF_ANOTHER_RESOURCE);
  }
  const prompts = new Set(parameters.get("prompt")?.split(" "));
  if (prompts.has("none") && prompts.size > 1) throw refuse();
  const maxAge = parameters.get("max_age");
  if (maxAge !== undefined && !/^\d{1,10}$/.test(maxAge)) throw refuse();
  const provider = parameters.get("identity_provider");
  if (provider !== undefined && !providersOf(client).includes(provider)) throw noSignInOption();
  return {
    ...target,
    pool,
    client,
    scopes: bound,
    nonce: parameters.get("nonce"),
    codeChallenge,
    resource,
    prompts,
    maxAgeSeconds: maxAge === undefined ? undefined : Number(maxAge),
    targets: await targetsOf(pool, parameters, endpoint, context),
    loginHint: parameters.get("login_hint"),
    hintedSubject: await subjectOfHint(pool, parameters.get("id_token_hint"), context),
  };
}

/** An `id_token_hint` that cannot be read is ignored, as Cognito ignores all of them. */
async function subjectOfHint(
  pool: UserPoolRecord,
  hint: string | undefined,
  { tokens }: OperationContext,
): Promise<string | undefined> {
  const read = hint === undefined ? undefined : await tokens.readIdTokenHint(hint);
  return read?.poolId === pool.id ? read.subject : undefined;
}

/** Of the pages of managed login alone: the classic ones ignore the parameter. */
async function targetsOf(
  pool: UserPoolRecord,
  parameters: Parameters,
  { origin }: Endpoint,
  { store }: OperationContext,
): Promise<readonly AcrLevel[]> {
  const targets = levelsAsked(pool, parameters.get("acr_values"));
  if (targets.length === 0) return targets;
  const { host } = new URL(origin);
  return usesClassicPages(await store.domains.listOfPool(pool.id), hostName(host)) ? [] : targets;
}

/** A provider is asked for that the client does not have, or the client has none. The text was observed in 2025 and 2026. */
export function noSignInOption(): PageError {
  return new PageError("Login option is not available. Please try another one");
}

/** @throws PageError the client's users sign in with identity providers alone */
export function requireLocalUsers({ client }: Pick<AuthorizationRequest, "client">): void {
  if (!providersOf(client).includes("COGNITO")) throw noSignInOption();
}

/** The providers that a client's users can sign in with. */
export function providersOf({ settings }: AppClientRecord): readonly string[] {
  return settings.SupportedIdentityProviders ?? [];
}

async function clientOfRequest(parameters: Parameters, endpoint: Endpoint, context: OperationContext) {
  const clientId = parameters.get("client_id");
  if (clientId === undefined) throw missingClientId();
  const found = await clientOf(clientId, endpoint, context);
  if (found === undefined) throw unknownClient(clientId);
  if (found.client.settings.AllowedOAuthFlowsUserPoolClient !== true) {
    throw new PageError("Client is not enabled for OAuth2.0 flows.");
  }
  return found;
}

export function missingClientId(): PageError {
  return new PageError("Required String parameter 'client_id' is not present");
}

/** The service sends the browser to `/error?error=invalid_request`, as was observed in 2026. */
export function unknownClient(clientId: string): PageError {
  return new PageError(`User pool client ${clientId} does not exist.`, "invalid_request");
}

/**
 * Compared to the letter. Without one, a client with one provider has its default, or its only callback URL. A request without
 * `response_type` as well is none: `/logout` sends browsers to `/login` so, which must not send them to the client.
 */
function redirectUriOf(parameters: Parameters, client: AppClientRecord): string {
  const { CallbackURLs = [], DefaultRedirectURI } = client.settings;
  const asked = parameters.get("redirect_uri");
  if (asked !== undefined) {
    if (CallbackURLs.includes(asked)) return asked;
    throw new PageError(PAGE_FAILED, "redirect_mismatch");
  }
  const only = CallbackURLs.length === 1 ? CallbackURLs[0] : undefined;
  const isRequest = parameters.has("response_type") && providersOf(client).length === 1;
  const fallback = isRequest ? (DefaultRedirectURI ?? only) : undefined;
  if (fallback === undefined) throw new PageError("Required String parameter 'redirect_uri' is not present");
  return fallback;
}

/** Custom scopes can be bound to the resource that is the identifier of their resource server; others to every one. */
function mayBeBound(scope: string, resource: string): boolean {
  return !isCustomScope(scope) || scope.slice(0, scope.lastIndexOf("/")) === resource;
}

/** An absolute URI without a fragment (RFC 8707 §2): https, http on this machine, or a scheme of an app. */
function isResource(resource: string): boolean {
  if (!URL.canParse(resource) || resource.includes("#")) return false;
  const { protocol, hostname } = new URL(resource);
  return protocol !== "http:" || hostname === "localhost";
}
