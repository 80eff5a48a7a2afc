import type { KeyConfigurationType, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { usePool } from "../../app/pool.tsx";
import { useText } from "../../i18n/text.tsx";
import { isKmsKeyArn } from "../../rules/pools/pool-features.ts";
import { KeyValues } from "../basics/key-values.tsx";
import { SettingPanel } from "../basics/setting-panel.tsx";
import { useFormValues } from "../basics/use-form-values.ts";
import { UpdatePoolDialog } from "./pool-choices.tsx";

const types = ["AWS_OWNED_KEY", "CUSTOMER_MANAGED_KEY"] as const;

interface KeyFormValues {
  readonly type: (typeof types)[number];
  readonly arn: string;
}

function keyValuesOf({ KeyConfiguration }: UserPoolType): KeyFormValues {
  return { type: KeyConfiguration?.KeyType ?? "AWS_OWNED_KEY", arn: KeyConfiguration?.KmsKeyArn ?? "" };
}

function keyConfiguration({ type, arn }: KeyFormValues): KeyConfigurationType {
  return { KeyType: type, ...(type === "CUSTOMER_MANAGED_KEY" && { KmsKeyArn: arn }) };
}

/** The KMS key that the pool names. */
export function EncryptionKey() {
  const { pool } = usePool();
  const text = useText().poolFeatures.encryption;
  const { type, arn } = keyValuesOf(pool);
  return (
    <SettingPanel
      title={text.title}
      description={text.description}
      dialog={(onDismiss) => <KeyDialog onDismiss={onDismiss} />}
    >
      <KeyValues
        columns={2}
        items={[
          { label: text.type, value: text.types[type].label },
          { label: text.arn, value: <span className="wrap-anywhere">{arn || "–"}</span> },
        ]}
      />
    </SettingPanel>
  );
}

function KeyDialog({ onDismiss }: { readonly onDismiss: () => void }) {
  const { pool } = usePool();
  const text = useText().poolFeatures.encryption;
  const { values, change, mergedWith } = useFormValues(
    () => keyValuesOf(pool),
    { type: text.type, arn: text.arn },
    {
      kinds: [{ field: "type", parts: ["arn"] }],
      texts: { type: (value) => text.types[value].label },
    },
  );
  const { type, arn } = values;
  const isManaged = type === "CUSTOMER_MANAGED_KEY";
  const isValid = !isManaged || isKmsKeyArn(arn);
  return (
    <UpdatePoolDialog
      title={text.title}
      saved={text.saved}
      values={values}
      changes={(current) => ({ KeyConfiguration: keyConfiguration(mergedWith(keyValuesOf(current))) })}
      isValid={isValid}
      onDismiss={onDismiss}
    >
      {(wasTried) => (
        <SpaceBetween size="m">
          <FormField label={text.type} description={text.hint}>
            <RadioGroup
              value={type}
              items={types.map((value) => ({ value, ...text.types[value] }))}
              onChange={({ detail }) =>
                change({
                  type: detail.value === "CUSTOMER_MANAGED_KEY" ? "CUSTOMER_MANAGED_KEY" : "AWS_OWNED_KEY",
                })
              }
            />
          </FormField>
          {isManaged && (
            <FormField
              label={text.arn}
              errorText={isValid || (arn === "" && !wasTried) ? undefined : text.arnFault}
            >
              <Input
                value={arn}
                placeholder="arn:aws:kms:us-east-1:123456789012:key/id"
                autoComplete={false}
                spellcheck={false}
                onChange={({ detail }) => change({ arn: detail.value.trim() })}
              />
            </FormField>
          )}
        </SpaceBetween>
      )}
    </UpdatePoolDialog>
  );
}
