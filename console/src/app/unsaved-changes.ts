/** Asks before a page with unsaved changes is left: by a link, Back, the sign-out, a reload or the closing of the tab. */
import { replaceEqualDeep } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useText } from "../i18n/text.tsx";

/** The questions of the parts of the page that have unsaved changes; their own objects, because the texts are the same. */
const questions = new Set<{ readonly text: string }>();

const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();

/** Keeps the page until its changes are saved or given up. */
export function useUnsavedChanges(hasChanges: boolean): void {
  const text = useText().common.unsavedQuestion;
  useEffect(() => {
    if (!hasChanges) return;
    const question = { text };
    questions.add(question);
    window.addEventListener("beforeunload", onUnload);
    return () => {
      questions.delete(question);
      // The listener is one for all parts.
      if (questions.size === 0) window.removeEventListener("beforeunload", onUnload);
    };
  }, [hasChanges, text]);
}

/**
 * Keeps the page while the values of a form differ from those that it began with.
 *
 * @param values plain objects, arrays and primitive values are compared by what they hold, all else by identity; undefined for a
 *   form whose values nobody would miss
 * @returns a function that takes the values that were saved
 */
export function useUnsavedValues(values: object | undefined): (saved: object | undefined) => void {
  const [saved, setSaved] = useState(values);
  useUnsavedChanges(replaceEqualDeep(saved, values) !== saved);
  return setSaved;
}

/** Loads the page again without a question: its changes are another person's. */
export function reloadWithoutChanges(): void {
  window.removeEventListener("beforeunload", onUnload);
  window.location.reload();
}

/** Whether the page can be left: it has no unsaved changes, or the person gives them up. */
export function mayLeave(): boolean {
  const [question] = questions;
  return question === undefined || window.confirm(question.text);
}
