import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import { usePool } from "../../app/pool.tsx";
import { useText } from "../../i18n/text.tsx";
import {
  addOnsOf,
  modesOf,
  type ProtectionMode,
  protectionModes,
} from "../../rules/security/risk-configuration.ts";
import { KeyValues } from "../basics/key-values.tsx";
import { SettingPanel } from "../basics/setting-panel.tsx";
import { useFormValues } from "../basics/use-form-values.ts";
import { UpdatePoolDialog } from "../pools/pool-choices.tsx";

/** How far threat protection goes, for standard and for custom sign-ins. */
export function ProtectionModePanel() {
  const { pool } = usePool();
  const text = useText().threatProtection;
  const { mode, customMode } = modesOf(pool.UserPoolAddOns);
  return (
    <SettingPanel
      title={text.mode}
      description={text.modeDescription}
      dialog={(onDismiss) => <ModeDialog onDismiss={onDismiss} />}
    >
      <KeyValues
        columns={2}
        items={[
          { label: text.standard, value: text.modes[mode].label },
          { label: text.custom, value: text.modes[mode === "OFF" ? mode : customMode].label },
        ]}
      />
    </SettingPanel>
  );
}

function ModeDialog({ onDismiss }: { readonly onDismiss: () => void }) {
  const { pool } = usePool();
  const text = useText().threatProtection;
  const { values, change, mergedWith } = useFormValues(
    () => modesOf(pool.UserPoolAddOns),
    { mode: text.standard, customMode: text.custom },
    {
      kinds: [{ field: "mode", off: "OFF", parts: ["customMode"] }],
      texts: {
        mode: (value) => text.modes[value].label,
        customMode: (value) => text.modes[value].label,
      },
    },
  );
  return (
    <UpdatePoolDialog
      title={text.mode}
      saved={text.modeSaved}
      values={values}
      changes={(current) => ({ UserPoolAddOns: addOnsOf(mergedWith(modesOf(current.UserPoolAddOns))) })}
      onDismiss={onDismiss}
    >
      <ModeField label={text.standard} value={values.mode} onChange={(mode) => change({ mode })} />
      {values.mode !== "OFF" && (
        <ModeField
          label={text.custom}
          description={text.customHint}
          value={values.customMode}
          onChange={(customMode) => change({ customMode })}
        />
      )}
    </UpdatePoolDialog>
  );
}

interface FieldProps {
  readonly label: string;
  readonly description?: string;
  readonly value: ProtectionMode;
  readonly onChange: (mode: ProtectionMode) => void;
}

function ModeField({ label, description, value, onChange }: FieldProps) {
  const { modes } = useText().threatProtection;
  return (
    <FormField label={label} description={description}>
      <RadioGroup
        value={value}
        items={protectionModes.map((mode) => ({ value: mode, ...modes[mode] }))}
        onChange={({ detail }) => onChange(protectionModes.find((mode) => mode === detail.value) ?? value)}
      />
    </FormField>
  );
}
