/**
 * Setting up an authenticator app inside of a sign-in: what AssociateSoftwareToken and VerifySoftwareToken do by a Session
 * alone, without a client id or a name.
 */
import type { UserRecord } from "../../storage/index.ts";
import { mustSetUpFactor } from "../mfa/index.ts";
import { accept } from "./accept.ts";
import { openEnvelope } from "./answer.ts";
import type { SignInContext, UserAttempt } from "./attempt.ts";
import type { Ticket } from "./challenge.ts";
import { type SetupState, setupStateOf } from "./challenges/mfa-setup.ts";
import { seal, unseal } from "./envelope.ts";
import { invalidSession } from "./errors.ts";
import { refuseBeforeProof } from "./user-state.ts";

/** An attempt that waits for the user to set up a factor. */
export interface TotpSetup {
  readonly attempt: UserAttempt;
  readonly state: SetupState;
  readonly ticket: Ticket;
}

/**
 * @throws NotAuthorizedException the Session is not of an MFA_SETUP challenge, has expired or was used, or its user has set up a
 *   factor since, is disabled or locked out
 */
export async function openTotpSetup(session: string, context: SignInContext): Promise<TotpSetup> {
  const { store } = context;
  const envelope = unseal("Session", session, context);
  if (envelope?.challenge !== "MFA_SETUP") throw invalidSession();
  const [pool, client] = await Promise.all([
    store.pools.get(envelope.poolId),
    store.clients.get(envelope.clientId),
  ]);
  if (pool === undefined || client === undefined) throw invalidSession();
  const party = { pool, client, channel: envelope.channel };
  const { attempt, ticket } = await openEnvelope("Session", envelope, party, context);
  if (attempt.user === undefined || !mustSetUpFactor(pool, attempt.user)) throw invalidSession();
  await refuseBeforeProof(attempt, context);
  return { attempt: { ...attempt, user: attempt.user }, state: setupStateOf(envelope.state), ticket };
}

/** The Session that continues the sign-in. The previous one stays usable. */
export function sealTotpSetup(
  attempt: UserAttempt,
  state: { readonly secret: string } | { readonly isRegistered: true },
  context: SignInContext,
): Promise<string> {
  return seal("Session", attempt, "MFA_SETUP", { ...state }, context);
}

/**
 * Registers the app of a setup and uses its Session up.
 *
 * @param change makes the user one with the app; pure
 * @returns the Session to answer MFA_SETUP with
 */
export async function finishTotpSetup(
  { attempt, ticket }: TotpSetup,
  change: (user: UserRecord) => UserRecord,
  context: SignInContext,
): Promise<string> {
  const changeUnlessSetUp = (user: UserRecord) => {
    if (!mustSetUpFactor(attempt.pool, user)) throw invalidSession();
    return change(user);
  };
  const user = await accept({ attempt, change: changeUnlessSetUp, ticket }, context);
  return sealTotpSetup({ ...attempt, user }, { isRegistered: true }, context);
}
