import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import { Fragment } from "react";
import { useText } from "../../i18n/text.tsx";

/** ARNs and URLs break after their separators before they break within a word. */
function withBreaks(value: string) {
  const parts = value.split(/(?<=[/:_])(?![/:])/);
  // The parts of a text do not move, so that their place is their name.
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}

/** An id or address with a button that copies it. */
export function Copyable({ value, label }: { readonly value: string; readonly label: string }) {
  const text = useText().common;
  return (
    <span className="copyable">
      <CopyToClipboard
        variant="inline"
        textToCopy={value}
        textToDisplay={withBreaks(value)}
        copyButtonAriaLabel={text.copyWhat(label)}
        copySuccessText={text.copied}
        copyErrorText={text.copyFailed}
      />
    </span>
  );
}
