import {
  type AuthFactorType,
  GetUserPoolMfaConfigCommand,
  type GetUserPoolMfaConfigCommandOutput,
  SetUserPoolMfaConfigCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { inPool } from "../api/aws.ts";
import { useLoad } from "../api/load.ts";
import { useFlash } from "../app/flashes.tsx";
import { usePool } from "../app/pool.tsx";
import { useText } from "../i18n/text.tsx";
import { mfaRequest, mfaValuesOf } from "../rules/security-settings.ts";
import {
  choosableFactors,
  firstFactorsOf,
  isRelyingPartyId,
  passkeyValuesOf,
  policiesWith,
  webAuthnConfiguration,
} from "../rules/sign-in-policy.ts";
import { poolUpdate } from "../rules/update-user-pool.ts";
import { ActionDialog } from "./confirm.tsx";
import { KeyValues, ValueList } from "./key-values.tsx";
import { Loading } from "./loading.tsx";
import { SettingPanel } from "./setting-panel.tsx";

/** What users may choose from as their first factor in choice-based sign-in. */
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

/** For which site passkeys are made, and whether they ask for a fingerprint, a face or a PIN. */
export function PasskeySettings() {
  const { pool, reload } = usePool();
  const text = useText().passkeySettings;
  const poolId = pool.Id ?? "";
  const loaded = useLoad(["mfaConfig", poolId], () =>
    inPool(poolId, (client) => client.send(new GetUserPoolMfaConfigCommand({ UserPoolId: poolId }))),
  );
  return (
    <SettingPanel
      title={text.title}
      description={text.description}
      dialog={(onDismiss) =>
        loaded.value && (
          <PasskeyDialog
            config={loaded.value}
            onDismiss={onDismiss}
            onSaved={() => {
              loaded.reload();
              reload();
            }}
          />
        )
      }
    >
      <Loading loaded={loaded}>
        {(config) => {
          const { relyingPartyId, userVerification } = passkeyValuesOf(config);
          return (
            <KeyValues
              columns={2}
              items={[
                { label: text.relyingParty, value: relyingPartyId || text.relyingPartyDefault },
                { label: text.userVerification, value: text.verifications[userVerification].label },
              ]}
            />
          );
        }}
      </Loading>
    </SettingPanel>
  );
}

interface PasskeyDialogProps {
  readonly config: GetUserPoolMfaConfigCommandOutput;
  readonly onDismiss: () => void;
  readonly onSaved: () => void;
}

function PasskeyDialog({ config, onDismiss, onSaved }: PasskeyDialogProps) {
  const { pool } = usePool();
  const text = useText().passkeySettings;
  const common = useText().common;
  const show = useFlash();
  const [values, setValues] = useState(() => passkeyValuesOf(config));
  const { relyingPartyId, userVerification } = values;
  const isValid = relyingPartyId === "" || isRelyingPartyId(relyingPartyId);
  return (
    <ActionDialog
      title={text.title}
      confirmLabel={common.saveChanges}
      isDisabled={!isValid}
      onDismiss={onDismiss}
      onConfirm={async () => {
        const request = {
          ...mfaRequest(pool, config, mfaValuesOf(pool, config)),
          WebAuthnConfiguration: webAuthnConfiguration(config, values),
        };
        await inPool(pool.Id ?? "", (client) => client.send(new SetUserPoolMfaConfigCommand(request)));
        show("success", text.saved);
        onSaved();
      }}
    >
      <FormField
        label={text.relyingParty}
        description={text.relyingPartyHint}
        errorText={isValid ? undefined : text.relyingPartyFault}
      >
        <Input
          value={relyingPartyId}
          placeholder="localhost"
          autoComplete={false}
          spellcheck={false}
          onChange={({ detail }) => setValues({ ...values, relyingPartyId: detail.value.trim() })}
        />
      </FormField>
      <FormField label={text.userVerification}>
        <RadioGroup
          value={userVerification}
          items={(["preferred", "required"] as const).map((value) => ({
            value,
            ...text.verifications[value],
          }))}
          onChange={({ detail }) =>
            setValues({ ...values, userVerification: detail.value === "required" ? "required" : "preferred" })
          }
        />
      </FormField>
    </ActionDialog>
  );
}
