import { useRef, useState } from "react";
import { type Conflict, type Fields, mergeChanges, withSaved } from "../../rules/differing.ts";

/** How the page calls a field, or a part of it. */
export type Labels<Values> = Readonly<Record<keyof Values, string>> | ((path: readonly string[]) => string);

/** The question to the person; undefined for the usual one, about changes of somebody else. */
export interface Question {
  readonly title: string;
  readonly hint: string;
}

export interface NamedConflict extends Conflict {
  readonly label: string;
  /** How the page writes a value of the field, where it does not write the value itself. */
  readonly textOf: ((value: never) => string) | undefined;
}

interface Options<Values> extends Fields<Values> {
  readonly texts?: { readonly [Field in keyof Values]?: (value: Values[Field]) => string };
  readonly question?: Question;
}

/** Somebody else has saved other values in fields that the person has changed. Nothing is written yet. */
export class ChangedMeanwhile extends Error {
  readonly conflicts: readonly NamedConflict[];
  readonly question: Question | undefined;
  /** Lets the next try write the values of the form. */
  readonly overwrite: () => void;
  /** Takes the values that are saved into the form. */
  readonly takeSaved: () => void;

  constructor(
    conflicts: readonly NamedConflict[],
    { question, overwrite, takeSaved }: Pick<ChangedMeanwhile, "question" | "overwrite" | "takeSaved">,
  ) {
    super("Changed meanwhile");
    this.conflicts = conflicts;
    this.question = question;
    this.overwrite = overwrite;
    this.takeSaved = takeSaved;
  }
}

interface FormValues<Values extends object> {
  readonly values: Values;
  readonly setValues: (values: Values) => void;
  readonly change: (changes: Partial<Values>) => void;
  /** The values that the form began with. */
  readonly before: Values;
  /**
   * The values as they are `now`, when the form is saved, with those that the person has changed in the form.
   *
   * @param own the values of the form, where a save completes them
   * @throws ChangedMeanwhile somebody else has saved another value of the same field
   */
  readonly mergedWith: (now: Values, own?: Values) => Values;
}

/** The values of a form that saves several fields at once, which somebody else may change meanwhile. */
export function useFormValues<Values extends object>(
  initial: () => Values,
  labels: Labels<Values>,
  options: Options<Values> = {},
): FormValues<Values> {
  const [before] = useState(initial);
  const [values, setValues] = useState(before);
  const merge = useMerge(before, labels, setValues, options);
  return {
    values,
    setValues,
    change: (changes) => setValues((current) => ({ ...current, ...changes })),
    before,
    mergedWith: (now, own = values) => merge(own, now),
  };
}

/**
 * Merges the values of a form with those that are saved now, for forms that keep them in another shape.
 *
 * @param before the values that the form began with
 * @param take puts values that somebody else has saved into those that the form has by then
 */
export function useMerge<Values extends object>(
  before: Values,
  labels: Labels<Values>,
  take: (withSaved: (current: Values) => Values) => void,
  { question, texts, ...fields }: Options<Values> = {},
): (own: Values, now: Values) => Values {
  // Values that the person has seen and chosen to overwrite count as those with which the form began.
  const known = useRef(before);
  return (own, now) => {
    const { values, conflicts } = mergeChanges(own, { ...fields, before: known.current, now });
    if (conflicts.length === 0) return values;
    const labelOf = ({ path }: Conflict) => {
      if (typeof labels === "function") return labels(path);
      const [field = "", ...parts] = path;
      return [labels[field as keyof Values], ...parts].join(" › ");
    };
    throw new ChangedMeanwhile(
      conflicts.map((conflict) => {
        const [field = "", ...parts] = conflict.path;
        const textOf = parts.length === 0 ? texts?.[field as keyof Values] : undefined;
        return { ...conflict, label: labelOf(conflict), textOf };
      }),
      {
        question,
        overwrite: () => {
          known.current = withSaved(known.current, conflicts);
        },
        takeSaved: () => {
          // A value that the person has given up is no change of theirs any more.
          known.current = withSaved(known.current, conflicts);
          take((current) => withSaved(current, conflicts));
        },
      },
    );
  };
}
