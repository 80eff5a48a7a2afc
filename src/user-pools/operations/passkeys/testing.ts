/**
 * An authenticator in software, for tests: it makes a passkey and signs with it as a browser would send it.
 *
 * @see Web Authentication §6.1 (authenticator data), §6.5.4 (attestation "none")
 */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const HAS_CREDENTIAL = 0x40;

const sha256 = (data: string | Uint8Array) => createHash("sha256").update(data).digest();
const base64url = (data: Uint8Array) => Buffer.from(data).toString("base64url");

export interface Ceremony {
  readonly challenge: string;
  readonly rpId: string;
  readonly origin?: string;
  readonly isVerified?: boolean;
}

export interface Authenticator {
  readonly credentialId: string;
  /** A RegistrationResponseJSON. */
  register(ceremony: Ceremony): Record<string, unknown>;
  /** JSON text of an AuthenticationResponseJSON. */
  authenticate(ceremony: Ceremony, counter?: number): string;
}

export type Algorithm = "ES256" | "ES384" | "RS256";

const makeKeyPair = {
  ES256: () => generateKeyPairSync("ec", { namedCurve: "P-256" }),
  ES384: () => generateKeyPairSync("ec", { namedCurve: "P-384" }),
  RS256: () => generateKeyPairSync("rsa", { modulusLength: 2048 }),
} as const;

export function createAuthenticator(algorithm: Algorithm = "ES256"): Authenticator {
  const id = randomBytes(16);
  const { privateKey, publicKey } = makeKeyPair[algorithm]();
  let counter = 0;

  const authenticatorData = (
    { rpId, isVerified = true }: Ceremony,
    count: number,
    credential?: Uint8Array,
  ) => {
    const flags = USER_PRESENT | (isVerified ? USER_VERIFIED : 0) | (credential ? HAS_CREDENTIAL : 0);
    const counterBytes = Buffer.alloc(4);
    counterBytes.writeUInt32BE(count);
    return Buffer.concat([sha256(rpId), Buffer.of(flags), counterBytes, credential ?? Buffer.alloc(0)]);
  };
  const clientData = (type: string, { challenge, rpId, origin = `https://${rpId}` }: Ceremony) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));

  return {
    credentialId: base64url(id),
    register(ceremony) {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      const attested = Buffer.concat([Buffer.alloc(16), length, id, coseKey(publicKey, algorithm)]);
      const attestation = isoCBOR.encode(
        new Map<string, unknown>([
          ["fmt", "none"],
          ["attStmt", new Map()],
          ["authData", new Uint8Array(authenticatorData(ceremony, counter, attested))],
        ]) as never,
      );
      return {
        id: base64url(id),
        rawId: base64url(id),
        type: "public-key",
        authenticatorAttachment: "platform",
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(clientData("webauthn.create", ceremony)),
          attestationObject: base64url(attestation),
          transports: ["internal"],
        },
      };
    },
    authenticate(ceremony, count) {
      counter = count ?? counter + 1;
      const data = authenticatorData(ceremony, counter);
      const client = clientData("webauthn.get", ceremony);
      const signature = sign("sha256", Buffer.concat([data, sha256(client)]), privateKey);
      return JSON.stringify({
        id: base64url(id),
        rawId: base64url(id),
        type: "public-key",
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(client),
          authenticatorData: base64url(data),
          signature: base64url(signature),
        },
      });
    },
  };
}

/** A key in COSE form (RFC 9053 §2.1; RFC 8812 §2 for RS256). */
function coseKey(publicKey: KeyObject, algorithm: Algorithm): Uint8Array {
  const { x = "", y = "", n = "", e = "" } = publicKey.export({ format: "jwk" });
  const bytes = (text: string) => new Uint8Array(Buffer.from(text, "base64url"));
  const curve = (identifier: number, number: number): [number, number | Uint8Array][] => [
    [1, 2],
    [3, identifier],
    [-1, number],
    [-2, bytes(x)],
    [-3, bytes(y)],
  ];
  const members: Record<Algorithm, () => [number, number | Uint8Array][]> = {
    ES256: () => curve(-7, 1),
    ES384: () => curve(-35, 2),
    RS256: () => [
      [1, 3],
      [3, -257],
      [-1, bytes(n)],
      [-2, bytes(e)],
    ],
  };
  return isoCBOR.encode(new Map(members[algorithm]()) as never);
}
