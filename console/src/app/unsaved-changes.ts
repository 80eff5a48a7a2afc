/** Asks before a page with unsaved changes is left by a link, a reload or the closing of the tab. Back is not asked about. */
import { useEffect } from "react";
import { useText } from "../i18n/text.tsx";

/** The question of the page that has unsaved changes. */
const questions = new Set<string>();

/** Keeps the page until its changes are saved or given up. */
export function useUnsavedChanges(hasChanges: boolean): void {
  const question = useText().common.unsavedQuestion;
  useEffect(() => {
    if (!hasChanges) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    questions.add(question);
    window.addEventListener("beforeunload", onUnload);
    return () => {
      questions.delete(question);
      window.removeEventListener("beforeunload", onUnload);
    };
  }, [hasChanges, question]);
}

/** Whether the page can be left: it has no unsaved changes, or the person gives them up. */
export function mayLeave(): boolean {
  const [question] = questions;
  return question === undefined || window.confirm(question);
}
