import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import { useText } from "../i18n/text.tsx";

/** An id or address with a button that copies it. */
export function Copyable({ value, label }: { readonly value: string; readonly label: string }) {
  const text = useText().common;
  return (
    <span className="wrap-anywhere">
      <CopyToClipboard
        variant="inline"
        textToCopy={value}
        copyButtonAriaLabel={text.copyWhat(label)}
        copySuccessText={text.copied}
        copyErrorText={text.copyFailed}
      />
    </span>
  );
}
