/** JSON that others wrote, before anything is known of its members. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Undefined for text that is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The object that a text holds; undefined for other JSON and for text that is no JSON. */
export function parseJsonObject(text: string): JsonObject | undefined {
  const value = parseJson(text);
  return isJsonObject(value) ? value : undefined;
}

/**
 * Whether a value has no more than `limit` values in it, at any depth. To be asked before a schema looks at what others sent: a schema
 * makes an error of each value that is wrong, which takes seconds for all those that a body has room for.
 */
export function holdsAtMost(limit: number, value: unknown): boolean {
  const waiting: unknown[] = [value];
  let count = 0;
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== "object" || next === null) continue;
    const inside: readonly unknown[] = Object.values(next);
    count += inside.length;
    if (count > limit) return false;
    for (const each of inside) waiting.push(each);
  }
  return true;
}
