import { wasDeletedBefore } from "../../api/errors.ts";
import { useText } from "../../i18n/text.tsx";
import { Warning } from "../basics/confirm.tsx";
import { BulkDialog } from "./bulk-dialog.tsx";
import type { DeleteAnswers } from "./list-page.tsx";

interface Props<T> extends DeleteAnswers {
  /** Names the texts. */
  readonly kind: "groups" | "clients" | "providers";
  readonly items: readonly T[];
  readonly nameOf: (item: T) => string;
  readonly deleteOne: (item: T) => Promise<unknown>;
}

/** Deletes several items of a list. */
export function BulkDeleteDialog<T>({ kind, items, nameOf, deleteOne, onDismiss, onDeleted }: Props<T>) {
  const { title, lost, done } = useText().bulkDelete[kind];
  const common = useText().common;
  return (
    <BulkDialog
      title={title}
      confirmLabel={common.delete}
      items={items}
      labelOf={nameOf}
      question={(count) => <Warning>{lost(count)}</Warning>}
      isTyped
      act={(item) => wasDeletedBefore(() => deleteOne(item))}
      done={done}
      onDismiss={onDismiss}
      onDone={onDeleted}
    />
  );
}
