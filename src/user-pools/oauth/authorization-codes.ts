import { hash } from "node:crypto";
import type { AuthenticationResultType } from "../../api-model/index.ts";
import { equalSecrets } from "../../crypto/index.ts";
import type { AppClientRecord, SignInRecord, UserPoolRecord, UserRecord } from "../../storage/index.ts";
import type { SignInMethods } from "../assurance/index.ts";
import { readableBy } from "../attributes/index.ts";
import type { OperationContext } from "../operation.ts";
import { type PageSession, storeSignInThrough } from "../sessions/index.ts";
import { attributesNeededBy } from "../tokens/index.ts";
import { OAuthError } from "./errors.ts";

/** @see Developer Guide, "Authorize endpoint": a code is valid for five minutes */
const CODE_MILLISECONDS = 5 * 60 * 1000;

/** How long a used code is remembered after its end, so that clocks that differ do not make it new. */
const REMEMBERED_MILLISECONDS = 60 * 60 * 1000;

/** The grant of a user to a client by a sign-in. */
export interface UserGrant {
  readonly pool: UserPoolRecord;
  readonly client: AppClientRecord;
  readonly user: UserRecord;
  readonly signIn: SignInRecord;
  readonly scopes: readonly string[];
  /** How the user signed in, where the pool has authentication levels. */
  readonly methods?: SignInMethods | undefined;
  readonly nonce?: string | undefined;
  readonly resource?: string | undefined;
}

/** The values that an authorization request binds its code to. */
interface CodeBinding {
  readonly redirectUri: string;
  /** SHA-256, the one method (RFC 7636 §4.2). */
  readonly codeChallenge?: string | undefined;
}

/** The sealed content of a code's row. */
interface StoredCode extends CodeBinding {
  readonly clientId: string;
  readonly originJti: string;
  readonly scopes: readonly string[];
  readonly tokens: AuthenticationResultType;
}

/**
 * Gives a sign-in that the engine has just finished the scopes of the authorization request.
 *
 * @returns the grant's tokens
 */
export async function finishSignIn(
  grant: UserGrant,
  context: OperationContext,
): Promise<{ readonly grant: UserGrant; readonly tokens: AuthenticationResultType }> {
  const scope = grant.scopes.join(" ");
  // A sign-in of the pages has its scope from the beginning.
  const signIn =
    grant.signIn.scope === scope
      ? grant.signIn
      : await context.store.signIns.update(grant.signIn.originJti, (record) => ({ ...record, scope }));
  if (signIn === undefined) throw new OAuthError("access_denied");
  return issueTokens({ ...grant, signIn }, context);
}

async function issueTokens(grant: UserGrant, context: OperationContext) {
  const source = "TokenGeneration_HostedAuth" as const;
  return { grant, tokens: await context.tokens.issue({ ...grant, source, requestContext: context.request }) };
}

/**
 * A sign-in by a page session that is still valid: its `auth_time` is that of the session.
 *
 * @returns the grant's tokens
 * @throws OAuthError `access_denied` the session was revoked meanwhile
 */
export async function grantToSession(
  grant: Omit<UserGrant, "signIn">,
  session: PageSession,
  context: OperationContext,
): Promise<{ readonly grant: UserGrant; readonly tokens: AuthenticationResultType }> {
  const { client, user, scopes } = grant;
  const begun = {
    ...context.tokens.newSignIn(client, user),
    authenticatedAt: session.authenticatedAt,
    scope: scopes.join(" "),
  };
  const signIn = await storeSignInThrough(session, begun, context);
  if (signIn === undefined) throw new OAuthError("access_denied");
  return issueTokens({ ...grant, signIn, methods: session.methods }, context);
}

/** An authorization code. The tokens behind it are those of the sign-in, made with it. */
export async function issueCode(
  { client, signIn, scopes }: UserGrant,
  tokens: AuthenticationResultType,
  { redirectUri, codeChallenge }: CodeBinding,
  { store, random, clock }: OperationContext,
): Promise<string> {
  const code = random.uuid();
  const stored: StoredCode = {
    clientId: client.id,
    originJti: signIn.originJti,
    scopes,
    tokens,
    redirectUri,
    codeChallenge,
  };
  await store.signInAttempts.put({
    id: rowOf(code),
    state: JSON.stringify(stored),
    expiresAt: clock.now() + CODE_MILLISECONDS,
  });
  return code;
}

/**
 * The tokens for a code. A code works once, whatever comes of it: a second use revokes the sign-in (RFC 6749 §4.1.2).
 *
 * @throws OAuthError `invalid_grant` it is unknown, used, expired or another client's, or its verifier is wrong;
 *   `unauthorized_client` the redirect URI is not that of the request
 */
export async function redeemCode(
  client: AppClientRecord,
  given: { readonly code: string; readonly redirectUri: string; readonly codeVerifier: string | undefined },
  { pool, context }: { readonly pool: UserPoolRecord; readonly context: OperationContext },
): Promise<AuthenticationResultType> {
  const { store, clock } = context;
  const row = await store.signInAttempts.get(rowOf(given.code));
  if (row === undefined) throw new OAuthError("invalid_grant");
  // Only issueCode writes such rows.
  const stored = JSON.parse(row.state) as StoredCode;
  if (stored.clientId !== client.id) throw new OAuthError("invalid_grant");
  // It is gone with its user, and with its client even if a new one has the same id. It is read before the code is used, because a
  // second use at the same time revokes it, and the first one must not be refused for that.
  const signIn = await store.signIns.get(stored.originJti);
  if (!(await store.usedTickets.use(rowOf(given.code), row.expiresAt + REMEMBERED_MILLISECONDS))) {
    const revokedAt = clock.now();
    await store.signIns.update(stored.originJti, (record) => ({
      ...record,
      revokedAt: record.revokedAt ?? revokedAt,
    }));
    throw new OAuthError("invalid_grant");
  }
  if (clock.now() >= row.expiresAt) throw new OAuthError("invalid_grant");
  if (stored.redirectUri !== given.redirectUri)
    throw new OAuthError("unauthorized_client", "invalid_redirect");
  if (!isVerifiedBy(stored.codeChallenge, given.codeVerifier)) throw new OAuthError("invalid_grant");
  const isReadable = readableBy(pool, client);
  if (!attributesNeededBy(stored.scopes).every(isReadable)) throw new OAuthError("invalid_grant");
  if (signIn === undefined || signIn.revokedAt !== undefined) throw new OAuthError("invalid_grant");
  return stored.tokens;
}

function rowOf(code: string): string {
  return `code:${code}`;
}

/** A verifier without a challenge is refused too: it is how a downgrade shows (RFC 9700 §4.8.2). */
function isVerifiedBy(challenge: string | undefined, verifier: string | undefined): boolean {
  if (challenge === undefined) return verifier === undefined;
  if (verifier === undefined || !/^[\w.~-]{43,128}$/.test(verifier)) return false;
  return equalSecrets(hash("sha256", verifier, "buffer").toString("base64url"), challenge);
}
