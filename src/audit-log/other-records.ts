import type { ConsoleSignIn, PoolAction } from "../events.ts";
import { isRead } from "./call-record.ts";
import { cloudTrailRecord, type RecordOrigin } from "./cloud-trail.ts";
import { userIdentity } from "./identity.ts";
import { HIDDEN } from "./visible.ts";

/**
 * CloudTrail's record of a sign-in to the console. The name of a sign-in that failed is hidden, since people type passwords there.
 *
 * @see CloudTrail User Guide, "AWS Management Console sign-in events"
 */
export function consoleSignInRecord({ user, ...attempt }: ConsoleSignIn, origin: RecordOrigin): object {
  const { accountId } = origin;
  const hasFailed = user === undefined;
  return cloudTrailRecord(
    {
      ...attempt,
      userIdentity: {
        type: "IAMUser",
        ...(user && { principalId: user.id, arn: user.arn }),
        accountId,
        userName: user?.name ?? HIDDEN,
      },
      eventSource: "signin.amazonaws.com",
      eventName: "ConsoleLogin",
      errorMessage: hasFailed ? "Failed authentication" : undefined,
      responseElements: { ConsoleLogin: hasFailed ? "Failure" : "Success" },
      additionalEventData: { MFAUsed: "No" },
      readOnly: false,
      eventType: "AwsConsoleSignIn",
    },
    origin,
  );
}

/** In the form of a call, by the name of the permission that it needs. */
export function poolActionRecord(
  { action, caller, poolId, status, ...request }: PoolAction,
  origin: RecordOrigin,
): object {
  return cloudTrailRecord(
    {
      ...request,
      userIdentity: userIdentity(caller),
      eventSource: "cognate",
      eventName: action,
      region: caller?.region,
      errorCode: status >= 400 ? String(status) : undefined,
      requestParameters: { userPoolId: poolId },
      readOnly: isRead(action),
      eventType: "AwsApiCall",
    },
    origin,
  );
}
