import { InvalidParameterException } from "../../../api-model/index.ts";
import type { SrpIdentity, SrpVerifier } from "../../../crypto/index.ts";
import { subFromBytes } from "../../../ids.ts";
import { poolNamePart } from "../../../pool-ids.ts";
import type { UserPoolRecord, UserRecord } from "../../../storage/index.ts";
import { normalizeUsername } from "../../users/index.ts";
import type { Parameters, SignInContext } from "../attempt.ts";
import { type Challenge, offeredState, passed } from "../challenge.ts";
import { required, wrongCredentials } from "../errors.ts";
import { refuseUnconfirmed } from "../user-state.ts";

/** The numbers of the protocol, in hex, from the offer to the answer. */
export interface SrpState {
  readonly publicA: string;
  readonly publicB: string;
  readonly secretB: string;
}

/**
 * The user proves by SRP-6a that they know the password.
 *
 * @see RFC 5054 §2.5; API Reference, "InitiateAuth", USER_SRP_AUTH
 */
export const passwordVerifier: Challenge = {
  name: "PASSWORD_VERIFIER",
  usesSecretBlock: true,

  async offer({ pool, name, user }, given, { crypto }) {
    const publicA = requireSrpA(given, crypto);
    const { verifier, userIdForSrp } = verifierOrDecoy(pool, name, user, crypto);
    const { secretB, publicB } = await crypto.srp.offer(verifier.verifier);
    return {
      parameters: {
        SALT: verifier.saltHex,
        SRP_B: publicB,
        USERNAME: userIdForSrp,
        USER_ID_FOR_SRP: userIdForSrp,
      },
      state: { publicA, publicB, secretB } satisfies SrpState,
    };
  },

  async verify({ attempt, state }, responses, { crypto }) {
    const { pool, name, user } = attempt;
    const secretBlock = Buffer.from(required(responses, "PASSWORD_CLAIM_SECRET_BLOCK"), "base64");
    const signature = required(responses, "PASSWORD_CLAIM_SIGNATURE");
    const timestamp = required(responses, "TIMESTAMP");
    checkTimestamp(timestamp);
    refuseUnconfirmed(attempt);

    const { verifier, userIdForSrp } = verifierOrDecoy(pool, name, user, crypto);
    const identity: SrpIdentity = { poolName: poolNamePart(pool.id), username: userIdForSrp };
    const isProved = await crypto.srp.checkClaim({
      ...offeredState<SrpState>(state),
      identity,
      verifier: verifier.verifier,
      secretBlock,
      timestamp,
      signature,
    });
    return isProved && user?.password !== undefined
      ? passed("password")
      : { outcome: "failed", refusal: wrongCredentials(), counts: true };
  },
};

/**
 * The client's public number. A challenge that it leads to reads it before the Session is used up, so that the client can
 * correct it.
 *
 * @throws InvalidParameterException it is missing, or no number in hex
 */
export function requireSrpA(given: Parameters, { srp }: SignInContext["crypto"]): string {
  const publicA = required(given, "SRP_A");
  // The text is ours. A number that RFC 5054 forbids is refused with the claim, as Cognito does (recorded 2026-09-24).
  if (!srp.isHexNumber(publicA)) throw new InvalidParameterException("Invalid SRP_A");
  return publicA;
}

/**
 * `EEE MMM d HH:mm:ss z yyyy` in English and UTC, the day without a leading zero. How far it is from the server's time is
 * not judged: the SECRET_BLOCK contains its own time, which clients cannot set.
 */
const TIMESTAMP =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) ([1-9]|[12]\d|3[01]) ([01]\d|2[0-3]):[0-5]\d:[0-5]\d (UTC|GMT) \d{4}$/;

/** @throws InvalidParameterException the text has another form */
export function checkTimestamp(timestamp: string): void {
  if (TIMESTAMP.test(timestamp)) return;
  throw new InvalidParameterException("TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.");
}

/**
 * The verifier that a claim is checked against: the user's, or a decoy if there is no user or no password. The decoy is
 * the same at every attempt with the name. It is computed in any case, so that both take the same time.
 *
 * The name of the decoy is the entered one (recorded 2026-09-24), in the case in which the pool keeps usernames: a user would not be shown
 * as they were entered either. In pools whose usernames are addresses it has the form of the usernames that the server generates there.
 *
 * @see RFC 5054 §2.5.1.3; Developer Guide, "Managing user existence error responses"
 */
function verifierOrDecoy(
  pool: UserPoolRecord,
  name: string,
  user: UserRecord | undefined,
  { srp }: SignInContext["crypto"],
): { verifier: SrpVerifier; userIdForSrp: string } {
  const entered = normalizeUsername(pool, name);
  const decoy = srp.decoy(`${pool.id} ${entered}`);
  if (user?.password !== undefined) return { verifier: user.password, userIdForSrp: user.username };
  const namesAreGiven = (pool.settings.UsernameAttributes ?? []).length > 0;
  return { verifier: decoy, userIdForSrp: namesAreGiven ? subFromBytes(decoy.idBytes) : entered };
}
