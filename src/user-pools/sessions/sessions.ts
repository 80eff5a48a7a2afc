import type { Clock } from "../../clock.ts";
import type { Page, PageRequest, SignInRecord, Store } from "../../storage/index.ts";

interface SessionPorts {
  readonly store: Pick<Store, "signIns">;
  readonly clock: Clock;
}

/** The user that a session is of. */
interface SessionOwner {
  readonly poolId: string;
  readonly sub: string;
}

/** A page of the sessions that have neither ended nor been revoked, the newest first. */
export function listSessions(
  { store, clock }: SessionPorts,
  { poolId, sub }: SessionOwner,
  page: PageRequest,
): Promise<Page<SignInRecord>> {
  return store.signIns.listLiveOfUser(poolId, sub, clock.now(), page);
}

/**
 * Revokes a session: none of its tokens works any more.
 *
 * @returns false when the user has no such session
 */
export async function revokeSession(
  { store, clock }: SessionPorts,
  { poolId, sub }: SessionOwner,
  originJti: string,
): Promise<boolean> {
  const signIn = await store.signIns.get(originJti);
  if (signIn?.poolId !== poolId || signIn.sub !== sub) return false;
  const revokedAt = clock.now();
  await store.signIns.update(originJti, (current) => ({
    ...current,
    revokedAt: current.revokedAt ?? revokedAt,
  }));
  return true;
}
