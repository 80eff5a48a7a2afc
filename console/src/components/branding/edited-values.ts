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
 * nothing is unsaved then. What is loaded beside unsaved changes is older than their save, so it is not taken after that either.
 *
 * @param loaded the same object until something is loaded again
 */
export function useEditedValues<Values extends object>(loaded: Values): EditedValues<Values> {
  const [lastLoaded, setLastLoaded] = useState(loaded);
  const [values, setValues] = useState(loaded);
  const [saved, setSaved] = useState(loaded);
  const hasChanges = (Object.keys(values) as (keyof Values)[]).some((name) => values[name] !== saved[name]);
  useUnsavedChanges(hasChanges);
  if (lastLoaded !== loaded) {
    setLastLoaded(loaded);
    if (!hasChanges) {
      setValues(loaded);
      setSaved(loaded);
    }
  }
  return {
    values,
    change: (changes) => setValues((before) => ({ ...before, ...changes })),
    setSaved,
    discard: () => setValues(saved),
  };
}
