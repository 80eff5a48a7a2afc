/**
 * Strings as they are kept for lookup and search: comparable byte by byte on every engine, and short enough for an index.
 */
import { hash } from "node:crypto";

/** How much of a long string is kept readable in a key, in UTF-16 units; Postgres refuses index entries over 2,704 bytes. */
const KEY_LENGTH = 256;

/** Sorts after every key, since keys never hold this code point. */
const LAST = "\u{10FFFF}";

/** U+0000, which Postgres cannot store, and the code point that ends a range. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the expression finds them
const UNSTORABLE = /[\u0000\u{10FFFF}]/gu;

/**
 * The key of a string that is compared exactly. Long ones keep their beginning, for prefix searches, and a digest of the
 * whole, for equality.
 */
export function exactKey(value: string): string {
  const storable = value.replace(UNSTORABLE, "\uFFFD");
  if (storable.length <= KEY_LENGTH) return storable;
  return `${beginning(storable)}#${hash("sha256", storable, "hex")}`;
}

/** The key of a string that is compared without regard to case. */
export function foldedKey(value: string): string {
  return exactKey(fold(value));
}

/** Keys `k` of strings that start with a prefix are those with `from <= k < to`. */
export function prefixRange(prefix: string): { from: string; to: string } {
  const from = beginning(prefix.replace(UNSTORABLE, "\uFFFD"));
  return { from, to: from + LAST };
}

/**
 * Folds case one code point at a time, so that the folded prefix of a string is a prefix of the folded string. The
 * result is lower case, except for the final sigma: `toLowerCase` writes it differently at the end of a word, and here
 * it is the same letter everywhere.
 */
export function fold(value: string): string {
  return value.toLowerCase().replaceAll("ς", "σ");
}

/** At most {@link KEY_LENGTH} units, without half a surrogate pair at the end. */
function beginning(value: string): string {
  const cut = value.slice(0, KEY_LENGTH);
  const last = cut.charCodeAt(cut.length - 1);
  return value.length > KEY_LENGTH && last >= 0xd800 && last <= 0xdbff ? cut.slice(0, -1) : cut;
}
