import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import { useText } from "../i18n/text.tsx";

/** Lines to read or to copy. */
export function Code({ children, label }: { readonly children: string; readonly label: string }) {
  const text = useText().common;
  return (
    <section className="code" aria-label={label}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <pre tabIndex={0}>
        <code>{children}</code>
      </pre>
      <div className="code-copy">
        <CopyToClipboard
          variant="icon"
          textToCopy={children}
          copyButtonAriaLabel={text.copyWhat(label)}
          copySuccessText={text.copied}
          copyErrorText={text.copyFailed}
        />
      </div>
    </section>
  );
}
