import type { IssuerType, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import { useLoad } from "../../api/load.ts";
import { usePool } from "../../app/pool.tsx";
import { useText } from "../../i18n/text.tsx";
import { fetchDiscovery } from "../../tokens/discovery.ts";
import { Copyable } from "../basics/copyable.tsx";
import { KeyValues } from "../basics/key-values.tsx";
import { Loading } from "../basics/loading.tsx";
import { SettingPanel } from "../basics/setting-panel.tsx";
import { useFormValues } from "../basics/use-form-values.ts";
import { UpdatePoolDialog } from "../pools/pool-choices.tsx";

const types = ["ORIGINAL", "UPDATED"] as const satisfies readonly IssuerType[];

function issuerValuesOf({ IssuerConfiguration }: UserPoolType): { readonly type: IssuerType } {
  return { type: IssuerConfiguration?.Type ?? "ORIGINAL" };
}

/** Which form of issuer the pool's tokens have. */
export function IssuerSettings() {
  const { pool } = usePool();
  const text = useText().poolFeatures.issuer;
  const poolId = pool.Id ?? "";
  const { type } = issuerValuesOf(pool);
  const discovery = useLoad(["issuer", poolId, type], () => fetchDiscovery(poolId));
  return (
    <SettingPanel
      title={text.title}
      description={text.description}
      dialog={(onDismiss) => <IssuerDialog onDismiss={onDismiss} />}
    >
      <KeyValues
        columns={2}
        items={[
          { label: text.type, value: text.types[type].label },
          {
            label: text.now,
            value: (
              <Loading loaded={discovery}>
                {({ issuer }) => <Copyable value={issuer} label={text.now} />}
              </Loading>
            ),
          },
        ]}
      />
    </SettingPanel>
  );
}

function IssuerDialog({ onDismiss }: { readonly onDismiss: () => void }) {
  const { pool } = usePool();
  const text = useText().poolFeatures.issuer;
  const { values, setValues, mergedWith } = useFormValues(
    () => issuerValuesOf(pool),
    { type: text.type },
    { texts: { type: (value) => text.types[value].label } },
  );
  const { type } = values;
  return (
    <UpdatePoolDialog
      title={text.title}
      saved={text.saved}
      values={values}
      changes={(current) => ({ IssuerConfiguration: { Type: mergedWith(issuerValuesOf(current)).type } })}
      onDismiss={onDismiss}
    >
      <FormField label={text.type} description={text.hint}>
        <RadioGroup
          value={type}
          items={types.map((value) => ({ value, ...text.types[value] }))}
          onChange={({ detail }) => setValues({ type: detail.value === "UPDATED" ? "UPDATED" : "ORIGINAL" })}
        />
      </FormField>
    </UpdatePoolDialog>
  );
}
