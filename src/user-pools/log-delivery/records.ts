/**
 * The records of AWS, field by field. The guide shows one of each kind; values that its samples do not show are in the words
 * of the API, see docs/log-delivery.md.
 *
 * @see Developer Guide, "Exporting logs from Amazon Cognito user pools"
 */
import type { AuthEventType } from "../../api-model/index.ts";
import type { AuthEvent, SentMessage } from "../../events.ts";
import type { LogRecord } from "../../log-sinks/index.ts";

/** A message that was not taken for delivery. Its address, text and code are no part of it. */
export function userNotificationRecord(
  { poolId, username, medium, occasion, failure }: SentMessage,
  at: number,
): LogRecord {
  return {
    poolId,
    at,
    level: "ERROR",
    content: {
      eventTimestamp: String(at),
      eventSource: "USER_NOTIFICATION",
      logLevel: "ERROR",
      message: {
        details: `The ${medium} message of ${occasion} to user ${username} was not delivered: ${failure}`,
      },
      logSourceId: { userPoolId: poolId },
    },
  };
}

/** An auth event after a change: a sign-in is delivered when it begins, when it ends, and when there is feedback on it. */
export function userActivityRecord(
  { poolId, sub, username, clientId, requestId, hasContextData, event }: AuthEvent,
  at: number,
): LogRecord {
  const { EventRisk, EventContextData, EventFeedback } = event;
  return {
    poolId,
    at,
    level: "INFO",
    content: {
      eventTimestamp: String(at),
      eventSource: "USER_ACTIVITY",
      logLevel: "INFO",
      message: {
        version: "1",
        eventId: event.EventId ?? "",
        eventType: event.EventType ?? "",
        userSub: sub,
        userName: username,
        userPoolId: poolId,
        clientId: clientId ?? "",
        creationDate: javaDate(event.CreationDate),
        eventResponse: event.EventResponse ?? "",
        riskLevel: EventRisk?.RiskLevel ?? "",
        riskDecision: EventRisk?.RiskDecision ? RISK_DECISIONS[EventRisk.RiskDecision] : "",
        challenges: challengesOf(event),
        deviceName: EventContextData?.DeviceName ?? "Other, Other",
        ipAddress: EventContextData?.IpAddress ?? "",
        requestId,
        // Threat protection looks at users of the pool's own, not at those of identity providers.
        idpName: "",
        compromisedCredentialDetected: String(EventRisk?.CompromisedCredentialsDetected ?? false),
        city: EventContextData?.City ?? "",
        country: EventContextData?.Country ?? "",
        eventFeedbackValue: EventFeedback?.FeedbackValue ?? "",
        eventFeedbackDate: javaDate(EventFeedback?.FeedbackDate),
        eventFeedbackProvider: EventFeedback?.Provider ?? "",
        hasContextData: String(hasContextData),
      },
      logSourceId: { userPoolId: poolId },
    },
  };
}

/** The guide's sample has `PASS` where the API has `NoRisk`; the others are ours, in its manner. */
const RISK_DECISIONS = { NoRisk: "PASS", AccountTakeover: "ACCOUNT_TAKEOVER", Block: "BLOCK" } as const;

function challengesOf({ ChallengeResponses = [] }: AuthEventType) {
  return ChallengeResponses.map(({ ChallengeName = "", ChallengeResponse = "" }) => ({
    challengeName: ChallengeName,
    challengeResponse: ChallengeResponse,
  }));
}

/** As Java prints a date: `Wed Jul 17 17:25:55 UTC 2024`. */
function javaDate(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return "";
  const [weekday = "", day, month, year, time] = new Date(milliseconds).toUTCString().split(" ");
  return `${weekday.replace(",", "")} ${month} ${day} ${time} UTC ${year}`;
}
