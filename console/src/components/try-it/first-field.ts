import { type RefObject, useEffect, useRef } from "react";

/** Moves the focus into a step that has just taken the place of another, so that the keyboard goes on there. */
export function useFirstField<Part extends HTMLElement>(): RefObject<Part | null> {
  const part = useRef<Part>(null);
  useEffect(() => {
    const find = (selector: string) => part.current?.querySelector<HTMLElement>(selector);
    (find("input:not([type=radio]), input:checked") ?? find("button"))?.focus();
  }, []);
  return part;
}
