/** The members that all records of this server share. */
export interface RecordOrigin {
  readonly accountId: string;
  /** Of records that name none. */
  readonly region: string;
  readonly newEventId: () => string;
}

interface Facts {
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  readonly userIdentity: object;
  readonly eventSource: string;
  readonly eventName: string;
  readonly region?: string | undefined;
  readonly sourceIp: string | undefined;
  readonly userAgent: string | undefined;
  readonly errorCode?: string | undefined;
  readonly errorMessage?: string | undefined;
  readonly requestParameters?: unknown;
  readonly responseElements?: unknown;
  readonly additionalEventData?: object | undefined;
  readonly requestId?: string | undefined;
  readonly readOnly: boolean;
  readonly eventType: "AwsApiCall" | "AwsServiceEvent" | "AwsConsoleSignIn";
  readonly serviceEventDetails?: object;
}

/**
 * A record in the form of CloudTrail's events. Members that are undefined are not in its JSON.
 *
 * @see CloudTrail User Guide, "CloudTrail record contents"; Developer Guide, "Example Amazon Cognito events"
 */
export function cloudTrailRecord(facts: Facts, { accountId, region, newEventId }: RecordOrigin): object {
  return {
    eventVersion: "1.08",
    userIdentity: facts.userIdentity,
    eventTime: cloudTrailTime(facts.at),
    eventSource: facts.eventSource,
    eventName: facts.eventName,
    awsRegion: facts.region ?? region,
    sourceIPAddress: facts.sourceIp,
    userAgent: facts.userAgent,
    errorCode: facts.errorCode,
    errorMessage: facts.errorMessage,
    requestParameters: facts.requestParameters ?? null,
    responseElements: facts.responseElements ?? null,
    additionalEventData: facts.additionalEventData,
    requestID: facts.requestId,
    eventID: newEventId(),
    readOnly: facts.readOnly,
    eventType: facts.eventType,
    managementEvent: true,
    recipientAccountId: accountId,
    serviceEventDetails: facts.serviceEventDetails,
    eventCategory: "Management",
  };
}

/** @param at milliseconds since the Unix epoch */
export function cloudTrailTime(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
}
