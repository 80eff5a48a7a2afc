import { wasDeletedBefore } from "../../api/errors.ts";
import { useFlash } from "../../app/flashes.tsx";
import { useText } from "../../i18n/text.tsx";

/** Deletes something and shows the message `deleted`, or the message that somebody else had deleted it before. */
export function useDeletion(): (remove: () => Promise<unknown>, deleted: string) => Promise<void> {
  const show = useFlash();
  const text = useText().common;
  return async (remove, deleted) => {
    if (await wasDeletedBefore(remove)) show("info", text.deletedBefore);
    else show("success", deleted);
  };
}
