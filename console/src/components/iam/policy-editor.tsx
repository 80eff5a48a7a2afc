import FormField from "@cloudscape-design/components/form-field";
import { useText } from "../../i18n/text.tsx";
import { type PolicyKind, policyFinding } from "../../rules/iam/policy-document.ts";
import { CodeInput } from "../basics/code-input.tsx";

interface Props {
  readonly label: string;
  readonly description: string;
  readonly kind: PolicyKind;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** How much of a line is shown beside its error, in characters. */
const MAX_SHOWN = 100;

/** A policy document to write, with the line of its first fault. */
export function PolicyEditor({ label, description, kind, value, onChange }: Props) {
  const text = useText().policies;
  const finding = policyFinding(value, kind);
  const line = finding && value.split("\n")[finding.line - 1]?.trim().slice(0, MAX_SHOWN);
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
      <CodeInput value={value} onChange={onChange} />
    </FormField>
  );
}
