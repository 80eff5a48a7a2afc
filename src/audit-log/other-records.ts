import type { ConsoleSignIn, PoolAction } from "../events.ts";
import { isRead, type RecordOrigin } from "./call-record.ts";
import { cloudTrailTime, userIdentity } from "./identity.ts";
import { HIDDEN } from "./visible.ts";

/**
 * CloudTrail's record of a sign-in to the console. The name of a sign-in that failed is hidden, since people type passwords there.
 *
 * @see CloudTrail User Guide, "AWS Management Console sign-in events"
 */
export function consoleSignInRecord(
  { at, user, sourceIp, userAgent }: ConsoleSignIn,
  { accountId, region, newEventId }: RecordOrigin,
): object {
  return {
    eventVersion: "1.08",
    userIdentity: {
      type: "IAMUser",
      ...(user && { principalId: user.id, arn: user.arn }),
      accountId,
      userName: user?.name ?? HIDDEN,
    },
    eventTime: cloudTrailTime(at),
    eventSource: "signin.amazonaws.com",
    eventName: "ConsoleLogin",
    awsRegion: region,
    sourceIPAddress: sourceIp,
    userAgent,
    ...(user === undefined && { errorMessage: "Failed authentication" }),
    requestParameters: null,
    responseElements: { ConsoleLogin: user === undefined ? "Failure" : "Success" },
    additionalEventData: { MFAUsed: "No" },
    eventID: newEventId(),
    readOnly: false,
    eventType: "AwsConsoleSignIn",
    managementEvent: true,
    recipientAccountId: accountId,
    eventCategory: "Management",
  };
}

/** In the form of a call, by the name of the permission that it needs. */
export function poolActionRecord(
  { requestId, at, action, caller, poolId, status, sourceIp, userAgent }: PoolAction,
  { accountId, region, newEventId }: RecordOrigin,
): object {
  return {
    eventVersion: "1.08",
    userIdentity: userIdentity(caller),
    eventTime: cloudTrailTime(at),
    eventSource: "cognate",
    eventName: action,
    awsRegion: caller?.region ?? region,
    sourceIPAddress: sourceIp,
    userAgent,
    ...(status >= 400 && { errorCode: String(status) }),
    requestParameters: { userPoolId: poolId },
    responseElements: null,
    requestID: requestId,
    eventID: newEventId(),
    readOnly: isRead(action),
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: accountId,
    eventCategory: "Management",
  };
}
