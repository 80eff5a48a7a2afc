import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal, { type ModalProps } from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { useText } from "../../i18n/text.tsx";

interface Props {
  readonly title: string;
  readonly size?: ModalProps.Size;
  readonly onDismiss: () => void;
  readonly children: ReactNode;
}

/** A click beside a dialog does not close it: what was typed there, or a secret that is shown once, would be lost. */
export const unlessOutside =
  (onDismiss: () => void): NonNullable<ModalProps["onDismiss"]> =>
  ({ detail }) => {
    if (detail.reason !== "overlay") onDismiss();
  };

/** A dialog that shows something and has only a button that closes it. */
export function CloseDialog({ title, size = "medium", onDismiss, children }: Props) {
  const common = useText().common;
  return (
    <Modal
      visible
      size={size}
      header={title}
      onDismiss={unlessOutside(onDismiss)}
      footer={
        <Box float="right">
          <Button variant="primary" formAction="none" onClick={onDismiss}>
            {common.close}
          </Button>
        </Box>
      }
    >
      <SpaceBetween size="m">{children}</SpaceBetween>
    </Modal>
  );
}
