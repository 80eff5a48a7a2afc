import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useText } from "../../i18n/text.tsx";
import { defaultPolicy } from "../../rules/authentication/password.ts";
import { type PolicyValues, policyFaults } from "../../rules/authentication/password-policy.ts";

interface Props {
  readonly values: PolicyValues;
  readonly onChange: (values: PolicyValues) => void;
}

export function PasswordPolicyFields({ values, onChange }: Props) {
  const text = useText().passwordPolicy;
  const faults = policyFaults(values);
  const change = (changes: Partial<PolicyValues>) => onChange({ ...values, ...changes });
  const isCustom = values.mode === "custom";
  const shown = isCustom ? values.policy : defaultPolicy;
  const requirements = [
    ["RequireNumbers", text.contains.number],
    ["RequireSymbols", text.contains.symbol],
    ["RequireUppercase", text.contains.uppercase],
    ["RequireLowercase", text.contains.lowercase],
  ] as const;
  return (
    <SpaceBetween size="l">
      <FormField label={text.mode}>
        <RadioGroup
          value={values.mode}
          onChange={({ detail }) => change({ mode: detail.value === "custom" ? "custom" : "defaults" })}
          items={[
            { value: "defaults", label: text.defaults, description: text.defaultsHint },
            { value: "custom", label: text.custom, description: text.customHint },
          ]}
        />
      </FormField>
      <FormField
        label={text.minimumLength}
        constraintText={faults.minimumLength ? undefined : text.minimumLengthRule}
        errorText={faults.minimumLength ? text.minimumLengthRule : undefined}
      >
        <Input
          value={isCustom ? values.minimumLength : String(defaultPolicy.MinimumLength)}
          disabled={!isCustom}
          inputMode="numeric"
          autoComplete={false}
          onChange={({ detail }) => change({ minimumLength: detail.value })}
        />
      </FormField>
      <FormField label={text.requirements}>
        <SpaceBetween size="xs">
          {requirements.map(([name, label]) => (
            <Checkbox
              key={name}
              checked={shown[name]}
              disabled={!isCustom}
              onChange={({ detail }) => change({ policy: { ...values.policy, [name]: detail.checked } })}
            >
              {label}
            </Checkbox>
          ))}
        </SpaceBetween>
      </FormField>
      <FormField
        label={text.validity}
        constraintText={faults.validityDays ? undefined : text.validityRule}
        errorText={faults.validityDays ? text.validityRule : undefined}
      >
        <Input
          value={values.validityDays}
          inputMode="numeric"
          autoComplete={false}
          onChange={({ detail }) => change({ validityDays: detail.value })}
        />
      </FormField>
      <FormField
        label={text.history}
        constraintText={faults.historySize ? undefined : text.historyRule}
        errorText={faults.historySize ? text.historyRule : undefined}
      >
        <Input
          value={values.historySize}
          inputMode="numeric"
          autoComplete={false}
          onChange={({ detail }) => change({ historySize: detail.value })}
        />
      </FormField>
    </SpaceBetween>
  );
}
