import FormField from "@cloudscape-design/components/form-field";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { useText } from "../../i18n/text.tsx";
import {
  type ExceptionTexts,
  exceptionLists,
  exceptionPart,
  exceptionTexts,
  exceptionTextsOf,
  rangesFault,
} from "../../rules/security/risk-configuration.ts";
import { KeyValues, ValueList } from "../basics/key-values.tsx";
import { SettingPanel } from "../basics/setting-panel.tsx";
import { useMerge } from "../basics/use-form-values.ts";
import { RiskDialog, type RiskScope } from "./risk-dialog.tsx";

/** Addresses that are always refused, or never assessed. */
export function RiskExceptions({ scope }: { readonly scope: RiskScope }) {
  const text = useText().threatProtection;
  const { BlockedIPRangeList: blocked = [], SkippedIPRangeList: skipped = [] } =
    scope.current.RiskExceptionConfiguration ?? {};
  return (
    <SettingPanel
      title={text.exceptions}
      description={text.exceptionsDescription}
      dialog={(onDismiss) => <ExceptionDialog scope={scope} onDismiss={onDismiss} />}
    >
      <KeyValues
        columns={2}
        items={[
          { label: text.blocked, value: blocked.length === 0 ? text.none : <ValueList values={blocked} /> },
          { label: text.skipped, value: skipped.length === 0 ? text.none : <ValueList values={skipped} /> },
        ]}
      />
    </SettingPanel>
  );
}

function ExceptionDialog({
  scope,
  onDismiss,
}: {
  readonly scope: RiskScope;
  readonly onDismiss: () => void;
}) {
  const text = useText().threatProtection;
  const [before] = useState(() => exceptionTextsOf(scope.current));
  const [values, setValues] = useState(before);
  const { blocked, skipped } = values;
  const change = (changes: Partial<ExceptionTexts>) => setValues({ ...values, ...changes });
  const merge = useMerge(
    exceptionLists(before),
    { blocked: text.blocked, skipped: text.skipped },
    (withSaved) => setValues((current) => exceptionTexts(withSaved(exceptionLists(current)))),
  );
  return (
    <RiskDialog
      scope={scope}
      title={text.exceptions}
      values={values}
      changes={(current) =>
        exceptionPart(merge(exceptionLists(values), exceptionLists(exceptionTextsOf(current))))
      }
      isValid={rangesFault(blocked) === undefined && rangesFault(skipped) === undefined}
      onDismiss={onDismiss}
    >
      <RangeField label={text.blocked} value={blocked} onChange={(text) => change({ blocked: text })} />
      <RangeField label={text.skipped} value={skipped} onChange={(text) => change({ skipped: text })} />
    </RiskDialog>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function RangeField({ label, value, onChange }: FieldProps) {
  const text = useText().threatProtection;
  const common = useText().common;
  const fault = rangesFault(value);
  const errorText =
    fault && ("line" in fault ? text.rangeFault(fault.line) : text.tooManyRanges(common.number(fault.count)));
  return (
    <FormField label={label} constraintText={text.rangesHint} errorText={errorText}>
      <Textarea value={value} rows={4} onChange={({ detail }) => onChange(detail.value)} />
    </FormField>
  );
}
