/** The measured scenarios of second factors, passkeys and functions. They have pools of their own. */
import { FACTOR_USERS, FUNCTION_USERS, PASSWORD, person } from "../subjects/population.ts";
import type { SidePool, Target } from "../subjects/target.ts";
import { requestWriter } from "./requests.ts";
import { assertion, TOTP_STEP_MILLISECONDS, totpCode } from "./software-factors.ts";
import { at, expect, hasTokens, ok, pick, type Scenario, sendInTurn } from "./steps.ts";

export const factorScenarios = {
  /** A password, then a code of an authenticator app. */
  totpSignIn({ target }) {
    const writer = requestWriter(target);
    const pool = sidePool(target.factors);
    return async (connection) => {
      const { username, code } = nextCode(target);
      const initiated = await connection.send(writer.unsigned("InitiateAuth", byPassword(pool, username)));
      const answered = await connection.send(
        writer.unsigned("RespondToAuthChallenge", {
          ChallengeName: "SOFTWARE_TOKEN_MFA",
          ClientId: pool.clientId,
          Session: ok(initiated).Session,
          ChallengeResponses: { USERNAME: username, SOFTWARE_TOKEN_MFA_CODE: code },
        }),
      );
      expect(hasTokens, answered);
    };
  },

  /** The challenge of a passkey, then its assertion. */
  passkeySignIn({ target, seed }) {
    const writer = requestWriter(target);
    const pool = sidePool(target.factors);
    const users = pick(
      Array.from({ length: FACTOR_USERS }, (_, index) => 2 * index + 1),
      seed,
    );
    return async (connection, index) => {
      const { username } = person(at(users, index));
      const initiated = await connection.send(
        writer.unsigned("InitiateAuth", {
          AuthFlow: "USER_AUTH",
          ClientId: pool.clientId,
          AuthParameters: { USERNAME: username, PREFERRED_CHALLENGE: "WEB_AUTHN" },
        }),
      );
      const { Session, ChallengeParameters } = ok(initiated);
      const { challenge } = JSON.parse(ChallengeParameters?.CREDENTIAL_REQUEST_OPTIONS ?? "{}");
      const answered = await connection.send(
        writer.unsigned("RespondToAuthChallenge", {
          ChallengeName: "WEB_AUTHN",
          ClientId: pool.clientId,
          Session,
          ChallengeResponses: { USERNAME: username, CREDENTIAL: assertion(username, challenge) },
        }),
      );
      expect(hasTokens, answered);
    };
  },

  /** A password sign-in in a pool whose PreTokenGeneration function adds a claim. */
  functionSignIn({ target, seed }) {
    const writer = requestWriter(target);
    const pool = sidePool(target.functions);
    const users = pick(
      Array.from({ length: FUNCTION_USERS }, (_, index) => index),
      seed,
    );
    return sendInTurn(users, hasTokens, (user) =>
      writer.unsigned("InitiateAuth", byPassword(pool, person(user).username)),
    );
  },
} as const satisfies Record<string, Scenario>;

function byPassword({ clientId }: SidePool, username: string): object {
  return {
    AuthFlow: "USER_PASSWORD_AUTH",
    ClientId: clientId,
    AuthParameters: { USERNAME: username, PASSWORD },
  };
}

function sidePool(pool: SidePool | undefined): SidePool {
  if (pool === undefined) throw new Error("This server has no such pool.");
  return pool;
}

/** Of each server that is measured: how many codes its users have used. */
const usedCodes = new Map<string, number>();
/** The last time step of which each user's code was used, by server and user. */
const usedSteps = new Map<string, number>();

/**
 * A user, in turn, with a code that they have not used: of the present step or the next one, each of which is taken once and in
 * order. A code of the step before would be too old if the step changed before the server reads it.
 */
function nextCode({ port }: Target): { username: string; code: string } {
  const server = String(port);
  const count = usedCodes.get(server) ?? 0;
  usedCodes.set(server, count + 1);
  const { username } = person(2 * (count % FACTOR_USERS));
  const user = `${server} ${username}`;
  const now = Math.floor(Date.now() / TOTP_STEP_MILLISECONDS);
  const step = Math.max(now, (usedSteps.get(user) ?? 0) + 1);
  usedSteps.set(user, step);
  return { username, code: totpCode(step) };
}
