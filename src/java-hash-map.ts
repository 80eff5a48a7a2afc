/**
 * The order in which a Java HashMap iterates over entries with these keys. Entries that share a bucket keep their own order.
 *
 * @param size how many entries the map held, if more than these
 * @see docs/decisions/0334-the-order-of-violations.md and docs/decisions/0357-the-order-of-claims.md
 */
export function hashMapOrder<Entry>(
  entries: readonly Entry[],
  keyOf: (entry: Entry) => string,
  size = entries.length,
): Entry[] {
  let buckets = 16;
  while (size > buckets * 0.75) buckets *= 2;
  const placed = entries.map((entry) => {
    const hash = stringHash(keyOf(entry));
    return { entry, bucket: (hash ^ (hash >>> 16)) & (buckets - 1) };
  });
  return placed.sort((one, other) => one.bucket - other.bucket).map(({ entry }) => entry);
}

/**
 * The order in which a message lists the values of an enum: by the last five bits of their hash. Values that share them come in
 * the reverse of the model's order.
 *
 * @see docs/decisions/0365-the-order-of-values.md
 */
export function valueSetOrder(values: readonly string[]): string[] {
  const bucketOf = (value: string): number => stringHash(value) & 31;
  return values.toReversed().sort((one, other) => bucketOf(one) - bucketOf(other));
}

/** `String.hashCode()` of Java. */
function stringHash(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0;
  return hash;
}
