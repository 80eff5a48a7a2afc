/**
 * The envelope that travels with the client between a challenge and its answer: the attempt, the challenge and its
 * state, sealed, so that any node can take the next step. A `Session` and a `SECRET_BLOCK` are two forms of it.
 *
 * It is opened in steps, because callers have different data: {@link unseal} needs the envelope alone, {@link
 * isOfParty} the app client that sent it, {@link isNameOf} the name in the answer.
 *
 * @see API Reference, "RespondToAuthChallenge", Session; Developer Guide, "Authentication with Amazon Cognito user pools"
 */
import type { AuthFlowType, ChallengeNameType, JsonValue } from "../../api-model/index.ts";
import type { UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { authSessionSeconds } from "../app-clients/index.ts";
import type { ChallengeRound } from "../triggers/index.ts";
import { normalizeUsername } from "../users/index.ts";
import type { Attempt, Channel, Factor, Party, SignInContext } from "./attempt.ts";

/** The sealed content. */
export interface Envelope {
  /** Used up by the transaction that accepts the answer. */
  readonly ticket: string;
  /** Milliseconds. Each challenge has the whole time that the client allows. */
  readonly expiresAt: number;
  readonly challenge: ChallengeNameType;
  readonly state: JsonValue;
  readonly poolId: string;
  readonly clientId: string;
  /** Milliseconds. Distinguishes a client from a later one with the same id. */
  readonly clientCreatedAt: number;
  readonly channel: Channel;
  readonly attemptId: string;
  readonly flow: AuthFlowType;
  readonly name: string;
  /** {@link NO_USER} when the challenge is put to a user who does not exist and must not look different. */
  readonly sub: string;
  readonly proved: readonly Factor[];
  readonly rounds: readonly ChallengeRound[];
  /** The salt of the password that was proved: a sign-in does not outlive it. */
  readonly passwordSalt?: string | undefined;
  readonly deviceKey?: string | undefined;
  readonly targets?: Attempt["targets"];
  readonly hasVoluntaryTargets?: Attempt["hasVoluntaryTargets"];
  readonly beganAt: number;
  readonly risk?: Attempt["risk"];
  /** Whether the members of {@link LongMembers} are in the store, under the ticket: they are more than a Session can hold. */
  readonly isStored?: true | undefined;
}

/** The members whose length the client or the pool's functions decide. */
type LongMembers = Pick<Envelope, "state" | "rounds" | "name" | "deviceKey" | "targets">;

/** Longer than any name or device key, so that what is stored of a request without a password is bounded. */
const MAX_NAME_CHARACTERS = 2048;

/** Bytes of an envelope's JSON that fit, sealed and in base64url, into the 2,048 characters of a Session. */
const MAX_ENVELOPE_SIZE = 1400;

/** In place of a `sub`, and as long as one, because the length of an envelope shows. */
const NO_USER = "nobody".padEnd(36);

/** Which of the two forms an envelope has. */
export type Carrier = "Session" | "SECRET_BLOCK";

/**
 * Seals an attempt together with the challenge that it waits for.
 */
export async function seal(
  carrier: Carrier,
  attempt: Attempt,
  challenge: ChallengeNameType,
  state: JsonValue,
  { crypto, clock, random, store }: SignInContext,
): Promise<string> {
  const { pool, client, channel, user } = attempt;
  const envelope: Envelope = {
    ticket: random.uuid(),
    expiresAt: clock.now() + authSessionSeconds(client) * 1000,
    challenge,
    state,
    poolId: pool.id,
    clientId: client.id,
    clientCreatedAt: client.createdAt,
    channel,
    attemptId: attempt.id,
    flow: attempt.flow,
    name: attempt.name,
    sub: user?.sub ?? NO_USER,
    proved: attempt.proved,
    rounds: attempt.rounds,
    passwordSalt: attempt.proved.includes("password") ? user?.password?.saltHex : undefined,
    deviceKey: attempt.deviceKey,
    targets: attempt.targets,
    hasVoluntaryTargets: attempt.hasVoluntaryTargets,
    beganAt: attempt.beganAt,
    ...(attempt.risk !== undefined && { risk: attempt.risk }),
  };
  if (carrier === "SECRET_BLOCK") return crypto.tokens.sealSecretBlock(envelope);
  if (Buffer.byteLength(JSON.stringify(envelope)) <= MAX_ENVELOPE_SIZE)
    return crypto.tokens.sealSession(envelope);
  const { name, deviceKey, rounds, targets, ...short } = envelope;
  const long: LongMembers = {
    state,
    rounds,
    name: name.slice(0, MAX_NAME_CHARACTERS),
    deviceKey: deviceKey?.slice(0, MAX_NAME_CHARACTERS),
    targets,
  };
  const { ticket, expiresAt } = envelope;
  await store.signInAttempts.put({ id: ticket, state: JSON.stringify(long), expiresAt });
  return crypto.tokens.sealSession({ ...short, state: null, rounds: [], name: "", isStored: true });
}

/** An envelope together with its stored part; undefined if that part no longer exists. */
export async function withStoredState(
  envelope: Envelope,
  { store }: Pick<SignInContext, "store">,
): Promise<Envelope | undefined> {
  if (!envelope.isStored) return envelope;
  const stored = await store.signInAttempts.get(envelope.ticket);
  return stored && { ...envelope, ...(JSON.parse(stored.state) as LongMembers) };
}

/** @returns undefined for a text that this server did not seal in this form */
export function unseal(
  carrier: Carrier,
  text: string,
  { crypto }: Pick<SignInContext, "crypto">,
): Envelope | undefined {
  // Nothing but `seal` seals in these two forms.
  const opened =
    carrier === "Session" ? crypto.tokens.openSession(text) : crypto.tokens.openSecretBlock(text);
  return opened as Envelope | undefined;
}

/**
 * Whether the envelope was given to this app client. The public operation accepts what the administrators' operation
 * returned, and the reverse (recorded 2026-09-24). The login pages and the API do not accept each other's envelopes.
 */
export function isOfParty(envelope: Envelope, { pool, client, channel }: Party): boolean {
  return (
    envelope.poolId === pool.id &&
    envelope.clientId === client.id &&
    envelope.clientCreatedAt === client.createdAt &&
    (envelope.channel === "pages") === (channel === "pages")
  );
}

/**
 * The attempt of an envelope, with its user as they are now.
 *
 * @returns undefined when the user was deleted meanwhile
 */
export async function attemptOf(
  envelope: Envelope,
  party: Party,
  { store }: Pick<SignInContext, "store">,
): Promise<Attempt | undefined> {
  const { sub } = envelope;
  const user = sub === NO_USER ? undefined : await store.users.getBySub(party.pool.id, sub);
  if (sub !== NO_USER && user === undefined) return undefined;
  return {
    pool: party.pool,
    client: party.client,
    channel: party.channel,
    scope: party.scope,
    id: envelope.attemptId,
    flow: envelope.flow,
    name: envelope.name,
    user,
    proved: envelope.proved,
    rounds: envelope.rounds,
    deviceKey: envelope.deviceKey,
    targets: envelope.targets,
    hasVoluntaryTargets: envelope.hasVoluntaryTargets,
    beganAt: envelope.beganAt,
    risk: envelope.risk,
  };
}

/** Whether the user has another password than the one that the envelope's attempt has proved. */
export function hasPasswordChanged({ passwordSalt }: Envelope, { user }: Attempt): boolean {
  return passwordSalt !== undefined && user?.password?.saltHex !== passwordSalt;
}

/**
 * Whether a name in an answer means the user of the attempt: any name that finds the user, or the name that began the
 * attempt.
 */
export function isNameOf(
  pool: UserPoolRecord,
  { name, user }: { readonly name: string; readonly user: UserRecord | undefined },
  given: string,
): boolean {
  const key = normalizeUsername(pool, given);
  if (user === undefined) return key === normalizeUsername(pool, name);
  return (
    key === normalizeUsername(pool, user.sub) || user.signInNames.some((signInName) => signInName.key === key)
  );
}
