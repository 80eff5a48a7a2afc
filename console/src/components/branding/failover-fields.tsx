import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { regionOf } from "../../api/aws.ts";
import { usePool } from "../../app/pool.tsx";
import { regions } from "../../app/regions.ts";
import { useText } from "../../i18n/text.tsx";
import { type FailoverValues, isFailoverWhole } from "../../rules/branding/domains.ts";

interface Props {
  readonly values: FailoverValues;
  readonly wasTried: boolean;
  readonly onChange: (values: FailoverValues) => void;
}

/** Which Region answers for a custom domain while the primary one is not healthy. */
export function FailoverFields({ values, wasTried, onChange }: Props) {
  const { pool } = usePool();
  const text = useText().poolFeatures.failover;
  const own = regionOf(pool.Id ?? "");
  const none = { value: "", label: text.none };
  const asOption = (value: string) => ({ value, label: value });
  return (
    <SpaceBetween size="m">
      <FormField label={text.title} description={text.description}>
        <Select
          selectedOption={values.region === "" ? none : asOption(values.region)}
          options={[
            none,
            ...regions(own)
              .filter((region) => region !== own)
              .map(asOption),
          ]}
          onChange={({ detail }) => {
            const region = detail.selectedOption.value ?? "";
            onChange({ region, healthCheck: region === "" ? "" : values.healthCheck });
          }}
        />
      </FormField>
      {values.region !== "" && (
        <FormField
          label={text.healthCheck}
          errorText={
            isFailoverWhole(values) || (values.healthCheck === "" && !wasTried)
              ? undefined
              : text.healthCheckFault
          }
        >
          <Input
            value={values.healthCheck}
            autoComplete={false}
            spellcheck={false}
            onChange={({ detail }) => onChange({ ...values, healthCheck: detail.value.trim() })}
          />
        </FormField>
      )}
    </SpaceBetween>
  );
}
