import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useText } from "../../i18n/text.tsx";
import {
  type CustomAttribute,
  customAttributeFaults,
  customTypes,
} from "../../rules/authentication/custom-attributes.ts";

interface Props {
  readonly attribute: CustomAttribute;
  /** Of the pool's other custom attributes, without their prefix. */
  readonly otherNames: readonly string[];
  readonly onChange: (attribute: CustomAttribute) => void;
  readonly wasTried: boolean;
}

export function CustomAttributeFields({ attribute, otherNames, onChange, wasTried }: Props) {
  const text = useText().signUpSettings;
  const faults = customAttributeFaults(attribute, otherNames);
  const change = (changes: Partial<CustomAttribute>) => onChange({ ...attribute, ...changes });
  const types = customTypes.map((type) => ({ value: type, label: type }));
  const hasRange = attribute.type === "String" || attribute.type === "Number";
  const nameError = () => {
    if (attribute.name === "" && !wasTried) return undefined;
    if (faults.name) return text.nameFault;
    return faults.isTaken ? text.nameTaken : undefined;
  };
  return (
    <SpaceBetween size="m">
      <FormField label={text.name} constraintText={text.nameRule} errorText={nameError()}>
        <Input
          value={attribute.name}
          autoComplete={false}
          onChange={({ detail }) => change({ name: detail.value })}
        />
      </FormField>
      <FormField label={text.type}>
        <Select
          options={types}
          selectedOption={types.find(({ value }) => value === attribute.type) ?? null}
          onChange={({ detail }) =>
            change({ type: customTypes.find((type) => type === detail.selectedOption.value) ?? "String" })
          }
        />
      </FormField>
      {hasRange && (
        <FormField
          label={attribute.type === "String" ? text.lengthRange : text.valueRange}
          errorText={faults.range ? text.rangeFault : undefined}
        >
          <div className="lifetime">
            <Input
              value={attribute.least}
              placeholder={text.least}
              ariaLabel={text.least}
              inputMode="numeric"
              autoComplete={false}
              onChange={({ detail }) => change({ least: detail.value })}
            />
            <Input
              value={attribute.most}
              placeholder={text.most}
              ariaLabel={text.most}
              inputMode="numeric"
              autoComplete={false}
              onChange={({ detail }) => change({ most: detail.value })}
            />
          </div>
        </FormField>
      )}
      <Checkbox
        checked={attribute.isMutable}
        description={text.mutableHint}
        onChange={({ detail }) => change({ isMutable: detail.checked })}
      >
        {text.mutable}
      </Checkbox>
    </SpaceBetween>
  );
}
