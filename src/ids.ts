/**
 * Ids in the forms that Cognito gives, which clients and verifiers have come to rely on.
 */
import type { Random } from "./random.ts";

const DIGITS = "0123456789";
const LOWER = "abcdefghijklmnopqrstuvwxyz";

/** `length` characters, each equally likely. */
export function randomText(random: Random, alphabet: string, length: number): string {
  // Bytes beyond the last whole multiple would favour the alphabet's beginning.
  const limit = 256 - (256 % alphabet.length);
  let text = "";
  while (text.length < length) {
    for (const byte of random.bytes(length - text.length)) {
      if (byte < limit) text += alphabet[byte % alphabet.length];
    }
  }
  return text;
}

/** For example `us-east-1_AbCdEfGhI`. */
export function newPoolId(random: Random, region: string): string {
  return `${region}_${randomText(random, DIGITS + LOWER.toUpperCase() + LOWER, 9)}`;
}

/** For example `import-9sHxosU7BP`. */
export function newImportJobId(random: Random): string {
  return `import-${randomText(random, DIGITS + LOWER.toUpperCase() + LOWER, 10)}`;
}

/** 26 lower-case letters and digits. */
export function newClientId(random: Random): string {
  return randomText(random, DIGITS + LOWER, 26);
}

/** 51 lower-case letters and digits: about 263 bits. */
export function newClientSecret(random: Random): string {
  return randomText(random, DIGITS + LOWER, 51);
}

/**
 * A user's `sub`: a UUID in form. Its third group begins with `70` as in recent pools, so that no caller relies on a
 * UUID version that Cognito's subs do not have.
 */
export function newSub(random: Random): string {
  const uuid = random.uuid();
  return `${uuid.slice(0, 14)}70${uuid.slice(16)}`;
}

/** Whether a text has the form of a `sub`. Those of Cognito do not always have a version and a variant of RFC 9562. */
export function isSub(text: string): boolean {
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(text);
}

/**
 * Makes the `sub`s of users who are imported together. They share their first 16 bits, so that they stand side by side in
 * the database's indexes, and have 106 random bits each.
 */
export function subsOfBatch(random: Random): () => string {
  const beginning = newSub(random).slice(0, 4);
  return () => `${beginning}${newSub(random).slice(4)}`;
}

/** A text in the form of a {@link newSub}, the same for the same 16 bytes: for a user who does not exist. */
export function subFromBytes(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString("hex");
  const variant = "89ab"[Number.parseInt(hex[16] ?? "0", 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-70${hex.slice(14, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A session's id: `tkn` for a token session, `sso` for one of the pages, and 25 lower-case letters and digits. */
export function newSessionId(random: Random, kind: "tkn" | "sso"): string {
  return `${kind}${randomText(random, DIGITS + LOWER, 25)}`;
}

/** A confirmation code of `digits` digits. */
export function newCode(random: Random, digits: number): string {
  return randomText(random, DIGITS, digits);
}
