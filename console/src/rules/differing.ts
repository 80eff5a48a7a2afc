import { replaceEqualDeep } from "@tanstack/react-query";

/** The values that are not equal to those of `before`: what a form has changed of what it was loaded with. */
export function differing<Values extends object>(values: Values, before: object): Partial<Values> {
  const known = before as Readonly<Record<string, unknown>>;
  const changed = Object.entries(values).filter(
    ([name, value]) => known[name] !== value && replaceEqualDeep(known[name], value) !== known[name],
  );
  return Object.fromEntries(changed) as Partial<Values>;
}
