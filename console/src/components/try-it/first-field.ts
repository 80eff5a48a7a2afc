import { type RefObject, useEffect, useRef } from "react";

/** Moves the focus into a step that has just replaced another one, so that the keyboard works there. */
export function useFirstField<Part extends HTMLElement>(): RefObject<Part | null> {
  const part = useRef<Part>(null);
  useEffect(() => {
    const find = (selector: string) => part.current?.querySelector<HTMLElement>(selector);
    (find("input:not([type=radio]), input:checked") ?? find("button"))?.focus();
  }, []);
  return part;
}
