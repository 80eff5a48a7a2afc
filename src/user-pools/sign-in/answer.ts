import type { AuthFlowType, ChallengeNameType } from "../../api-model/index.ts";
import type { AnswerRequest, Attempt, Party, SignInContext } from "./attempt.ts";
import type { Challenge, OpenChallenge, Ticket } from "./challenge.ts";
import { challengeNamed } from "./challenges/index.ts";
import {
  attemptOf,
  type Carrier,
  type Envelope,
  hasPasswordChanged,
  isNameOf,
  isOfParty,
  unseal,
  withStoredState,
} from "./envelope.ts";
import {
  disabledUser,
  expiredSession,
  invalidSession,
  missingParameter,
  required,
  usedSession,
  wrongCredentials,
} from "./errors.ts";

/** An attempt that was found by its envelope, with the envelope's ticket. */
interface OpenAttempt extends OpenChallenge {
  readonly ticket: Ticket;
}

/** The refusals of an envelope. An SRP claim must not say what is wrong with it. */
const refusals = {
  Session: {
    invalid: invalidSession,
    expired: expiredSession,
    used: usedSession,
  },
  SECRET_BLOCK: { invalid: wrongCredentials, expired: wrongCredentials, used: wrongCredentials },
} satisfies Record<Carrier, Record<"invalid" | "expired" | "used", () => Error>>;

/**
 * Finds the challenge that an answer is to.
 *
 * @throws InvalidParameterException the envelope is missing
 * @throws NotAuthorizedException it is not of this party, user and challenge, it has expired or was used; or the user is
 *   disabled
 */
export async function openAnswer(
  request: AnswerRequest,
  context: SignInContext,
): Promise<OpenAttempt & { readonly challenge: Challenge }> {
  const challenge = challengeNamed(request.challenge);
  const carrier = challenge?.usesSecretBlock ? "SECRET_BLOCK" : "Session";
  const envelope = unseal(carrier, sentEnvelope(request, carrier), context);
  if (challenge === undefined || envelope?.challenge !== request.challenge) throw refusals[carrier].invalid();
  if (carrier === "SECRET_BLOCK") requireSessionOf(envelope, request, context);
  return { challenge, ...(await openEnvelope(carrier, envelope, request, context, request.name)) };
}

/**
 * Finds the attempt of an envelope that was unsealed.
 *
 * @param name the user's, where it came along
 * @throws NotAuthorizedException the envelope is not of this party and user, it has expired or was used; or the user is
 *   disabled, or has another password than the one that was proved
 */
export async function openEnvelope(
  carrier: Carrier,
  envelope: Envelope,
  party: Party,
  context: SignInContext,
  name?: string,
): Promise<OpenAttempt> {
  const { invalid, expired, used } = refusals[carrier];
  if (!isOfParty(envelope, party)) throw invalid();
  if (context.clock.now() >= envelope.expiresAt) throw expired();
  const whole = await withStoredState(envelope, context);
  if (whole === undefined) throw invalid();
  const attempt = await attemptOf(whole, party, context);
  if (attempt === undefined) throw invalid();
  if (name !== undefined && !isAnsweredBy(name, attempt, carrier)) throw invalid();
  // Accepting an answer uses the ticket up; this only saves a late answer the work up to there.
  if (carrier === "Session") await requireUnused(envelope.ticket, context);
  if (hasPasswordChanged(envelope, attempt)) throw invalid();
  if (attempt.proved.length > 0 && attempt.user?.enabled === false) throw disabledUser();
  const ticket = { id: envelope.ticket, expiresAt: envelope.expiresAt, used };
  return { attempt, state: whole.state, ticket };
}

/** The id that is used up where the answer to a challenge ended the sign-in. */
export const failureOf = (ticket: string) => `${ticket}:failed`;

/** @throws NotAuthorizedException the Session was used; the text is another if the sign-in failed by that */
async function requireUnused(ticket: string, { store: { usedTickets } }: SignInContext): Promise<void> {
  if (!(await usedTickets.isUsed(ticket))) return;
  throw (await usedTickets.isUsed(failureOf(ticket))) ? invalidSession() : usedSession();
}

function sentEnvelope({ session, responses }: AnswerRequest, carrier: Carrier): string {
  if (carrier === "SECRET_BLOCK") return required(responses, "PASSWORD_CLAIM_SECRET_BLOCK");
  if (!session) throw missingParameter("Session");
  return session;
}

/**
 * A SECRET_BLOCK with a Session beside it is answered with both.
 *
 * @throws NotAuthorizedException the Session is not of the same attempt
 */
function requireSessionOf(envelope: Envelope, { session }: AnswerRequest, context: SignInContext): void {
  if (hasNoSession(envelope.challenge, envelope.flow)) return;
  if (!session) throw missingParameter("Session");
  const beside = unseal("Session", session, context);
  if (beside?.attemptId !== envelope.attemptId || beside.challenge !== envelope.challenge) {
    throw invalidSession();
  }
}

/** Whether the SECRET_BLOCK of a challenge goes without a Session. */
export function hasNoSession(challenge: ChallengeNameType, flow: AuthFlowType): boolean {
  return challenge === "DEVICE_PASSWORD_VERIFIER" || flow === "USER_SRP_AUTH";
}

function isAnsweredBy(name: string, attempt: Attempt, carrier: Carrier): boolean {
  // The claim of a user who does not exist fails in any case, and must take as long as any other.
  if (attempt.user === undefined && carrier === "SECRET_BLOCK") return true;
  return isNameOf(attempt.pool, attempt, name);
}
