import type { Sts } from "../api-model/index.ts";
import { ValidationError } from "../errors.ts";
import { DUPLICATE_TAG_KEYS, type Tags, tagRecord } from "../tags.ts";

/** The tags that a request gives a session. @throws ValidationError two keys differ by case at most */
export function sessionTags(given: readonly Sts.Tag[] = []): Tags {
  const tags = tagRecord(given);
  const keys = new Set(Object.keys(tags).map((key) => key.toLowerCase()));
  if (keys.size !== given.length) throw new ValidationError(DUPLICATE_TAG_KEYS);
  return tags;
}
