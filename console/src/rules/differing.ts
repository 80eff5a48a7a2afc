import { replaceEqualDeep } from "@tanstack/react-query";

/** The values that are not equal to those of `before`: what a form has changed of what it was loaded with. */
export function differing<Values extends object>(values: Values, before: Values): Partial<Values> {
  const known = before as Readonly<Record<string, unknown>>;
  const changed = Object.entries(values).filter(([name, value]) => !isEqual(known[name], value));
  return Object.fromEntries(changed) as Partial<Values>;
}

interface Kind<Values> {
  readonly field: keyof Values;
  /** The value by which the parts count for nothing; without one, every change of the field concerns them. */
  readonly off?: unknown;
  readonly parts: readonly (keyof Values)[];
}

/** Which fields of a form belong together. */
export interface Fields<Values> {
  /** Fields whose parts make one value, such as a number with its unit, or a list that must not become empty. */
  readonly whole?: readonly (keyof Values)[];
  /** Fields that say what others mean, or whether they count: the kind of a key, with its ARN. */
  readonly kinds?: readonly Kind<Values>[];
}

interface Versions<Values> extends Fields<Values> {
  /** The values that the form began with. What its page loads beside it, as after a sign-in, is later. */
  readonly before: Values;
  readonly now: Values;
}

/** A value that somebody else has changed, and that a save would replace by another one. */
export interface Conflict {
  /** The field, and the names of the parts in it. */
  readonly path: readonly string[];
  readonly before: unknown;
  readonly now: unknown;
  readonly own: unknown;
}

interface Merged<Values> {
  /**
   * The values as they are `now`, with those that a form has changed, added or removed: field by field, also of a record in a
   * field, and entry by entry of a list of texts. Conflicts are as the form has them.
   */
  readonly values: Values;
  readonly conflicts: readonly Conflict[];
}

export function mergeChanges<Values extends object>(
  values: Values,
  { before, now, whole = [], kinds = [] }: Versions<Values>,
): Merged<Values> {
  const own = values as PlainRecord;
  const old = before as PlainRecord;
  const stored = now as PlainRecord;
  const conflicts: Conflict[] = [];
  const isWhole = (name: string) => whole.some((one) => one === name);
  const merged = mergedRecord(own, old, stored, (name) => ({
    path: [name],
    conflicts,
    isWhole: isWhole(name),
  }));
  const ofKinds = kinds.flatMap(({ field, off, parts }) => {
    const kind = String(field);
    const names = parts.map(String);
    if (off !== undefined && merged[kind] !== off) return [];
    const isOwn = (name: string) => !isEqual(own[name], old[name]);
    const isTheirs = (name: string) => !isEqual(stored[name], old[name]) && !isEqual(stored[name], own[name]);
    const clash = (name: string) => ({ path: [name], before: old[name], now: stored[name], own: own[name] });
    if (isTheirs(kind) && !isOwn(kind)) return names.some(isOwn) ? [clash(kind)] : [];
    return isOwn(kind) ? names.filter((name) => isTheirs(name) && !isOwn(name)).map(clash) : [];
  });
  // Each field is one of those of the three.
  return { values: merged as Values, conflicts: [...conflicts, ...ofKinds] };
}

/** The values with those that somebody else has saved. */
export function withSaved<Values extends object>(values: Values, conflicts: readonly Conflict[]): Values {
  return conflicts.reduce<PlainRecord>(
    (record, { path, now }) => withPart(record, path, now),
    values as PlainRecord,
  ) as Values;
}

function withPart(record: PlainRecord, [name = "", ...rest]: readonly string[], value: unknown): PlainRecord {
  const part = record[name];
  const next = rest.length > 0 && isRecord(part) ? withPart(part, rest, value) : value;
  const { [name]: _replaced, ...others } = record;
  return next === undefined ? others : { ...record, [name]: next };
}

type PlainRecord = Readonly<Record<string, unknown>>;

interface Place {
  readonly path: readonly string[];
  readonly isWhole: boolean;
  /** The differences found so far; added to. */
  readonly conflicts: Conflict[];
}

function merged(own: unknown, before: unknown, now: unknown, place: Place): unknown {
  if (isEqual(own, before)) return now;
  if (isEqual(now, before) || isEqual(own, now)) return own;
  const { path, isWhole, conflicts } = place;
  if (!isWhole && isRecord(own) && isRecord(before) && isRecord(now))
    return mergedRecord(own, before, now, (name) => ({ ...place, path: [...path, name] }));
  if (!isWhole && isTextList(own) && isTextList(before) && isTextList(now))
    return mergedList(own, before, now);
  conflicts.push({ path, before, now, own });
  return own;
}

function mergedRecord(
  own: PlainRecord,
  before: PlainRecord,
  now: PlainRecord,
  placeOf: (name: string) => Place,
): PlainRecord {
  const names = [...new Set([...Object.keys(now), ...Object.keys(own)])];
  return Object.fromEntries(
    names.flatMap((name) => {
      // An entry that is not there is undefined here.
      const value = merged(entryOf(own, name), entryOf(before, name), entryOf(now, name), placeOf(name));
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** A record of names that people choose can have one such as "constructor", which every object inherits. */
const entryOf = (record: PlainRecord, name: string) =>
  Object.hasOwn(record, name) ? record[name] : undefined;

function mergedList(value: readonly string[], before: readonly string[], now: readonly string[]) {
  const isTheSame = before.length === now.length && before.every((entry) => now.includes(entry));
  if (isTheSame) return value;
  return [
    ...now.filter((entry) => value.includes(entry) || !before.includes(entry)),
    ...value.filter((entry) => !before.includes(entry) && !now.includes(entry)),
  ];
}

const isEqual = (one: unknown, other: unknown) => one === other || replaceEqualDeep(one, other) === one;

const isRecord = (value: unknown): value is PlainRecord =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isTextList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === "string");
