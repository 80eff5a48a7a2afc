/** A session of the managed login pages: what the browser's cookie names while the pool tracks sessions. */
export interface SsoSessionRecord {
  /** The `SessionId` of ListUserSessions. */
  readonly id: string;
  readonly poolId: string;
  readonly sub: string;
  /** The client whose sign-in began it. */
  readonly clientId: string;
  readonly lastActiveAt: number;
  readonly ipAddress?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly createdAt: number;
  readonly expiresAt: number;
}
