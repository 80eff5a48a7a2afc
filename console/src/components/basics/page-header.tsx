import Header from "@cloudscape-design/components/header";
import { type ReactNode, useEffect } from "react";
import { InfoLink } from "../../app/help.tsx";

interface Props {
  readonly title: string;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
}

/** The heading of a page, which also names the browser's tab. */
export function PageHeader({ title, description, actions }: Props) {
  useTitle(title);
  return (
    <Header
      variant="h1"
      description={description && <span className="wrap-anywhere">{description}</span>}
      actions={actions}
      info={<InfoLink />}
    >
      <span className="wrap-anywhere">{title}</span>
    </Header>
  );
}

export function useTitle(title: string): void {
  useEffect(() => {
    const before = document.title;
    document.title = `${title} · Cognate`;
    // The page under the sign-in page has it again when that goes.
    return () => {
      document.title = before;
    };
  }, [title]);
}
