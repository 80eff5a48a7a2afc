/** Small conversions between records and columns. */

/** Text of a JSON column. Members that are undefined are left out. */
export function toJson(value: unknown): string {
  return JSON.stringify(value);
}

/** The value of a JSON column, which this program wrote as a `T`. */
export function fromJson<T>(text: string): T {
  return JSON.parse(text) as T;
}

/** `{ name: value }`, or `{}` if the column is null: optional members of records are absent rather than undefined. */
export function optional<Name extends string, T>(name: Name, value: T | null): { [N in Name]?: T } {
  const member: { [N in Name]?: T } = {};
  if (value !== null) member[name] = value;
  return member;
}

/** Freezes a record with everything in it, so that no caller can change what a cache holds. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) {
    return value;
  }
  for (const member of Object.values(value)) deepFreeze(member);
  return Object.freeze(value);
}
