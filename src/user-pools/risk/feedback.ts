/**
 * The feedback of users and administrators about a sign-in: that it was the user's, or that it was not. A later sign-in from
 * where one was reported is riskier.
 *
 * @see Developer Guide, "Working with adaptive authentication", section on feedback
 */
import {
  type FeedbackValueType,
  NotAuthorizedException,
  ResourceNotFoundException,
} from "../../api-model/index.ts";
import type { AuthEventRecord, UserPoolRecord, UserRecord } from "../../storage/index.ts";
import type { Environment } from "../environment.ts";
import { type EventContext, updateEvent } from "./events.ts";

export interface Feedback {
  readonly pool: UserPoolRecord;
  readonly user: UserRecord;
  readonly eventId: string;
  readonly value: FeedbackValueType;
  readonly provider: "Admin" | "User";
}

/**
 * Stores feedback. A user's answer cannot be changed: a notification has two links, and following the second one must
 * not undo the first. An administrator's answer may replace any.
 *
 * @throws ResourceNotFoundException the user has no such event; the text is ours
 * @throws NotAuthorizedException the user has said something else of it before
 */
export async function giveFeedback(
  { pool, user, eventId, value, provider }: Feedback,
  context: EventContext,
): Promise<void> {
  const feedback = { FeedbackValue: value, Provider: provider, FeedbackDate: context.clock.now() };
  const changed = await updateEvent(
    eventId,
    { pool, user },
    ["feedback", (event) => (isSettled(event, provider) ? event : { ...event, EventFeedback: feedback })],
    context,
  );
  if (changed === undefined) throw new ResourceNotFoundException(`Auth event ${eventId} does not exist.`);
  if (provider === "User" && changed.event.EventFeedback?.FeedbackValue !== value)
    throw invalidFeedbackToken();
}

/** The text is ours: Cognito's is not known. */
export const invalidFeedbackToken = () => new NotAuthorizedException("Invalid feedback token.");

function isSettled({ EventFeedback }: AuthEventRecord["event"], by: Feedback["provider"]): boolean {
  return by === "User" && EventFeedback?.Provider === "User";
}

const PURPOSE = "auth event feedback";

/** How long the links of a notification work. */
const LIFE_MILLISECONDS = 7 * 24 * 60 * 60 * 1000;

interface FeedbackToken {
  readonly poolId: string;
  readonly sub: string;
  readonly eventId: string;
  /** Milliseconds. */
  readonly expiresAt: number;
}

/** The token by which the reader of a notification says something of the sign-in that it is about. */
export function sealFeedbackToken(
  { poolId, sub }: Pick<UserRecord, "poolId" | "sub">,
  eventId: string,
  { crypto, clock }: Pick<Environment, "crypto" | "clock">,
): string {
  const token: FeedbackToken = { poolId, sub, eventId, expiresAt: clock.now() + LIFE_MILLISECONDS };
  return crypto.tokens.seal(PURPOSE, token);
}

/** @returns undefined for a text that is no such token, or too old */
export function openFeedbackToken(
  text: string,
  { crypto, clock }: Pick<Environment, "crypto" | "clock">,
): FeedbackToken | undefined {
  // Nothing but `sealFeedbackToken` seals for this purpose.
  const token = crypto.tokens.open(PURPOSE, text) as FeedbackToken | undefined;
  return token !== undefined && clock.now() < token.expiresAt ? token : undefined;
}
