/** The facts about a sign-in while its pool tracks sessions. */
export interface TokenSession {
  /** The `SessionId` of ListUserSessions. */
  readonly id: string;
  /** When the tokens were issued. Sessions of older versions do not say it: they began at the sign-in. */
  readonly createdAt?: number | undefined;
  /** The last refresh or rotation; at first the sign-in. */
  readonly lastActiveAt: number;
  readonly ipAddress?: string | undefined;
  readonly userAgent?: string | undefined;
  /** The managed login session that the sign-in came through: its `OriginSessionId`. */
  readonly ssoSessionId?: string | undefined;
}

/** One sign-in: what the tokens' `origin_jti` names. Refreshing, revoking and signing out act on it. */
export interface SignInRecord {
  readonly originJti: string;
  readonly poolId: string;
  readonly clientId: string;
  readonly sub: string;
  /** The tokens' `auth_time`, in milliseconds here. */
  readonly authenticatedAt: number;
  readonly eventId: string;
  /** The access tokens' `scope`. */
  readonly scope: string;
  readonly refreshExpiresAt: number;
  /** Which refresh token of this sign-in is the newest: 0 for the first, more with each rotation. */
  readonly rotation: number;
  /** Until when the refresh token before the newest still works: the retry grace period. */
  readonly previousUsableUntil?: number | undefined;
  readonly revokedAt?: number | undefined;
  readonly deviceKey?: string | undefined;
  readonly session?: TokenSession | undefined;
}
