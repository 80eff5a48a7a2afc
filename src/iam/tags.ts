import type { Iam } from "./api-model/index.ts";
import { InvalidInputException, LimitExceededException } from "./errors.ts";

/** The most tags that a user, role or policy has. */
const MAX_TAGS = 50;

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
 * Adds tags to those that something has; a key that it has already keeps its spelling's newest form.
 *
 * @param kind for the text: `User`, `Role`, `Policy`
 * @throws InvalidInputException a key comes twice
 * @throws LimitExceededException more than 50 in all
 */
export function withTags(current: Tags, added: readonly Iam.Tag[], kind: string): Tags {
  const folded = added.map(({ Key }) => Key.toLowerCase());
  if (new Set(folded).size !== folded.length) {
    throw new InvalidInputException(
      "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
    );
  }
  const kept = Object.entries(current).filter(([key]) => !folded.includes(key.toLowerCase()));
  const tags = { ...Object.fromEntries(kept), ...tagRecord(added) };
  if (Object.keys(tags).length > MAX_TAGS) {
    throw new LimitExceededException(`Cannot exceed quota for TagsPer${kind}: ${MAX_TAGS}`);
  }
  return tags;
}

/** Removes tags by their keys; those that are not there are no fault. */
export function withoutTags(current: Tags, keys: readonly string[]): Tags {
  const removed = new Set(keys.map((key) => key.toLowerCase()));
  return Object.fromEntries(Object.entries(current).filter(([key]) => !removed.has(key.toLowerCase())));
}
