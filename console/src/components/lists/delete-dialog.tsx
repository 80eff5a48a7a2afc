import type { ReactNode } from "react";
import { useText } from "../../i18n/text.tsx";
import { ActionDialog, Warning } from "../basics/confirm.tsx";
import { useDeletion } from "./deletion.ts";
import type { DeleteAnswers } from "./list-page.tsx";

interface Props extends DeleteAnswers {
  readonly title: string;
  /** In a warning if a name has to be typed. */
  readonly question: ReactNode;
  /** The message after it. */
  readonly deleted: string;
  /** The name that has to be typed, where much is lost. */
  readonly typed?: string;
  readonly onDelete: () => Promise<unknown>;
}

/** Deletes one thing after a question. */
export function DeleteDialog({ title, question, deleted, typed, onDelete, onDismiss, onDeleted }: Props) {
  const common = useText().common;
  const remove = useDeletion();
  return (
    <ActionDialog
      title={title}
      confirmLabel={common.delete}
      {...(typed === undefined ? {} : { typed })}
      onDismiss={onDismiss}
      onConfirm={async () => {
        await remove(onDelete, deleted);
        onDeleted();
      }}
    >
      {typed === undefined ? question : <Warning>{question}</Warning>}
    </ActionDialog>
  );
}
