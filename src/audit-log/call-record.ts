import { type Call, errorMessageOf } from "../events.ts";
import { isJsonObject, parseJsonObject } from "../json.ts";
import { readXml } from "../xml.ts";
import { cloudTrailTime, userIdentity } from "./identity.ts";
import { visible } from "./visible.ts";

/** The members that all records of this server share. */
export interface RecordOrigin {
  readonly accountId: string;
  /** Of calls that name none. */
  readonly region: string;
  readonly newEventId: () => string;
}

/** A call that named an operation. */
export interface NamedCall extends Call {
  readonly operation: string;
}

/** Operations and actions that change nothing, by how their names begin. */
const READS = /^(?:Admin)?(?:Get|List|Describe)|^(?:Simulate|Generate|Assume|Read)/;

/** They begin like reads, but send a code or make tokens. */
const NO_READS: ReadonlySet<string> = new Set([
  "GetUserAttributeVerificationCode",
  "GetTokensFromRefreshToken",
  "GetClientToken",
  "GetSessionToken",
  "GetFederationToken",
]);

/** Whether an operation, or an action for which AWS has none, changes nothing. CloudTrail counts the AssumeRole operations of STS among these. */
export function isRead(operation: string): boolean {
  return READS.test(operation) && !NO_READS.has(operation);
}

/**
 * CloudTrail's record of an API call.
 *
 * @param sub of the user that the call is about, if it is known
 * @see CloudTrail User Guide, "CloudTrail record contents"; Developer Guide, "Example Amazon Cognito events"
 */
export async function callRecord(
  call: NamedCall,
  sub: string | undefined,
  { accountId, region, newEventId }: RecordOrigin,
): Promise<object> {
  const readOnly = isRead(call.operation);
  const hasFailed = call.error !== undefined;
  return {
    eventVersion: "1.08",
    userIdentity: userIdentity(call.caller),
    eventTime: cloudTrailTime(call.at),
    eventSource: `${call.service}.amazonaws.com`,
    eventName: call.operation,
    awsRegion: call.caller?.region ?? region,
    sourceIPAddress: call.sourceIp,
    userAgent: call.userAgent,
    ...(hasFailed && { errorCode: call.error, errorMessage: errorMessageOf(call) }),
    requestParameters: visible(call.input) ?? null,
    responseElements: readOnly || hasFailed ? null : (visible(await outputIn(call)) ?? null),
    ...(sub !== undefined && { additionalEventData: { sub } }),
    requestID: call.requestId,
    eventID: newEventId(),
    readOnly,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: accountId,
    eventCategory: "Management",
  };
}

/** Undefined if there are no members in it. */
async function outputIn({ answer, operation }: NamedCall): Promise<unknown> {
  const output = answer.startsWith("<") ? await resultIn(answer, operation) : parseJsonObject(answer);
  return isJsonObject(output) && Object.keys(output).length > 0 ? output : undefined;
}

/** The result of an answer of STS or IAM: `<XResponse><XResult>`. */
async function resultIn(xml: string, operation: string): Promise<unknown> {
  const document = await readXml(xml, { ignoreAttributes: true, parseTagValue: false });
  const response = typeof document === "string" ? undefined : document[`${operation}Response`];
  return isJsonObject(response) ? withLists(response[`${operation}Result`]) : undefined;
}

/** Lists of the query protocol are elements of the name `member`. */
function withLists(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withLists);
  if (!isJsonObject(value)) return value;
  const names = Object.keys(value);
  if (names.length === 1 && names[0] === "member") return [value.member].flat().map(withLists);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withLists(member)]));
}
