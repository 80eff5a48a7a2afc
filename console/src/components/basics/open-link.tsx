import Link from "@cloudscape-design/components/link";
import type { ReactNode } from "react";

interface Props {
  readonly onOpen: () => void;
  readonly children: ReactNode;
}

/** A link that opens something on this page. */
export function OpenLink({ onOpen, children }: Props) {
  return (
    <Link
      href="#"
      onFollow={(event) => {
        event.preventDefault();
        onOpen();
      }}
    >
      {children}
    </Link>
  );
}
