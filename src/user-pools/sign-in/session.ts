/**
 * The `Session` that carries a sign-in from a challenge to its answer: everything that the next step needs, sealed, so that
 * any node can take it.
 *
 * @see API Reference, "RespondToAuthChallenge", Session; Developer Guide, "Authentication with Amazon Cognito user pools"
 */
import {
  type AuthFlowType,
  type ChallengeNameType,
  type JsonValue,
  NotAuthorizedException,
} from "../../api-model/index.ts";
import { authSessionSeconds } from "../app-clients/index.ts";
import type { OpenChallenge } from "./challenge.ts";
import { disabledUser, invalidSession, missingParameter, required } from "./errors.ts";
import type { AnswerRequest, Attempt, Channel, SignInContext } from "./step.ts";
import { isNameOf } from "./user-state.ts";

const USED = "Invalid session for the user, session can only be used once.";
const EXPIRED = "Invalid session for the user, session is expired.";

interface SessionContents {
  readonly id: string;
  /** Milliseconds. Each challenge has the whole time that the client allows. */
  readonly expiresAt: number;
  readonly poolId: string;
  readonly clientId: string;
  /** Milliseconds. Tells a client from one that was made in its place, under the same id. */
  readonly clientCreatedAt: number;
  readonly channel: Channel;
  readonly flow: AuthFlowType;
  readonly challenge: ChallengeNameType;
  readonly name: string;
  readonly sub: string | undefined;
  readonly state: JsonValue;
}

export function sealSession(
  { pool, client, channel, flow, name, user }: Attempt,
  challenge: ChallengeNameType,
  state: JsonValue,
  { crypto, clock, random }: SignInContext,
): string {
  const contents: SessionContents = {
    id: random.uuid(),
    expiresAt: clock.now() + authSessionSeconds(client) * 1000,
    poolId: pool.id,
    clientId: client.id,
    clientCreatedAt: client.createdAt,
    channel,
    flow,
    challenge,
    name,
    sub: user?.sub,
    state,
  };
  return crypto.tokens.sealSession(contents);
}

/**
 * Finds the challenge that a Session is for.
 *
 * @throws InvalidParameterException there is no Session
 * @throws NotAuthorizedException it is not this party's, user's and challenge's, it has expired or was used; or the user is
 *   disabled
 */
export async function openSession(request: AnswerRequest, context: SignInContext): Promise<OpenChallenge> {
  const { pool, client, channel, challenge, responses, session } = request;
  const { store, crypto, clock } = context;
  if (!session) throw missingParameter("Session");
  // Nothing but sealSession seals Sessions, and nobody else can.
  const contents = crypto.tokens.openSession(session) as SessionContents | undefined;
  const isOfParty =
    contents?.poolId === pool.id &&
    contents.clientId === client.id &&
    contents.clientCreatedAt === client.createdAt &&
    contents.channel === channel;
  if (!isOfParty || contents.challenge !== challenge) throw invalidSession();
  if (clock.now() >= contents.expiresAt) throw new NotAuthorizedException(EXPIRED);

  const { id, expiresAt, flow, name, sub, state } = contents;
  const user = sub === undefined ? undefined : await store.users.getBySub(pool.id, sub);
  if (sub !== undefined && user === undefined) throw invalidSession();
  if (!isNameOf(pool, { name, user }, required(responses, "USERNAME"))) throw invalidSession();
  // Accepting an answer spends the ticket; this only spares whoever comes too late the work up to there.
  if (await store.usedTickets.isUsed(id)) throw new NotAuthorizedException(USED);
  if (user !== undefined && !user.enabled) throw disabledUser();
  return { pool, client, channel, flow, name, user, ticket: { id, expiresAt, usedMessage: USED }, state };
}
