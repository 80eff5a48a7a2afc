import Textarea from "@cloudscape-design/components/textarea";

interface Props {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly rows?: number;
}

/** A text area for JSON and CSS, in a monospaced font. */
export function CodeInput({ value, onChange, rows = 14 }: Props) {
  return (
    <div className="code-input">
      <Textarea
        value={value}
        rows={rows}
        spellcheck={false}
        onChange={({ detail }) => onChange(detail.value)}
      />
    </div>
  );
}
