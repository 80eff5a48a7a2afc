import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  type KeyObject,
} from "node:crypto";
import { LRUCache } from "lru-cache";
import type { Random } from "../random.ts";

/** The bytes were not sealed in this context, or were altered. */
export class CannotOpen extends Error {}

/** Encrypts and authenticates bytes: AES-256-GCM under the master key. */
export interface Sealer {
  /** `context` names the kind and place of the bytes; they open only in the same context. */
  seal(plaintext: Uint8Array, context: string): Uint8Array;
  /** @throws CannotOpen */
  open(sealed: Uint8Array, context: string): Uint8Array;
}

const VERSION = 1;
const KEY_ID_BYTES = 4;
/** Making a key costs as much as sealing with it. */
const MESSAGES_OF_KEY = 1024;
/** Keys that are kept once they have opened a genuine message. */
const REMEMBERED_KEYS = 256;
const SALT_BYTES = 16;
const NONCES_AT_ONCE = 64;
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;
/** The part before the ciphertext; ends with the nonce. */
export const HEADER_BYTES = 1 + KEY_ID_BYTES + SALT_BYTES + NONCE_BYTES;

interface MasterKey {
  readonly id: Buffer;
  /** A key object, because Node 24 needs five times as long to import a key from bytes. */
  readonly sealingKey: KeyObject;
}

/** A key for one use, made from a master key, so that no two uses share one (NIST SP 800-108, HMAC as the function). */
export function deriveKey(masterKey: Uint8Array, use: string): Buffer {
  return createHmac("sha256", masterKey).update(`cognate ${use}`).digest();
}

/**
 * Layout: version (1 byte), key id (4), salt (16), nonce (12), ciphertext, tag (16). Each {@link MESSAGES_OF_KEY}
 * messages have their own key, derived from the salt. So the limit of messages that random nonces allow under one key
 * (NIST SP 800-38D §8.3: 2^32) is never reached.
 *
 * @param masterKeys the first seals, all open
 */
export function createSealer(masterKeys: readonly Uint8Array[], random: Random): Sealer {
  const keys = masterKeys.map(
    (masterKey): MasterKey => ({
      id: createHash("sha256").update("cognate key id").update(masterKey).digest().subarray(0, KEY_ID_BYTES),
      sealingKey: createSecretKey(deriveKey(masterKey, "sealing")),
    }),
  );
  const [newest] = keys;
  if (newest === undefined) throw new TypeError("There is no master key.");
  const nonces = createNonces(random);
  let current = { header: Buffer.alloc(0), key: newest.sealingKey, messagesLeft: 0 };
  const keyOfNextMessage = () => {
    if (current.messagesLeft === 0) {
      const salt = random.bytes(SALT_BYTES);
      const header = Buffer.concat([Buffer.of(VERSION), newest.id, salt]);
      current = { header, key: messageKey(newest, salt), messagesLeft: MESSAGES_OF_KEY };
    }
    current.messagesLeft -= 1;
    return current;
  };
  const openingKeys = new LRUCache<string, KeyObject>({ max: REMEMBERED_KEYS });

  return {
    seal(plaintext, context) {
      const { header, key } = keyOfNextMessage();
      const nonce = nonces();
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      cipher.setAAD(Buffer.from(context, "utf8"));
      const ciphertext = cipher.update(plaintext);
      return Buffer.concat([header, nonce, ciphertext, cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      if (bytes.length < HEADER_BYTES + TAG_BYTES || bytes[0] !== VERSION)
        throw new CannotOpen("This was not sealed here.");
      const key = keys.find(({ id }) => id.equals(bytes.subarray(1, 1 + KEY_ID_BYTES)));
      if (key === undefined) throw new CannotOpen("None of the master keys sealed this.");
      const salt = bytes.subarray(1 + KEY_ID_BYTES, 1 + KEY_ID_BYTES + SALT_BYTES);
      const name = bytes.toString("latin1", 1, 1 + KEY_ID_BYTES + SALT_BYTES);
      const knownKey = openingKeys.get(name);
      const openingKey = knownKey ?? messageKey(key, salt);
      const nonce = bytes.subarray(1 + KEY_ID_BYTES + SALT_BYTES, HEADER_BYTES);
      const decipher = createDecipheriv("aes-256-gcm", openingKey, nonce, {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(context, "utf8"));
      decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
      try {
        const plaintext = Buffer.concat([
          decipher.update(bytes.subarray(HEADER_BYTES, bytes.length - TAG_BYTES)),
          decipher.final(),
        ]);
        // Only of a genuine message: a client could send any number of salts.
        if (knownKey === undefined) openingKeys.set(name, openingKey);
        return plaintext;
      } catch (error) {
        throw new CannotOpen("This was altered, or belongs elsewhere.", { cause: error });
      }
    },
  };
}

/** Random nonces, drawn many at a time: the system's generator takes as long for one of them as the rest of sealing. */
function createNonces(random: Random): () => Uint8Array {
  let drawn: Uint8Array = Buffer.alloc(0);
  let from = 0;
  return () => {
    if (from === drawn.length) {
      drawn = random.bytes(NONCES_AT_ONCE * NONCE_BYTES);
      from = 0;
    }
    from += NONCE_BYTES;
    return drawn.subarray(from - NONCE_BYTES, from);
  };
}

function messageKey({ sealingKey }: MasterKey, salt: Uint8Array): KeyObject {
  return createSecretKey(createHmac("sha256", sealingKey).update(salt).digest());
}
