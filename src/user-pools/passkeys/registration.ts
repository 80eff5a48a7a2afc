/**
 * Registering a passkey.
 *
 * @see Web Authentication §7.1; API Reference, "StartWebAuthnRegistration", "CompleteWebAuthnRegistration"
 */
import { hash } from "node:crypto";
import type { RegistrationResponseJSON } from "@simplewebauthn/server";
import {
  InvalidParameterException,
  type JsonValue,
  LimitExceededException,
  WebAuthnChallengeNotFoundException,
  WebAuthnClientMismatchException,
  WebAuthnCredentialNotSupportedException,
  WebAuthnOriginNotAllowedException,
  WebAuthnRelyingPartyMismatchException,
} from "../../api-model/index.ts";
import { AlreadyExists, type PasskeyRecord, type PasskeyRegistrationRecord } from "../../storage/index.ts";
import type { Environment } from "../environment.ts";
import type { AccessTokenBearer } from "../tokens/index.ts";
import { asUnknownUser } from "../users/index.ts";
import { ceremonies } from "./ceremonies.ts";
import { isOriginOf, originOf, requireRelyingPartyId, requiresVerifyingPasskey } from "./relying-party.ts";

/** Passkeys of a user. @see Developer Guide, "Quotas in Amazon Cognito" */
export const MAX_PASSKEYS = 20;
const TIMEOUT_MILLISECONDS = 60_000;
/** The page has this much longer to send what the authenticator made. */
const GRACE_MILLISECONDS = 4 * 60_000;
/** Of a challenge, before the mark of its app client. */
const RANDOM_BYTES = 24;
/** COSE identifiers of ES256 and RS256. */
const ALGORITHMS = [-7, -257];

/** A user with a sign-in through a client. */
type PasskeyOwner = Pick<AccessTokenBearer, "pool" | "client" | "user">;

type Ports = Pick<Environment, "store" | "clock" | "random">;

/**
 * Begins a registration, in place of one that was not completed.
 *
 * @returns the options for `navigator.credentials.create`
 * @throws WebAuthnConfigurationMissingException the pool has no relying party
 * @throws LimitExceededException the user has as many passkeys as they may have
 * @throws UserNotFoundException the user was deleted meanwhile
 */
export async function startRegistration(
  { pool, client, user }: PasskeyOwner,
  { store, clock, random }: Ports,
): Promise<JsonValue> {
  const id = await requireRelyingPartyId(store, pool);
  const { items: passkeys } = await store.passkeys.listOfUser(pool.id, user.sub, { limit: MAX_PASSKEYS });
  if (passkeys.length >= MAX_PASSKEYS) throw tooMany();
  const challenge = Buffer.concat([random.bytes(RANDOM_BYTES), clientMark(client.id)]).toString("base64url");
  const expiresAt = clock.now() + TIMEOUT_MILLISECONDS + GRACE_MILLISECONDS;
  try {
    await store.passkeys.startRegistration({
      poolId: pool.id,
      sub: user.sub,
      challenge,
      relyingPartyId: id,
      expiresAt,
    });
  } catch (error) {
    throw asUnknownUser(error);
  }
  return {
    authenticatorSelection: {
      requireResidentKey: true,
      residentKey: "required",
      userVerification: requiresVerifyingPasskey(pool) ? "required" : "preferred",
    },
    challenge,
    excludeCredentials: passkeys.map(({ credentialId }) => ({ id: credentialId, type: "public-key" })),
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ alg, type: "public-key" })),
    rp: { id, name: id },
    timeout: TIMEOUT_MILLISECONDS,
    user: {
      displayName: user.username,
      id: Buffer.from(user.sub).toString("base64url"),
      name: user.username,
    },
  };
}

/**
 * Keeps the passkey that an authenticator made. The registration is used up, whatever comes of it.
 *
 * @throws WebAuthnChallengeNotFoundException no registration was begun, or its time is over
 * @throws WebAuthnClientMismatchException another app client began it
 * @throws WebAuthnOriginNotAllowedException the page is not of the relying party
 * @throws WebAuthnRelyingPartyMismatchException the passkey is for another relying party
 * @throws WebAuthnCredentialNotSupportedException it is of an algorithm that was not offered, or does not verify its user
 * @throws InvalidParameterException it is malformed
 * @throws UserNotFoundException the user was deleted meanwhile
 */
export async function completeRegistration(
  { pool, client, user }: PasskeyOwner,
  credential: JsonValue,
  { store, clock }: Ports,
): Promise<void> {
  const registration = await store.passkeys.takeRegistration(pool.id, user.sub);
  if (registration === undefined || clock.now() >= registration.expiresAt) {
    throw new WebAuthnChallengeNotFoundException("The passkey registration has expired or was never begun.");
  }
  const mark = Buffer.from(registration.challenge, "base64url").subarray(RANDOM_BYTES);
  if (!mark.equals(clientMark(client.id))) {
    throw new WebAuthnClientMismatchException("Another app client began the passkey registration.");
  }
  const made = await verified(credential, registration, requiresVerifyingPasskey(pool));
  const { items } = await store.passkeys.listOfUser(pool.id, user.sub, { limit: MAX_PASSKEYS });
  if (items.length >= MAX_PASSKEYS) throw tooMany();
  try {
    await store.passkeys.insert({
      ...made,
      poolId: pool.id,
      sub: user.sub,
      relyingPartyId: registration.relyingPartyId,
      createdAt: clock.now(),
    });
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw asUnknownUser(error);
    throw new InvalidParameterException("The passkey is registered already.", { cause: error });
  }
}

type MadePasskey = Omit<PasskeyRecord, "poolId" | "sub" | "relyingPartyId" | "createdAt">;

async function verified(
  credential: JsonValue,
  { challenge, relyingPartyId }: PasskeyRegistrationRecord,
  requireUserVerification: boolean,
): Promise<MadePasskey> {
  // It can be any JSON: the library checks what it reads, and `?.` guards what is read here before that.
  const response = credential as unknown as RegistrationResponseJSON;
  const origin = originOf(response?.response?.clientDataJSON);
  if (origin === undefined) throw invalidCredential();
  if (!isOriginOf(relyingPartyId, origin)) {
    throw new WebAuthnOriginNotAllowedException(`The origin ${origin} is not allowed.`);
  }
  const { verifyRegistrationResponse } = await ceremonies();
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: relyingPartyId,
      requireUserVerification,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (registrationInfo === undefined) throw new Error("The attestation is not valid.");
    const { id, publicKey, counter } = registrationInfo.credential;
    const authenticatorAttachment = knownAttachment(response.authenticatorAttachment);
    return {
      credentialId: id,
      publicKey,
      signCount: counter,
      friendlyName: authenticatorAttachment === "cross-platform" ? "Roaming passkey" : "Platform passkey",
      authenticatorAttachment,
      transports: (response.response.transports ?? []).map(String).slice(0, 10),
    };
  } catch (error) {
    const text = error instanceof Error ? error.message : "";
    if (/RP ID/.test(text)) {
      throw new WebAuthnRelyingPartyMismatchException("The passkey is for another relying party.", {
        cause: error,
      });
    }
    if (/challenge/.test(text)) {
      throw new WebAuthnChallengeNotFoundException("The passkey is not of this registration.", {
        cause: error,
      });
    }
    if (/public key alg|User verification/.test(text)) {
      throw new WebAuthnCredentialNotSupportedException("The passkey is not supported.", { cause: error });
    }
    throw invalidCredential({ cause: error });
  }
}

/** The text was quoted in April 2026, for a credential without all of its members: aws/aws-sdk-net#4386. */
function invalidCredential(options?: ErrorOptions): InvalidParameterException {
  return new InvalidParameterException("Credential data is not valid", options);
}

/** A value that is not known counts as none. @see Web Authentication §5.1, `authenticatorAttachment` */
function knownAttachment(value: unknown): "platform" | "cross-platform" | undefined {
  return value === "platform" || value === "cross-platform" ? value : undefined;
}

/** The app client that a challenge was made for, as part of the challenge. */
function clientMark(clientId: string): Buffer {
  return hash("sha256", clientId, "buffer").subarray(0, 8);
}

const tooMany = () => new LimitExceededException(`A user can have at most ${MAX_PASSKEYS} passkeys.`);
