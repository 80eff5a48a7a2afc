/**
 * Settings that a request omits: what is kept of them, compared and shown has no members that are there and undefined.
 */

/** A copy without the members that are undefined. */
export function omitUndefined<T extends object>(value: T): T {
  // Members that can be undefined are optional in every structure of the API model.
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}

/** An empty list counts as left out. */
export function nonEmpty<T>(list: T[] | undefined): T[] | undefined {
  return list && list.length > 0 ? list : undefined;
}

/** A map without entries counts as left out. */
export function nonEmptyMap<T extends object>(map: T | undefined): T | undefined {
  return map && Object.keys(map).length > 0 ? map : undefined;
}
