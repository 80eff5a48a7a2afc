import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import { useText } from "../../i18n/text.tsx";

interface Props {
  readonly children: string;
  readonly label: string;
  /** Whether long lines are broken, as suits data; commands keep their lines and scroll. */
  readonly wraps?: boolean;
}

/** Lines to read or to copy. */
export function Code({ children, label, wraps = false }: Props) {
  const text = useText().common;
  return (
    <section className="code" aria-label={label}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard */}
      <pre tabIndex={0} className={wraps ? "wrapped" : undefined}>
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
