/**
 * Signing in at a provider of OpenID Connect or a social one, in two halves: before the browser goes there, and after it has
 * come back. The caller keeps what the second half needs.
 */
import { equalSecrets } from "../../crypto/index.ts";
import type { IdentityProviderRecord } from "../../storage/index.ts";
import type { OperationContext } from "../../user-pools/index.ts";
import { authorizationUrl, type ProviderRequest } from "./authorization-url.ts";
import { claimsAsText } from "./claims.ts";
import { CLOCK_TOLERANCE_SECONDS, verifyIdToken } from "./id-token.ts";
import { openProvider, type Provider } from "./provider.ts";
import { ProviderRefusal } from "./refusal.ts";
import { requestTokens, type TokenResponse } from "./token-request.ts";
import { requestUserInfo } from "./user-info.ts";

/** The parameters that the provider sent with the browser. */
interface ProviderAnswer {
  readonly code: string;
  /** RFC 9207. */
  readonly issuer?: string | undefined;
  /** What Apple says of a user at the first sign-in alone, as JSON. */
  readonly appleUser?: string | undefined;
}

export interface SentRequest {
  readonly redirectUri: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  /** How old the sign-in at the provider may be; undefined for any age. */
  readonly maxAgeSeconds?: number | undefined;
}

/** The provider's answers as the InboundFederation trigger sees them. */
interface ProviderSources {
  readonly tokenResponse: Claims;
  readonly idToken: Claims;
  readonly userInfo: Claims;
}

type Claims = Readonly<Record<string, string>>;

interface OidcIdentity {
  readonly subject: string;
  readonly claims: Claims;
  readonly sources: ProviderSources;
  /** Of the ID token. */
  readonly authentication: { readonly acr: unknown; readonly amr: unknown };
}

/** @returns where the browser goes. @throws ProviderRefusal */
export async function startOidcSignIn(
  record: IdentityProviderRecord,
  request: ProviderRequest,
  context: OperationContext,
): Promise<string> {
  return authorizationUrl(await openProvider(record, context), request);
}

/** @throws ProviderRefusal */
export async function finishOidcSignIn(
  record: IdentityProviderRecord,
  answer: ProviderAnswer,
  sent: SentRequest,
  context: OperationContext,
): Promise<OidcIdentity> {
  const provider = await openProvider(record, context);
  if (answer.issuer !== undefined && answer.issuer.replace(/\/$/, "") !== provider.issuer) {
    throw new ProviderRefusal("The answer is of another issuer");
  }
  const tokens = await requestTokens(provider, { ...sent, code: answer.code }, context);
  const idToken = await idTokenClaims(provider, tokens, sent.nonce, context);
  checkAge(idToken.auth_time, sent.maxAgeSeconds, context);
  const mapping = record.settings.AttributeMapping ?? {};
  const mapped = Object.values(mapping);
  const userInfo =
    tokens.access_token === undefined
      ? {}
      : await requestUserInfo(provider, tokens.access_token, mapped, context);
  checkSameSubject(idToken, userInfo);

  const { access_token, id_token } = tokens;
  const all = { ...appleClaims(answer.appleUser), ...userInfo, ...idToken, access_token, id_token };
  const claims = claimsAsText(all);
  const subjectClaim = mapping.username ?? "sub";
  const subject = Object.hasOwn(claims, subjectClaim) ? claims[subjectClaim] : undefined;
  if (!subject) throw new ProviderRefusal("username attribute mapping required");
  const sources = {
    tokenResponse: claimsAsText(tokens),
    idToken: claimsAsText(idToken),
    userInfo: claimsAsText(userInfo),
  };
  return { subject, claims, sources, authentication: { acr: idToken.acr, amr: idToken.amr } };
}

async function idTokenClaims(
  provider: Provider,
  { id_token }: TokenResponse,
  nonce: string,
  context: OperationContext,
): Promise<Readonly<Record<string, unknown>>> {
  const { issuer, name } = provider;
  if (issuer === undefined) return {};
  if (id_token === undefined) throw new ProviderRefusal(`${name} Error - the token response has no ID token`);
  return verifyIdToken(id_token, { ...provider, issuer }, nonce, context);
}

/**
 * A provider that honors `max_age` says when the user signed in there. Some do neither, so a token without the time is taken.
 *
 * @see OpenID Connect Core §3.1.3.7, number 13; docs/decisions/0183-age-of-a-sign-in-at-a-provider.md
 */
function checkAge(
  authTime: unknown,
  maxAgeSeconds: number | undefined,
  { clock }: Pick<OperationContext, "clock">,
): void {
  if (authTime === undefined || maxAgeSeconds === undefined) return;
  const age = typeof authTime === "number" ? clock.now() / 1000 - authTime : Number.POSITIVE_INFINITY;
  if (age <= maxAgeSeconds + CLOCK_TOLERANCE_SECONDS) return;
  throw new ProviderRefusal("Invalid ID token: the sign-in is older than max_age");
}

/** Claims of another user must not be put in (OpenID Connect Core §5.3.2). */
function checkSameSubject(
  idToken: Readonly<Record<string, unknown>>,
  userInfo: Readonly<Record<string, unknown>>,
): void {
  if (typeof idToken.sub !== "string" || userInfo.sub === undefined) return;
  const { sub = "" } = claimsAsText({ sub: userInfo.sub });
  if (!equalSecrets(sub, idToken.sub)) {
    throw new ProviderRefusal("The attributes are those of another user");
  }
}

/** The form is not signed, so only the name is read from it. @see Apple, "Authenticating users with Sign in with Apple" */
function appleClaims(user: string | undefined): Readonly<Record<string, unknown>> {
  if (user === undefined) return {};
  try {
    const { firstName, lastName } = (JSON.parse(user)?.name ?? {}) as Record<string, unknown>;
    const name = [firstName, lastName].filter((part) => typeof part === "string" && part !== "").join(" ");
    return { firstName, lastName, ...(name !== "" && { name }) };
  } catch {
    return {};
  }
}
