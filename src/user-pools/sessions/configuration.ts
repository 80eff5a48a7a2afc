/**
 * Whether a pool tracks sessions: not unless it is switched on. The code that tracks them is loaded with the first use.
 *
 * @see Developer Guide, "Managing user sessions"
 */
import {
  FeatureUnavailableInTierException,
  type SetUserPoolSessionConfigurationRequest,
  type UserSessionTrackingType,
} from "../../api-model/index.ts";
import { lazy } from "../../lazy.ts";
import type { Repositories, UserPoolRecord } from "../../storage/index.ts";

export const tracking = lazy(() => import("./tracking.ts"));

/** Sessions as the operations list them. */
export const describing = lazy(() => import("./session-type.ts"));

/** Finding and ending the sessions of a user. */
export const ending = lazy(() => import("./ending.ts"));

/** The stored configuration of SetUserPoolSessionConfiguration. */
export type SessionConfiguration = Omit<SetUserPoolSessionConfigurationRequest, "UserPoolId">;

const DEFAULT: SessionConfiguration = {
  UserSessionTracking: "DISABLED" satisfies UserSessionTrackingType,
  TokenSession: { MaxPerUser: 20 },
};

export async function sessionConfiguration(
  { documents }: Pick<Repositories, "documents">,
  poolId: string,
): Promise<SessionConfiguration> {
  const document = await documents.get<SessionConfiguration>({
    poolId,
    kind: "SessionConfiguration",
    id: "",
  });
  return document?.body ?? DEFAULT;
}

/** @throws FeatureUnavailableInTierException the pool is of the tier LITE; the feature's name is ours */
export function requireSessionTier({ settings }: UserPoolRecord): void {
  if (settings.UserPoolTier !== "LITE") return;
  throw new FeatureUnavailableInTierException(
    "The following features need to be disabled for the LITE pricing tier configured: User Session Management",
  );
}

/** @throws FeatureUnavailableInTierException the pool tracks sessions and is of the tier LITE */
export async function checkTierOfSessions(
  repositories: Pick<Repositories, "documents">,
  pool: UserPoolRecord,
): Promise<void> {
  if ((await maxSessionsPerUser(repositories, pool.id)) !== undefined) requireSessionTier(pool);
}

/** A pool's limit of token sessions for each user; undefined while it does not track them. */
export async function maxSessionsPerUser(
  repositories: Pick<Repositories, "documents">,
  poolId: string,
): Promise<number | undefined> {
  const { UserSessionTracking, TokenSession } = await sessionConfiguration(repositories, poolId);
  return UserSessionTracking === "ENABLED" ? TokenSession.MaxPerUser : undefined;
}
