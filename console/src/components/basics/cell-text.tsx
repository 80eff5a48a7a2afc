import type { ReactNode } from "react";

/** A text in a list that can be long: it wraps, so that it does not push the other columns out of view. */
export function CellText({ children }: { readonly children: ReactNode }) {
  return <span className="cell-text">{children}</span>;
}
