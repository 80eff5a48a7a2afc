import {
  type AuthenticationResultType,
  NotAuthorizedException,
  RefreshTokenReuseException,
} from "../../api-model/index.ts";
import type {
  AppClientRecord,
  Repositories,
  SignInRecord,
  UserPoolRecord,
  UserRecord,
} from "../../storage/index.ts";
import { tracksDevices } from "../devices/index.ts";
import type { Environment } from "../environment.ts";
import type { RequestContext } from "../request-context.ts";
import { maxSessionsPerUser, tracking } from "../sessions/index.ts";
import { issueTokens, withRefreshToken } from "./issuing.ts";
import { judgeRefresh, type RefreshVerdict, rotate } from "./refresh-rule.ts";
import { isOfClient, openRefreshToken, type RefreshToken, rotatesRefreshTokens } from "./refresh-token.ts";
import type { KeyRing } from "./signing-keys.ts";

export interface RefreshRequest {
  readonly pool: UserPoolRecord;
  readonly client: AppClientRecord;
  readonly refreshToken: string;
  /** The device that the client says it is on; null where no client can say that. */
  readonly deviceKey: string | undefined | null;
  /** Gets the token's user before anything changes; throws to refuse. */
  readonly admit?: (user: UserRecord) => void;
  readonly requestContext?: RequestContext | undefined;
}

/**
 * New ID and access tokens for a refresh token, with current claims and the original `auth_time`. A client with
 * rotation also gets a new refresh token, which expires when the first one would have.
 *
 * @throws NotAuthorizedException the token is none of this client's, was revoked or has expired, or the user is disabled
 * @throws RefreshTokenReuseException the token was replaced by rotation
 * @see Developer Guide, "Refresh tokens"
 */
export async function refreshTokens(
  request: RefreshRequest,
  environment: Environment,
  keyRing: KeyRing,
): Promise<AuthenticationResultType> {
  const { pool, client, requestContext } = request;
  const { store, crypto, clock, log } = environment;
  const token = openRefreshToken(crypto, request.refreshToken);
  if (token === undefined || token.poolId !== client.poolId) throw invalid();
  if (!isOfClient(token, client)) throw new NotAuthorizedException("Refresh Token has different Client");
  // The record may have been deleted by then.
  if (clock.now() >= token.expiresAt) throw refusalOf("expired", client);

  const [found, user] = await Promise.all([
    store.signIns.get(token.originJti),
    store.users.getBySub(pool.id, token.sub),
  ]);
  if (user === undefined) {
    throw new NotAuthorizedException("The user has been deleted for the associated refresh token");
  }
  request.admit?.(user);
  if (!user.enabled) throw new NotAuthorizedException("User is disabled.");
  if (found === undefined) throw refusalOf("revoked", client);
  // A sign-in from before the pool tracked devices is bound to none. Developer Guide, "Token issuer endpoint": with device
  // tracking, refresh tokens of the API are refused where no device can be named.
  const canNameDevice = request.deviceKey !== null;
  const isBound =
    tracksDevices(pool) && found.deviceKey !== undefined && (canNameDevice || token.needsDeviceKey === true);
  if (isBound && !(await isNamedDevice(request.deviceKey, found, user, store))) {
    throw new NotAuthorizedException("Invalid Refresh Token.");
  }

  const { verdict, signIn } = await redeem(token, found, client, environment);
  if (verdict === "reused") {
    log.warn({ poolId: pool.id, clientId: client.id, sub: user.sub }, "A refresh token was used again");
  }
  if (verdict !== "newest" && verdict !== "retried") throw refusalOf(verdict, client);
  // Developer Guide, "Managing user sessions": nothing is recorded while the pool does not track sessions.
  if (signIn.session !== undefined && (await maxSessionsPerUser(store, pool.id)) !== undefined) {
    const from = { sourceIp: requestContext?.sourceIp, userAgent: requestContext?.userAgent };
    await (await tracking()).noteActivity(signIn, from, environment);
  }

  const tokens = await issueTokens(
    {
      pool,
      client,
      user,
      signIn,
      resource: token.resource,
      methods: token.methods,
      acr: token.acr,
      isHosted: token.isHosted,
      source: "TokenGeneration_RefreshTokens",
      requestContext,
    },
    environment,
    keyRing,
  );
  if (!rotatesRefreshTokens(client)) return tokens;
  return withRefreshToken(tokens, { ...token, client, signIn }, environment);
}

/** Whether the client names the sign-in's device, and the device was confirmed and not forgotten since. */
async function isNamedDevice(
  named: string | undefined | null,
  { deviceKey }: SignInRecord,
  { poolId, sub }: UserRecord,
  { devices }: Pick<Repositories, "devices">,
): Promise<boolean> {
  if (!named || named !== deviceKey) return false;
  return (await devices.get(poolId, named))?.sub === sub;
}

/** Judges the token, and rotates the sign-in's where the client does that: then as one step with judging. */
async function redeem(
  { originJti, rotation }: RefreshToken,
  found: SignInRecord,
  client: AppClientRecord,
  { store, clock }: Environment,
): Promise<{ verdict: RefreshVerdict; signIn: SignInRecord }> {
  const now = clock.now();
  if (!rotatesRefreshTokens(client)) {
    const verdict = judgeRefresh(found, rotation, now);
    // Replaced by rotation before the client's rotation was switched off: unusable, but no sign of theft.
    return { verdict: verdict === "reused" ? "revoked" : verdict, signIn: found };
  }

  const grace = client.settings.RefreshTokenRotation?.RetryGracePeriodSeconds ?? 0;
  let verdict: RefreshVerdict = "revoked";
  const signIn = await store.signIns.update(originJti, (current) => {
    verdict = judgeRefresh(current, rotation, now);
    return rotate(current, verdict, now, grace);
  });
  return { verdict, signIn: signIn ?? found };
}

const invalid = () => new NotAuthorizedException("Invalid Refresh Token");

function refusalOf(verdict: Exclude<RefreshVerdict, "newest" | "retried">, client: AppClientRecord) {
  switch (verdict) {
    case "expired":
      return new NotAuthorizedException("Refresh Token has expired");
    case "revoked":
      // To clients that rotate the service says no more (recorded 2026-09-24).
      return new NotAuthorizedException(rotatesRefreshTokens(client) ? "" : "Refresh Token has been revoked");
    case "reused":
      return new RefreshTokenReuseException("Refresh token reuse detected");
  }
}
