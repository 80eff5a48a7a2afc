import type { Iam } from "./api-model/index.ts";
import { InvalidInputException, LimitExceededException } from "./errors.ts";

/** The most tags that a user, role or policy has. */
const MAX_TAGS = 50;

export const DUPLICATE_TAG_KEYS = "Duplicate tag keys found. Please note that Tag keys are case insensitive.";

export type Tags = Readonly<Record<string, string>>;

/** Tags as they are kept. */
export function tagRecord(tags: readonly Iam.Tag[] | undefined): Tags {
  return Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key, Value]));
}

/** Tags as they are shown, in order of their keys. */
export function tagList(tags: Tags): Iam.Tag[] {
  return Object.entries(tags)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([Key, Value]) => ({ Key, Value }));
}

/**
 * Adds tags to existing ones; an existing key gets its newest spelling.
 *
 * @param kind for the text: `User`, `Role`, `Policy`
 * @throws InvalidInputException a key comes twice
 * @throws LimitExceededException more than 50 in all
 */
export function withTags(current: Tags, added: readonly Iam.Tag[], kind: string): Tags {
  const keys = added.map(({ Key }) => Key.toLowerCase());
  if (new Set(keys).size !== keys.length) {
    throw new InvalidInputException(DUPLICATE_TAG_KEYS);
  }
  const tags = overriddenBy(tagRecord(added), current);
  if (Object.keys(tags).length > MAX_TAGS) {
    throw new LimitExceededException(`Cannot exceed quota for TagsPer${kind}: ${MAX_TAGS}`);
  }
  return tags;
}

/** Tags overridden by those of `over`; keys are compared without case. */
export function overriddenBy(over: Tags, base: Tags): Tags {
  const keys = new Set(Object.keys(over).map((key) => key.toLowerCase()));
  const kept = Object.entries(base).filter(([key]) => !keys.has(key.toLowerCase()));
  return { ...Object.fromEntries(kept), ...over };
}

/** Removes tags by their keys; absent tags are not an error. */
export function withoutTags(current: Tags, keys: readonly string[]): Tags {
  const removed = new Set(keys.map((key) => key.toLowerCase()));
  return Object.fromEntries(Object.entries(current).filter(([key]) => !removed.has(key.toLowerCase())));
}
