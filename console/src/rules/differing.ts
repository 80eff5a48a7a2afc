import { replaceEqualDeep } from "@tanstack/react-query";

/** The values that are not equal to those of `before`: what a form has changed of what it was loaded with. */
export function differing<Values extends object>(values: Values, before: Values): Partial<Values> {
  const known = before as Readonly<Record<string, unknown>>;
  const changed = Object.entries(values).filter(
    ([name, value]) => known[name] !== value && replaceEqualDeep(known[name], value) !== known[name],
  );
  return Object.fromEntries(changed) as Partial<Values>;
}

/**
 * The values as they are `now`, with those that a form has changed.
 *
 * @param before the values that the form began with. What its page loads beside it, as after a sign-in, is later.
 */
export function mergeChanges<Values extends object>(
  values: Values,
  { before, now }: { readonly before: Values; readonly now: Values },
): Values {
  return { ...now, ...differing(values, before) };
}
