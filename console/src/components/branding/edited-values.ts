import { useState } from "react";
import { useUnsavedChanges } from "../../app/unsaved-changes.ts";

interface EditedValues<Values extends object> {
  readonly values: Values;
  readonly change: (changes: Partial<Values>) => void;
  /** Called with the values that were saved, which the person may have changed since. */
  readonly setSaved: (values: Values) => void;
  /** Goes back to the values that were saved. */
  readonly discard: () => void;
}

/**
 * The values of an editor that stays on the page after a save. It begins with what was loaded, and takes what is loaded later if
 * nothing is unsaved.
 *
 * @param loaded the same object until something is loaded again
 */
export function useEditedValues<Values extends object>(loaded: Values): EditedValues<Values> {
  const [taken, setTaken] = useState(loaded);
  const [values, setValues] = useState(loaded);
  const [saved, setSaved] = useState(loaded);
  const hasChanges = (Object.keys(values) as (keyof Values)[]).some((name) => values[name] !== saved[name]);
  useUnsavedChanges(hasChanges);
  if (taken !== loaded && !hasChanges) {
    setTaken(loaded);
    setValues(loaded);
    setSaved(loaded);
  }
  return {
    values,
    change: (changes) => setValues((before) => ({ ...before, ...changes })),
    setSaved,
    discard: () => setValues(saved),
  };
}
