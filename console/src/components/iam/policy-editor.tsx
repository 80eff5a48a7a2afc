import FormField from "@cloudscape-design/components/form-field";
import Textarea from "@cloudscape-design/components/textarea";
import { useText } from "../../i18n/text.tsx";
import { type PolicyKind, policyFinding } from "../../rules/iam/policy-document.ts";

interface Props {
  readonly label: string;
  readonly description: string;
  readonly kind: PolicyKind;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A policy document to write, with the line of its first fault. */
export function PolicyEditor({ label, description, kind, value, onChange }: Props) {
  const text = useText().policies;
  const finding = policyFinding(value, kind);
  const line = finding && value.split("\n")[finding.line - 1]?.trim();
  return (
    <FormField
      label={label}
      description={description}
      errorText={
        finding && (
          <>
            {text.at(finding.line, text.faults[finding.fault])}{" "}
            {line && <code className="monospace">{line}</code>}
          </>
        )
      }
      stretch
    >
      <div className="code-input">
        <Textarea
          value={value}
          rows={14}
          spellcheck={false}
          onChange={({ detail }) => onChange(detail.value)}
        />
      </div>
    </FormField>
  );
}
