import { useText } from "../../i18n/text.tsx";

/** The label of a field that may be left empty. */
export function Optional({ label }: { readonly label: string }) {
  return (
    <>
      {label} <i>– {useText().common.optional}</i>
    </>
  );
}
