import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { type ReactNode, useState } from "react";
import { useText } from "../../i18n/text.tsx";

interface Props {
  readonly title: string;
  readonly description: string;
  /** The label of the button; "Edit" without one. */
  readonly editLabel?: string;
  readonly children: ReactNode;
  /** Undefined until it is loaded what the dialog changes. */
  readonly dialog: ((onDismiss: () => void) => ReactNode) | undefined;
}

/** A group of settings as it is, with the dialog that changes it. */
export function SettingPanel({ title, description, editLabel, children, dialog }: Props) {
  const common = useText().common;
  const [isOpen, setOpen] = useState(false);
  return (
    <Container
      header={
        <Header
          description={description}
          actions={
            <Button
              ariaLabel={editLabel ?? common.editWhat(title)}
              disabled={dialog === undefined}
              onClick={() => setOpen(true)}
            >
              {editLabel ?? common.edit}
            </Button>
          }
        >
          {title}
        </Header>
      }
    >
      {children}
      {isOpen && dialog?.(() => setOpen(false))}
    </Container>
  );
}
