/**
 * The state machine of signing in. Its steps are numbered here, once for every flow and challenge, in the order in which
 * Cognito checks; the modules of `flows.ts` and `challenges/` only prove.
 *
 * @see Developer Guide, "Authentication with Amazon Cognito user pools"
 */
import { type ChallengeNameType, type JsonValue, NotAuthorizedException } from "../../api-model/index.ts";
import { clientOfEvent } from "../app-clients/index.ts";
import {
  assessSignIn,
  isProtected,
  noteFailedProof,
  noteSignedIn,
  refuseBlockedAddress,
} from "../risk/index.ts";
import { maxSessionsPerUser, tracking } from "../sessions/index.ts";
import { accept } from "./accept.ts";
import { failureOf, hasNoSession, openAnswer } from "./answer.ts";
import type {
  AnswerRequest,
  Attempt,
  BeginRequest,
  Parameters,
  SendAgainRequest,
  SignedIn,
  SignInContext,
  Step,
  UserAttempt,
} from "./attempt.ts";
import type { ChallengeName, Passed, Ticket, Verdict } from "./challenge.ts";
import { parametersOfSentCode } from "./challenges/code-challenge.ts";
import { challenges } from "./challenges/index.ts";
import { availableChallenges } from "./choice.ts";
import { defineNext, passedRound, withRound } from "./custom-auth.ts";
import { seal } from "./envelope.ts";
import { invalidSession, required, wrongCredentials } from "./errors.ts";
import { openings, proveByConfirmedSignUp } from "./flows.ts";
import { postAuthentication, preAuthentication } from "./hooks.ts";
import { afterCustom, decideNext } from "./next.ts";
import { deviceOfSignIn } from "./sign-in-device.ts";
import { withStepUp, withTargets } from "./step-up.ts";
import {
  countFailure,
  identify,
  refuseAfterProof,
  refuseBeforeProof,
  refuseIfLockedOut,
} from "./user-state.ts";

/** An attempt that has come to a verdict. */
interface Judged {
  readonly attempt: Attempt;
  readonly verdict: Verdict;
  readonly ticket: Ticket | undefined;
  /** The parameters that came with the request, of which the next challenge may need some. */
  readonly given: Parameters;
  /** The challenge that was answered. */
  readonly challenge: ChallengeNameType | undefined;
}

/**
 * Takes the first step of a sign-in.
 *
 * @returns the first challenge, or the finished sign-in
 */
export async function beginSignIn(request: BeginRequest, context: SignInContext): Promise<Step> {
  const { pool, client, channel, scope, flow, name, given, session, stepUp } = request;

  // 1. Identify the user.
  const user = await identify(request, context);
  const begun: Attempt = {
    pool,
    client,
    channel,
    scope,
    id: context.random.uuid(),
    flow,
    name,
    user,
    proved: [],
    rounds: [],
    deviceKey: given.DEVICE_KEY,
    beganAt: context.clock.now(),
  };

  // 2. Refuse what must be refused before a proof.
  await refuseBeforeProof(begun, context);
  const attempt = stepUp
    ? withStepUp(begun, stepUp)
    : flow === "USER_AUTH"
      ? await withTargets(begun, given, context)
      : begun;
  await refuseBlockedAddress(attempt, context);

  // 3. The pool's own function may object.
  await preAuthentication(attempt, context);

  // 4. Prove.
  const verdict =
    session === undefined
      ? await openings[flow](attempt, given, context)
      : await proveByConfirmedSignUp(attempt, session, given, context);
  return settle({ attempt, verdict, ticket: undefined, given, challenge: undefined }, context);
}

/**
 * Takes the step that an answer to a challenge leads to. Steps 1 and 3 were taken when the attempt began.
 *
 * @returns the next challenge, or the finished sign-in
 */
export async function answerChallenge(request: AnswerRequest, context: SignInContext): Promise<Step> {
  const { challenge, ticket, ...open } = await openAnswer(request, context);
  const answered = { ...open.attempt, deviceKey: request.responses.DEVICE_KEY ?? open.attempt.deviceKey };

  // 2. Refuse what must be refused before a proof.
  await refuseBeforeProof(answered, context);

  // 4. Prove. A challenge that a pool's own function judges can be answered once, whatever the result.
  const given = request.responses;
  const judge = async (attempt: Attempt, unused: Ticket | undefined) => {
    const verdict = await challenge.verify({ attempt, state: open.state }, given, context);
    return settle({ attempt, verdict, given, challenge: challenge.name, ticket: unused }, context);
  };
  if (challenge.usedUpBy === undefined) return judge(answered, ticket);
  required(given, challenge.usedUpBy);
  const attempt = await withTicketUsed(answered, ticket, context);
  try {
    return await judge(attempt, undefined);
  } catch (error) {
    await context.store.usedTickets.use(failureOf(ticket.id), ticket.expiresAt);
    throw error;
  }
}

/**
 * Sends another code in place of the one that a challenge waits for. The API has no operation for it: its clients begin anew.
 *
 * @returns the same challenge, with a new Session
 * @throws LimitExceededException the user's hour has as many codes as it may have
 */
export async function sendCodeAgain(request: SendAgainRequest, context: SignInContext): Promise<Step> {
  const { challenge, ticket, ...open } = await openAnswer({ ...request, responses: {} }, context);
  await refuseBeforeProof(open.attempt, context);
  const given = await parametersOfSentCode(open, challenge.name, context);
  return offer(challenge.name, await withTicketUsed(open.attempt, ticket, context), given, context);
}

async function settle(judged: Judged, context: SignInContext): Promise<Step> {
  const { attempt, verdict, ticket, given, challenge } = judged;
  switch (verdict.outcome) {
    case "failed": {
      const refusal = await countFailure(attempt, verdict, context);
      await noteFailure(attempt, challenge, context);
      throw refusal;
    }
    case "ask another":
      return offer(verdict.challenge, await withTicketUsed(attempt, ticket, context), given, context);
    case "round":
      return goOn(withRound(attempt, verdict.round), given, context);
    case "passed": {
      const user = verdict.user ?? attempt.user;
      // No module passes an attempt without a user; this is for the compiler.
      if (user === undefined) throw invalidSession();
      return advance(
        withRound({ ...attempt, user }, passedRound(attempt, challenge)),
        verdict,
        ticket ?? verdict.ticket,
        given,
        context,
      );
    }
  }
}

async function noteFailure(
  attempt: Attempt,
  challenge: ChallengeNameType | undefined,
  context: SignInContext,
): Promise<void> {
  context.events.publish("signInFailed", { ...clientOfEvent(attempt.client), challenge });
  await noteFailedProof(attempt, challenge, context);
}

/** Uses up the ticket of a choice, because the challenge that it leads to has its own ticket. */
async function withTicketUsed(
  attempt: Attempt,
  ticket: Ticket | undefined,
  context: SignInContext,
): Promise<Attempt> {
  if (ticket === undefined) return attempt;
  // A disabled user who has proved nothing is refused after the proof, so that nobody else learns of them.
  if (attempt.user === undefined || (!attempt.user.enabled && attempt.proved.length === 0)) {
    if (!(await context.store.usedTickets.use(ticket.id, ticket.expiresAt))) throw ticket.used();
    return attempt;
  }
  const accepted = { attempt: { ...attempt, user: attempt.user }, change: undefined, ticket };
  return { ...attempt, user: await accept(accepted, context) };
}

/** Goes on from a round of a custom sign-in, as the pool's DefineAuthChallenge function says. */
async function goOn(attempt: Attempt, given: Parameters, context: SignInContext): Promise<Step> {
  const next = await defineNext(attempt, context).catch(async (error) => {
    if (error instanceof NotAuthorizedException) await noteFailure(attempt, "CUSTOM_CHALLENGE", context);
    throw error;
  });
  if (next !== undefined) return offer(next, attempt, given, context);
  if (attempt.user === undefined) throw wrongCredentials();
  const user: UserAttempt = { ...attempt, user: attempt.user, proved: [...attempt.proved, "custom"] };
  await refuseAfterProof(user, context);
  const assessed = await withRisk(user, given, context);
  const last = await afterCustom(assessed, context);
  if (last !== undefined) return offer(last, assessed, given, context);
  return signIn(assessed, undefined, undefined, context);
}

/** Goes on from a proof. */
async function advance(
  attempt: UserAttempt,
  { factor, change }: Passed,
  ticket: Ticket | undefined,
  given: Parameters,
  context: SignInContext,
): Promise<Step> {
  const unassessed: UserAttempt = {
    ...attempt,
    user: change === undefined ? attempt.user : change(attempt.user),
    proved: factor === undefined ? attempt.proved : [...attempt.proved, factor],
  };

  // 5. Refuse what must be refused after a proof.
  await refuseAfterProof(unassessed, context);
  const proved = factor === undefined ? unassessed : await withRisk(unassessed, given, context);

  // 6. Decide the next step. If the pool's own function does, the proof counts once, whatever it answers.
  const isCustom = attempt.flow === "CUSTOM_AUTH";
  if (isCustom) await withTicketUsed(proved, ticket, context);
  const unused = isCustom ? undefined : ticket;
  const next = await nextUnlessLockedOut(proved, context);

  // 7. Accept the proof, and offer the next challenge or sign in.
  if (next === undefined) return signIn({ ...proved, user: attempt.user }, change, unused, context);
  const user = await accept({ attempt, change, ticket: unused }, context);
  // In a custom sign-in a device comes last, so that the pool's own function has let the user in.
  const isOver = isCustom && next === "DEVICE_SRP_AUTH";
  const factors = isOver ? [...proved.proved, "custom" as const] : proved.proved;
  return offer(next, { ...proved, proved: factors, user }, given, context);
}

/**
 * Assesses the risk of the sign-in, once.
 *
 * @throws NotAuthorizedException it is too risky
 * @throws PasswordResetRequiredException attackers know the password
 */
async function withRisk(
  attempt: UserAttempt,
  given: Parameters,
  context: SignInContext,
): Promise<UserAttempt> {
  if (attempt.risk !== undefined || !isProtected(attempt.pool, attempt.flow)) return attempt;
  // If the sign-in is blocked, a locked-out user must not learn that the proof was right.
  await refuseIfLockedOut(attempt, context);
  return { ...attempt, risk: await assessSignIn(attempt, given.PASSWORD, context) };
}

/** If no challenge can follow, a locked-out user must not learn that the proof was right. */
async function nextUnlessLockedOut(
  attempt: UserAttempt,
  context: SignInContext,
): Promise<ChallengeName | undefined> {
  try {
    return await decideNext(attempt, context);
  } catch (error) {
    await refuseIfLockedOut(attempt, context);
    throw error;
  }
}

async function offer(
  name: ChallengeName,
  attempt: Attempt,
  given: Parameters,
  context: SignInContext,
): Promise<Step> {
  const challenge = challenges[name];
  const { parameters, state = null } = await challenge.offer(attempt, given, context);
  const sealAs = (carrier: "Session" | "SECRET_BLOCK", sealed: JsonValue) =>
    seal(carrier, attempt, name, sealed, context);
  const isChoice = attempt.flow === "USER_AUTH" && attempt.proved.length === 0;
  const available = isChoice ? { availableChallenges: await availableChallenges(attempt, context) } : {};
  if (!challenge.usesSecretBlock) {
    const session = await sealAs("Session", state);
    return { kind: "challenge", challenge: name, ...available, parameters, session };
  }
  return {
    kind: "challenge",
    challenge: name,
    ...available,
    parameters: { ...parameters, SECRET_BLOCK: await sealAs("SECRET_BLOCK", state) },
    session: hasNoSession(name, attempt.flow) ? undefined : await sealAs("Session", null),
  };
}

async function signIn(
  attempt: UserAttempt,
  change: Passed["change"],
  ticket: Ticket | undefined,
  context: SignInContext,
): Promise<SignedIn> {
  const device = await deviceOfSignIn(attempt, context);
  const begun = {
    ...context.tokens.newSignIn(attempt.client, attempt.user),
    ...(attempt.scope !== undefined && { scope: attempt.scope }),
    ...(device && { deviceKey: device.key }),
    ...(attempt.risk && { eventId: attempt.risk.eventId }),
  };
  const maxSessions = await maxSessionsPerUser(context.store, attempt.pool.id);
  const record =
    maxSessions === undefined
      ? begun
      : (await tracking()).withSession(begun, context.request, context.random, begun.authenticatedAt);
  const user = await accept({ attempt, change, ticket, signIn: record, device, maxSessions }, context);
  const signedIn: SignedIn = { kind: "signed in", attempt: { ...attempt, user }, signIn: record, device };
  await postAuthentication(signedIn, context);
  await noteSignedIn(signedIn.attempt, context);
  return signedIn;
}
