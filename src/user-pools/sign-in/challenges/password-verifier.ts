import { type AuthFlowType, InvalidParameterException } from "../../../api-model/index.ts";
import type { SrpIdentity, SrpVerifier } from "../../../crypto/index.ts";
import type { UserPoolRecord, UserRecord } from "../../../storage/index.ts";
import { authSessionSeconds } from "../../app-clients/index.ts";
import { poolNamePart } from "../../pools/index.ts";
import { normalizeUsername } from "../../users/index.ts";
import type { Challenge } from "../challenge.ts";
import { required, WRONG_CREDENTIALS, wrongCredentials } from "../errors.ts";
import type { Channel, SignInContext } from "../step.ts";
import { isNameOf, refuseAfterProof, refuseBeforeProof, wrongPassword } from "../user-state.ts";

/** What a SECRET_BLOCK carries, sealed, from the offer to the answer. */
interface SecretBlock {
  readonly id: string;
  /** Milliseconds. */
  readonly expiresAt: number;
  readonly poolId: string;
  readonly clientId: string;
  /** Milliseconds. Tells a client from one that was made in its place, under the same id. */
  readonly clientCreatedAt: number;
  readonly channel: Channel;
  readonly flow: AuthFlowType;
  readonly name: string;
  /** {@link NOBODY} when the challenge is put to nobody, who must not be told apart from somebody. */
  readonly sub: string;
  readonly userIdForSrp: string;
  /** The numbers of the protocol, in hex. */
  readonly publicA: string;
  readonly publicB: string;
  readonly secretB: string;
}

/** In place of a `sub`, and as long as one: the length of a sealed block shows. */
const NOBODY = "nobody".padEnd(36);

/**
 * The user proves by SRP-6a that they know the password.
 *
 * No Session: the SECRET_BLOCK carries all state and enters the client's signature.
 *
 * @see RFC 5054 §2.5; API Reference, "InitiateAuth", USER_SRP_AUTH
 */
export const passwordVerifier: Challenge = {
  name: "PASSWORD_VERIFIER",

  async offer({ pool, client, channel, flow, name, user }, given, { crypto, clock, random }) {
    const publicA = required(given, "SRP_A");
    // The text is ours: Cognito's is not known.
    if (!crypto.srp.isUsablePublicA(publicA)) throw new InvalidParameterException("Invalid SRP_A");

    const { verifier, userIdForSrp, sub } = verifierOrDecoy(pool, name, user, crypto);
    const { secretB, publicB } = await crypto.srp.offer(verifier.verifier);
    const block: SecretBlock = {
      id: random.uuid(),
      expiresAt: clock.now() + authSessionSeconds(client) * 1000,
      poolId: pool.id,
      clientId: client.id,
      clientCreatedAt: client.createdAt,
      channel,
      flow,
      name,
      sub,
      userIdForSrp,
      publicA,
      publicB,
      secretB,
    };
    return {
      parameters: {
        SALT: verifier.saltHex,
        SECRET_BLOCK: crypto.tokens.sealSecretBlock(block),
        SRP_B: publicB,
        USERNAME: userIdForSrp,
        USER_ID_FOR_SRP: userIdForSrp,
      },
      needsNoSession: true,
    };
  },

  async reopen({ pool, client, channel, responses }, { store, crypto, clock }) {
    // Nothing but `offer` seals for this purpose, and nobody else can.
    const block = crypto.tokens.openSecretBlock(required(responses, "PASSWORD_CLAIM_SECRET_BLOCK")) as
      | SecretBlock
      | undefined;
    const isOfParty =
      block?.poolId === pool.id &&
      block.clientId === client.id &&
      block.clientCreatedAt === client.createdAt &&
      block.channel === channel;
    if (!isOfParty || clock.now() >= block.expiresAt) throw wrongCredentials();

    const { id, expiresAt, flow, name, sub, userIdForSrp, publicA, publicB, secretB } = block;
    const user = await store.users.getBySub(pool.id, sub);
    const username = required(responses, "USERNAME");
    const isOfUser = username === userIdForSrp || isNameOf(pool, { name, user }, username);
    if ((sub !== NOBODY && user === undefined) || !isOfUser) throw wrongCredentials();
    return {
      pool,
      client,
      channel,
      flow,
      name,
      user,
      ticket: { id, expiresAt, usedMessage: WRONG_CREDENTIALS },
      state: { publicA, publicB, secretB },
    };
  },

  async verify({ ticket, state, ...attempt }, responses, context) {
    const { pool, client, name, user } = attempt;
    const secretBlock = Buffer.from(required(responses, "PASSWORD_CLAIM_SECRET_BLOCK"), "base64");
    const signature = required(responses, "PASSWORD_CLAIM_SIGNATURE");
    const timestamp = required(responses, "TIMESTAMP");
    if (!TIMESTAMP.test(timestamp)) {
      throw new InvalidParameterException("TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.");
    }
    const now = context.clock.now();
    if (user !== undefined) refuseBeforeProof(client, user, now);

    const { verifier, userIdForSrp } = verifierOrDecoy(pool, name, user, context.crypto);
    const identity: SrpIdentity = { poolName: poolNamePart(pool.id), username: userIdForSrp };
    const isProved = await context.crypto.srp.checkClaim({
      ...(state as Pick<SecretBlock, "publicA" | "publicB" | "secretB">),
      identity,
      verifier: verifier.verifier,
      secretBlock,
      timestamp,
      signature,
    });
    if (user?.password === undefined || !isProved) throw await wrongPassword({ pool, user }, context);
    await refuseAfterProof({ pool, user }, context);
    return { attempt: { ...attempt, user }, ticket };
  },
};

/**
 * `EEE MMM d HH:mm:ss z yyyy` in English and UTC, the day without a leading zero. How far it is from the server's time is
 * not judged: the SECRET_BLOCK has a time of its own, which clients cannot set.
 */
const TIMESTAMP =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) ([1-9]|[12]\d|3[01]) ([01]\d|2[0-3]):[0-5]\d:[0-5]\d (UTC|GMT) \d{4}$/;

/**
 * Against whom the claim is made: the user, or where there is none or none with a password, a decoy that is the same at
 * every attempt with the name.
 *
 * @see RFC 5054 §2.5.1.3; Developer Guide, "Managing user existence error responses"
 */
function verifierOrDecoy(
  pool: UserPoolRecord,
  name: string,
  user: UserRecord | undefined,
  { srp }: SignInContext["crypto"],
): { verifier: SrpVerifier; userIdForSrp: string; sub: string } {
  if (user?.password !== undefined) {
    return { verifier: user.password, userIdForSrp: user.username, sub: user.sub };
  }
  const seed = `${pool.id} ${normalizeUsername(pool, name)}`;
  return {
    verifier: srp.decoy(seed),
    userIdForSrp: asUserId(srp.decoy(`user id ${seed}`).saltHex),
    sub: NOBODY,
  };
}

/** A user name in the form of those that the server gives, which `newSub` makes. */
function asUserId(hex: string): string {
  const digits = [...hex.padStart(32, "0")];
  digits.splice(12, 2, "7", "0");
  digits.splice(16, 1, "89ab"[Number.parseInt(digits[16] ?? "0", 16) % 4] ?? "8");
  const groups = [0, 8, 12, 16, 20].map((start, index, starts) => digits.slice(start, starts[index + 1]));
  return groups.map((group) => group.join("")).join("-");
}
