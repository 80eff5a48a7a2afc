import type { AuthFactorType, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { usePool } from "../../app/pool.tsx";
import { useText } from "../../i18n/text.tsx";
import { choosableFactors, firstFactorsOf, policiesWith } from "../../rules/authentication/sign-in-policy.ts";
import { Choices } from "../basics/choices.tsx";
import { KeyValues, ValueList } from "../basics/key-values.tsx";
import { SettingPanel } from "../basics/setting-panel.tsx";
import { useFormValues } from "../basics/use-form-values.ts";
import { UpdatePoolDialog } from "../pools/pool-choices.tsx";

/** The first factors that choice-based sign-in offers. */
export function FirstFactors() {
  const { pool } = usePool();
  const text = useText().firstFactors;
  const labels: Readonly<Record<string, string>> = text.factors;
  return (
    <SettingPanel
      title={text.title}
      description={text.description}
      dialog={(onDismiss) => <FirstFactorsDialog onDismiss={onDismiss} />}
    >
      <KeyValues
        columns={2}
        items={[
          {
            label: text.choices,
            value: <ValueList values={firstFactorsOf(pool).map((factor) => labels[factor] ?? factor)} />,
          },
        ]}
      />
    </SettingPanel>
  );
}

function choosableValuesOf(pool: UserPoolType): { readonly factors: readonly AuthFactorType[] } {
  return { factors: choosableFactors.filter((factor) => firstFactorsOf(pool).includes(factor)) };
}

function FirstFactorsDialog({ onDismiss }: { readonly onDismiss: () => void }) {
  const { pool } = usePool();
  const text = useText().firstFactors;
  const { values, setValues, mergedWith } = useFormValues(() => choosableValuesOf(pool), {
    factors: text.choices,
  });
  const { factors } = values;
  const needsSms = factors.includes("SMS_OTP") && pool.SmsConfiguration === undefined;
  return (
    <UpdatePoolDialog
      title={text.title}
      saved={text.saved}
      values={values}
      changes={(current) => ({
        Policies: policiesWith(current, mergedWith(choosableValuesOf(current)).factors),
      })}
      isValid={!needsSms}
      onDismiss={onDismiss}
    >
      <FormField
        label={text.choices}
        description={text.choicesHint}
        errorText={needsSms ? text.needsSms : undefined}
      >
        <SpaceBetween size="xs">
          <Checkbox checked disabled>
            {text.factors.PASSWORD}
          </Checkbox>
          <Choices
            values={choosableFactors}
            chosen={factors}
            nameOf={(factor) => text.factors[factor]}
            onChange={(chosen) => setValues({ factors: chosen })}
          />
        </SpaceBetween>
      </FormField>
    </UpdatePoolDialog>
  );
}
