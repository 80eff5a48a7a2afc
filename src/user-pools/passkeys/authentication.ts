/**
 * Signing in with a passkey.
 *
 * @see Web Authentication §7.2
 */
import type { AuthenticationResponseJSON } from "@simplewebauthn/server";
import { parseJsonObject } from "../../json.ts";
import type { PasskeyRecord, Repositories, UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { ceremonies } from "./ceremonies.ts";
import { MAX_PASSKEYS } from "./registration.ts";
import { isOriginOf, originOf, requiresUserVerification } from "./relying-party.ts";

export interface PasskeyChallenge {
  /** Base64url. */
  readonly challenge: string;
  readonly relyingPartyId: string;
}

/** The options for `navigator.credentials.get`, as JSON text. */
export async function requestOptions(
  { passkeys }: Pick<Repositories, "passkeys">,
  pool: UserPoolRecord,
  user: UserRecord,
  { challenge, relyingPartyId }: PasskeyChallenge,
  timeoutMilliseconds: number,
): Promise<string> {
  const { items } = await passkeys.listOfUser(pool.id, user.sub, { limit: MAX_PASSKEYS });
  return JSON.stringify({
    challenge,
    timeout: timeoutMilliseconds,
    rpId: relyingPartyId,
    allowCredentials: items.map(({ credentialId, transports }) => ({
      type: "public-key",
      id: credentialId,
      transports,
    })),
    userVerification: requiresUserVerification(pool, user) ? "required" : "preferred",
  });
}

/**
 * The passkey of a credential that answers a challenge. It must be a passkey of the user, used on a page of the relying
 * party, with a counter that has not decreased. The counter is stored.
 *
 * @param credential JSON text of an AuthenticationResponseJSON
 * @returns undefined when it does not
 */
export async function checkAssertion(
  { passkeys }: Pick<Repositories, "passkeys">,
  pool: UserPoolRecord,
  user: UserRecord,
  { challenge, relyingPartyId }: PasskeyChallenge,
  credential: string,
): Promise<PasskeyRecord | undefined> {
  // Its members are checked below and by the library.
  const response = parseJsonObject(credential) as AuthenticationResponseJSON | undefined;
  const origin = originOf(response?.response?.clientDataJSON);
  if (response === undefined || origin === undefined || !isOriginOf(relyingPartyId, origin)) return undefined;
  const passkey = typeof response.id === "string" ? await passkeys.get(pool.id, response.id) : undefined;
  if (passkey?.sub !== user.sub || passkey.relyingPartyId !== relyingPartyId) return undefined;
  const newCounter = await verifiedCounter(response, passkey, {
    challenge,
    origin,
    requireUserVerification: requiresUserVerification(pool, user),
  });
  if (newCounter === undefined) return undefined;
  let isAhead = false;
  await passkeys.update(pool.id, passkey.credentialId, (current) => {
    // Authenticators without a counter always say 0.
    isAhead = newCounter > current.signCount || (newCounter === 0 && current.signCount === 0);
    return isAhead && newCounter !== current.signCount ? { ...current, signCount: newCounter } : current;
  });
  return isAhead ? passkey : undefined;
}

async function verifiedCounter(
  response: AuthenticationResponseJSON,
  { credentialId, publicKey, signCount, relyingPartyId }: PasskeyRecord,
  expected: {
    readonly challenge: string;
    readonly origin: string;
    readonly requireUserVerification: boolean;
  },
): Promise<number | undefined> {
  const { verifyAuthenticationResponse } = await ceremonies();
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: expected.challenge,
      expectedOrigin: expected.origin,
      expectedRPID: relyingPartyId,
      requireUserVerification: expected.requireUserVerification,
      credential: { id: credentialId, publicKey: new Uint8Array(publicKey), counter: signCount },
    });
    return verified ? authenticationInfo.newCounter : undefined;
  } catch {
    return undefined;
  }
}
