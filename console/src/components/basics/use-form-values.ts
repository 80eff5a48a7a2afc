import { useState } from "react";
import { mergeChanges } from "../../rules/differing.ts";

interface FormValues<Values extends object> {
  readonly values: Values;
  readonly setValues: (values: Values) => void;
  readonly change: (changes: Partial<Values>) => void;
  /** The values that the form began with. */
  readonly before: Values;
  /**
   * The values as they are `now`, when the form is saved, with those that the person has changed in the form.
   *
   * @param whole fields whose parts make one value
   */
  readonly mergedWith: (now: Values, whole?: readonly (keyof Values)[]) => Values;
}

/** The values of a form that saves several fields at once, which somebody else may change meanwhile. */
export function useFormValues<Values extends object>(initial: () => Values): FormValues<Values> {
  const [before] = useState(initial);
  const [values, setValues] = useState(before);
  return {
    values,
    setValues,
    change: (changes) => setValues((current) => ({ ...current, ...changes })),
    before,
    mergedWith: (now, whole = []) => mergeChanges(values, { before, now, whole }),
  };
}
