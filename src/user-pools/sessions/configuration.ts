/**
 * Whether a pool tracks sessions: not unless it is switched on. The code that tracks them is loaded with the first use.
 *
 * @see Developer Guide, "Managing user sessions"
 */
import type {
  SetUserPoolSessionConfigurationRequest,
  UserSessionTrackingType,
} from "../../api-model/index.ts";
import { lazy } from "../../lazy.ts";
import type { Repositories } from "../../storage/index.ts";

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

/** A pool's limit of token sessions for each user; undefined while it does not track them. */
export async function maxSessionsPerUser(
  repositories: Pick<Repositories, "documents">,
  poolId: string,
): Promise<number | undefined> {
  const { UserSessionTracking, TokenSession } = await sessionConfiguration(repositories, poolId);
  return UserSessionTracking === "ENABLED" ? TokenSession.MaxPerUser : undefined;
}
