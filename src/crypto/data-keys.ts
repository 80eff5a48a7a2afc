import type { Random } from "../random.ts";
import type { SealedTokens } from "./sealed-tokens.ts";

/** The encryption context that a data key is bound to. @see KMS Developer Guide, "Encryption context" */
export type EncryptionContext = Readonly<Record<string, string>>;

/**
 * Data keys under KMS keys, in place of AWS KMS: this server replaces every key that a pool names. A data key is
 * returned sealed, together with the key's ARN and the context that it is bound to.
 */
export interface DataKeys {
  generate(
    keyArn: string,
    context: EncryptionContext,
  ): { readonly plaintext: Uint8Array; readonly ciphertext: Uint8Array };
  /** @returns undefined for what was not generated here, or in another context */
  open(
    ciphertext: Uint8Array,
    context: EncryptionContext,
  ): { readonly keyArn: string; readonly plaintext: Uint8Array } | undefined;
}

interface SealedKey {
  readonly keyArn: string;
  readonly context: EncryptionContext;
  /** In base64. */
  readonly key: string;
}

const PURPOSE = "kms-data-key";
const KEY_BYTES = 32;

export function createDataKeys(tokens: Pick<SealedTokens, "seal" | "open">, random: Random): DataKeys {
  return {
    generate(keyArn, context) {
      const plaintext = random.bytes(KEY_BYTES);
      const key = Buffer.from(plaintext).toString("base64");
      const sealed = tokens.seal(PURPOSE, { keyArn, context, key } satisfies SealedKey);
      return { plaintext, ciphertext: Buffer.from(sealed) };
    },
    open(ciphertext, context) {
      // A text that opens was sealed here, so it has the form that it was sealed with.
      const opened = tokens.open(PURPOSE, Buffer.from(ciphertext).toString("latin1")) as
        | SealedKey
        | undefined;
      if (opened === undefined || !areEqual(opened.context, context)) return undefined;
      return { keyArn: opened.keyArn, plaintext: Buffer.from(opened.key, "base64") };
    },
  };
}

function areEqual(a: EncryptionContext, b: EncryptionContext): boolean {
  const [first, second] = [Object.entries(a), new Map(Object.entries(b))];
  return first.length === second.size && first.every(([name, value]) => second.get(name) === value);
}
