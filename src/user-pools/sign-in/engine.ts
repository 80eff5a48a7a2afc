/**
 * The state machine of signing in: `begin` takes the first step of a flow, `answer` judges the answer to a challenge;
 * both end in the next challenge or in tokens. Every rule that all flows or all challenges share is here, in the order in
 * which Cognito checks; what is particular is in the modules of `flows/` and `challenges/`.
 *
 * @see Developer Guide, "Authentication with Amazon Cognito user pools"; API Reference, "InitiateAuth",
 *   "RespondToAuthChallenge"
 */
import {
  type ChallengeNameType,
  InvalidParameterException,
  NotAuthorizedException,
} from "../../api-model/index.ts";
import {
  type AppClientRecord,
  OwnerMissing,
  type Repositories,
  type SignInRecord,
  type UserRecord,
} from "../../storage/index.ts";
import { checkSecretHash, flowEnabled, unknownClient } from "../app-clients/index.ts";
import { asSignInNameError, requireFreeNames } from "../users/index.ts";
import { challenges } from "./challenges.ts";
import { disabledUser, invalidSession, lockedOut, required } from "./errors.ts";
import { flows } from "./flows.ts";
import { isLockedOut } from "./lockout.ts";
import { nextChallenge } from "./next-challenge.ts";
import { openSession, sealSession } from "./session.ts";
import type { AnswerRequest, Attempt, BeginRequest, Parameters, Proof, SignInContext, Step } from "./step.ts";
import { refuseIfLockedOut, userDeletedMeanwhile } from "./user-state.ts";

/**
 * Takes the first step of a sign-in.
 *
 * @throws the exceptions that InitiateAuth and AdminInitiateAuth list
 */
export async function begin(request: BeginRequest, context: SignInContext): Promise<Step> {
  const { client, channel, parameters } = request;
  const flow = flows[request.flow];
  if (!flow.channels.includes(channel)) {
    throw new InvalidParameterException("Initiate Auth method not supported.");
  }
  requireSecretHash(client, flow.namesUserBy === "USERNAME" ? parameters.USERNAME : undefined, parameters);
  if (!flowEnabled(client, flow.name)) throw new InvalidParameterException(flow.notEnabledMessage);

  const beginning = await flow.begin(request, context);
  switch (beginning.kind) {
    case "proof":
      return advance(beginning.proof, parameters, context);
    case "challenge":
      return offer(beginning.challenge, beginning.attempt, parameters, context);
    case "grant":
      return beginning;
  }
}

/**
 * Takes the step that an answer to a challenge leads to.
 *
 * @throws the exceptions that RespondToAuthChallenge and AdminRespondToAuthChallenge list
 */
export async function answer(request: AnswerRequest, context: SignInContext): Promise<Step> {
  const { responses } = request;
  requireSecretHash(request.client, responses.USERNAME, responses);
  required(responses, "USERNAME");

  const challenge = challenges[request.challenge];
  const open = await (challenge?.reopen ?? openSession)(request, context);
  // A challenge that is not built was never put to anybody, so no Session can be for it.
  if (challenge === undefined) throw invalidSession();
  const proof = await challenge.verify(open, responses, context);
  return advance(proof, responses, context);
}

/** Accepts a proof, and goes on to what the user must do next or to tokens. */
async function advance(proof: Proof, given: Parameters, context: SignInContext): Promise<Step> {
  const { attempt, change = unchanged } = proof;
  const next = await nextUnlessLockedOut(attempt, change(attempt.user), context);
  if (next === undefined) return grant(proof, context);
  const user = await accept(proof, context);
  return offer(next, { ...attempt, user }, given, context);
}

/** What comes next. Where that is nothing that there is, only who is not locked out may learn that they got so far. */
async function nextUnlessLockedOut(
  attempt: Proof["attempt"],
  changed: UserRecord,
  context: SignInContext,
): Promise<ChallengeNameType | undefined> {
  try {
    return nextChallenge(attempt.pool, changed);
  } catch (error) {
    await refuseIfLockedOut(attempt, context);
    throw error;
  }
}

async function offer(
  name: ChallengeNameType,
  attempt: Attempt,
  given: Parameters,
  context: SignInContext,
): Promise<Step> {
  const challenge = challenges[name];
  if (challenge === undefined) throw new Error(`The challenge ${name} has no module.`);
  const { parameters, state = null, needsNoSession = false } = await challenge.offer(attempt, given, context);
  const session = needsNoSession ? undefined : sealSession(attempt, name, state, context);
  return { kind: "challenge", challenge: name, parameters, session };
}

async function grant(proof: Proof, context: SignInContext): Promise<Step> {
  const { pool, client } = proof.attempt;
  const signIn = context.tokens.newSignIn(client, proof.attempt.user);
  const user = await accept(proof, context, signIn);
  return { kind: "grant", result: await context.tokens.issue({ pool, client, user, signIn }) };
}

/**
 * Makes an accepted answer count, as one step: its ticket is spent, the user changed, the sign-in recorded, or nothing of
 * it. Of several answers to one challenge at most one gets through.
 *
 * The user is read again here. Judging a password takes a while, in which as many others as a server has connections can be
 * tried: a right one among too many wrong ones must be refused like them.
 *
 * @param signIn the sign-in, where nothing is left to be answered
 * @returns the user as changed
 */
async function accept(
  { attempt, change = unchanged, ticket }: Proof,
  { store, clock }: SignInContext,
  signIn?: SignInRecord,
): Promise<UserRecord> {
  const now = clock.now();
  const changeUnlessRefused = (user: UserRecord) => {
    if (isLockedOut(user.failedSignIns, now)) throw lockedOut();
    if (!user.enabled) throw disabledUser();
    return signIn === undefined ? change(user) : withoutFailures(change(user));
  };
  const work = async ({ usedTickets, users, signIns }: Repositories) => {
    if (ticket !== undefined && !(await usedTickets.use(ticket.id, ticket.expiresAt))) {
      throw new NotAuthorizedException(ticket.usedMessage);
    }
    const user = await users.update(attempt.pool.id, attempt.user.sub, changeUnlessRefused);
    if (user === undefined) throw userDeletedMeanwhile(attempt.client);
    if (change !== unchanged) await requireFreeNames({ users }, user);
    if (signIn !== undefined) await signIns.insert(signIn);
    return user;
  };
  try {
    return await store.transaction(work);
  } catch (error) {
    // The user and so their pool were there, in the same transaction: it is the client that was deleted meanwhile.
    if (error instanceof OwnerMissing) throw unknownClient(attempt.client.id);
    throw asSignInNameError(error);
  }
}

/** A successful sign-in forgets earlier failures. Users without any, which is nearly all, are not written for it. */
function withoutFailures(user: UserRecord): UserRecord {
  if (user.failedSignIns === undefined) return user;
  const { failedSignIns: _, ...rest } = user;
  return rest;
}

const unchanged = (user: UserRecord) => user;

/**
 * Refuses an app client that has a secret and does not prove it.
 *
 * @param name what SECRET_HASH is over; undefined while that is not known, when all that can be checked is that it is there
 */
function requireSecretHash(
  client: AppClientRecord,
  name: string | undefined,
  { SECRET_HASH }: Parameters,
): void {
  if (name === undefined && SECRET_HASH !== undefined) return;
  checkSecretHash(client, name ?? "", SECRET_HASH);
}
