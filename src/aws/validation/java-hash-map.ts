/**
 * The order in which a Java HashMap iterates over entries with these keys. Entries that share a bucket keep their own order.
 *
 * @see docs/decisions/0334-the-order-of-violations.md
 */
export function hashMapOrder<Entry>(entries: readonly Entry[], keyOf: (entry: Entry) => string): Entry[] {
  let buckets = 16;
  while (entries.length > buckets * 0.75) buckets *= 2;
  const bucketOf = (entry: Entry): number => {
    const hash = stringHash(keyOf(entry));
    return (hash ^ (hash >>> 16)) & (buckets - 1);
  };
  return entries.toSorted((one, other) => bucketOf(one) - bucketOf(other));
}

/** `String.hashCode()` of Java. */
function stringHash(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0;
  return hash;
}
