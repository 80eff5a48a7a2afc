import type { SessionDescriptionType } from "../../api-model/index.ts";
import type { SignInRecord } from "../../storage/index.ts";

const MAX_DEVICE_TYPE_LENGTH = 1024;

/**
 * A session as the operations list it. Where an address is, is not known here.
 *
 * @param current the sign-in that asks, if one does
 */
export function sessionType(
  { session, clientId, authenticatedAt, originJti }: SignInRecord,
  current: SignInRecord | undefined,
): SessionDescriptionType {
  return {
    SessionId: session?.id,
    SessionType: "TOKEN",
    ClientId: clientId,
    CreateDate: authenticatedAt,
    LastActiveDate: session?.lastActiveAt,
    DeviceType: session?.userAgent?.slice(0, MAX_DEVICE_TYPE_LENGTH) ?? "unknown",
    LastIPAddress: session?.ipAddress,
    LastLocation: { Country: "unknown" },
    OriginSessionId: session?.ssoSessionId,
    IsCurrentSession: originJti === current?.originJti,
  };
}
