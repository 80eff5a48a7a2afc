import { replaceEqualDeep } from "@tanstack/react-query";

/** The values that are not equal to those of `before`: what a form has changed of what it was loaded with. */
export function differing<Values extends object>(values: Values, before: Values): Partial<Values> {
  const known = before as Readonly<Record<string, unknown>>;
  const changed = Object.entries(values).filter(([name, value]) => !isEqual(known[name], value));
  return Object.fromEntries(changed) as Partial<Values>;
}

interface Versions<Values> {
  /** The values that the form began with. What its page loads beside it, as after a sign-in, is later. */
  readonly before: Values;
  readonly now: Values;
  /** Fields whose parts make one value, such as a number with its unit. */
  readonly whole?: readonly (keyof Values)[];
}

/**
 * The values as they are `now`, with those that a form has changed, added or removed: field by field, also of a record in a
 * field, and entry by entry of a list of texts. What two people have changed is as the form has it.
 */
export function mergeChanges<Values extends object>(
  values: Values,
  { before, now, whole = [] }: Versions<Values>,
): Values {
  const wholes = whole.map((name) => [name, isEqual(values[name], before[name]) ? now[name] : values[name]]);
  // Each field is one of those of the three.
  return { ...(merged(values, before, now) as Values), ...Object.fromEntries(wholes) };
}

function merged(value: unknown, before: unknown, now: unknown): unknown {
  if (isEqual(value, before)) return now;
  if (isEqual(now, before)) return value;
  if (isRecord(value) && isRecord(before) && isRecord(now)) return mergedRecord(value, before, now);
  if (isTextList(value) && isTextList(before) && isTextList(now)) return mergedList(value, before, now);
  return value;
}

type PlainRecord = Readonly<Record<string, unknown>>;

function mergedRecord(value: PlainRecord, before: PlainRecord, now: PlainRecord): PlainRecord {
  const names = [...new Set([...Object.keys(now), ...Object.keys(value)])];
  return Object.fromEntries(
    names.flatMap((name) => {
      const isUnchanged = Object.hasOwn(value, name)
        ? Object.hasOwn(before, name) && isEqual(value[name], before[name])
        : !Object.hasOwn(before, name);
      const from = isUnchanged ? now : value;
      if (!Object.hasOwn(from, name)) return [];
      return [[name, merged(value[name], before[name], now[name])]];
    }),
  );
}

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
