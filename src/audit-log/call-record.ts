import { type Call, errorMessageOf } from "../events.ts";
import { isJsonObject, parseJsonObject } from "../json.ts";
import { readXml } from "../xml.ts";
import { cloudTrailRecord, type RecordOrigin } from "./cloud-trail.ts";
import { userIdentity } from "./identity.ts";
import { visible } from "./visible.ts";

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
 */
export async function callRecord(
  call: NamedCall,
  sub: string | undefined,
  origin: RecordOrigin,
): Promise<object> {
  const { caller, operation, requestId, at, sourceIp, userAgent, error } = call;
  const readOnly = isRead(operation);
  const hasFailed = error !== undefined;
  return cloudTrailRecord(
    {
      at,
      userIdentity: userIdentity(caller),
      eventSource: `${call.service}.amazonaws.com`,
      eventName: operation,
      region: caller?.region,
      sourceIp,
      userAgent,
      errorCode: error,
      errorMessage: hasFailed ? errorMessageOf(call) : undefined,
      requestParameters: visible(call.input),
      responseElements: readOnly || hasFailed ? undefined : visible(await outputIn(call)),
      additionalEventData: sub === undefined ? undefined : { sub },
      requestId,
      readOnly,
      eventType: "AwsApiCall",
    },
    origin,
  );
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
