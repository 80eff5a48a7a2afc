import { type AuthFactorType, UpdateUserPoolCommand } from "@aws-sdk/client-cognito-identity-provider";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { inPool } from "../api/aws.ts";
import { useFlash } from "../app/flashes.tsx";
import { usePool } from "../app/pool.tsx";
import { useText } from "../i18n/text.tsx";
import { choosableFactors, firstFactorsOf, policiesWith } from "../rules/sign-in-policy.ts";
import { poolUpdate } from "../rules/update-user-pool.ts";
import { ActionDialog } from "./confirm.tsx";
import { KeyValues, ValueList } from "./key-values.tsx";
import { SettingPanel } from "./setting-panel.tsx";

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

function FirstFactorsDialog({ onDismiss }: { readonly onDismiss: () => void }) {
  const { pool, reload } = usePool();
  const text = useText().firstFactors;
  const common = useText().common;
  const show = useFlash();
  const [factors, setFactors] = useState<readonly AuthFactorType[]>(() => firstFactorsOf(pool));
  return (
    <ActionDialog
      title={text.title}
      confirmLabel={common.saveChanges}
      onDismiss={onDismiss}
      onConfirm={async () => {
        const update = poolUpdate(pool, { Policies: policiesWith(pool, factors) });
        await inPool(pool.Id ?? "", (client) => client.send(new UpdateUserPoolCommand(update)));
        show("success", text.saved);
        reload();
      }}
    >
      <FormField label={text.choices} description={text.choicesHint}>
        <SpaceBetween size="xs">
          <Checkbox checked disabled>
            {text.factors.PASSWORD}
          </Checkbox>
          {choosableFactors.map((factor) => (
            <Checkbox
              key={factor}
              checked={factors.includes(factor)}
              onChange={({ detail }) =>
                setFactors(
                  choosableFactors.filter((other) =>
                    other === factor ? detail.checked : factors.includes(other),
                  ),
                )
              }
            >
              {text.factors[factor]}
            </Checkbox>
          ))}
        </SpaceBetween>
      </FormField>
    </ActionDialog>
  );
}
