/** Settings of a pool that are one choice each, changed by UpdateUserPool. */
import type { UserPoolTierType, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { updatePool } from "../../api/pools.ts";
import { useFlash } from "../../app/flashes.tsx";
import { usePool } from "../../app/pool.tsx";
import { useText } from "../../i18n/text.tsx";
import {
  deviceConfiguration,
  deviceModes,
  deviceValuesOf,
  recoveryOptionOf,
  recoveryOptions,
  recoverySetting,
  verificationChanges,
  verificationOf,
} from "../../rules/authentication/security-settings.ts";
import { ActionDialog } from "../basics/confirm.tsx";
import { KeyValues } from "../basics/key-values.tsx";
import { SettingPanel } from "../basics/setting-panel.tsx";
import { useFormValues } from "../basics/use-form-values.ts";

interface UpdateProps {
  readonly title: string;
  readonly saved: string;
  /** The settings that the dialog changes, for the pool as it is when they are saved. */
  readonly changes: Parameters<typeof updatePool>[1];
  /** Whether every field is valid. */
  readonly isValid?: boolean;
  readonly isLoading?: boolean;
  /** What the person edits. */
  readonly values: object;
  readonly size?: "medium" | "large";
  readonly onDismiss: () => void;
  readonly children: ReactNode | ((wasTried: boolean) => ReactNode);
}

/** A dialog that saves settings of the pool by UpdateUserPool. */
export function UpdatePoolDialog({
  title,
  saved,
  changes,
  isValid = true,
  isLoading = false,
  values,
  size = "medium",
  onDismiss,
  children,
}: UpdateProps) {
  const { pool, reload } = usePool();
  const common = useText().common;
  const show = useFlash();
  return (
    <ActionDialog
      title={title}
      size={size}
      confirmLabel={common.saveChanges}
      isValid={isValid}
      isLoading={isLoading}
      values={values}
      onDismiss={onDismiss}
      onConfirm={async () => {
        await updatePool(pool.Id ?? "", changes);
        show("success", saved);
        reload();
      }}
    >
      {children}
    </ActionDialog>
  );
}

/** How a user with a forgotten password recovers the account. */
export function AccountRecovery() {
  const { pool } = usePool();
  const text = useText().accountRecovery;
  return (
    <SettingPanel
      title={text.title}
      description={text.description}
      dialog={(onDismiss) => <RecoveryDialog onDismiss={onDismiss} />}
    >
      <KeyValues items={[{ label: text.method, value: text.options[recoveryOptionOf(pool)] }]} />
    </SettingPanel>
  );
}

function RecoveryDialog({ onDismiss }: { readonly onDismiss: () => void }) {
  const { pool } = usePool();
  const text = useText().accountRecovery;
  const valuesOf = (of: UserPoolType) => ({ option: recoveryOptionOf(of) });
  const { values, setValues, mergedWith } = useFormValues(
    () => valuesOf(pool),
    { option: text.method },
    { texts: { option: (value) => text.options[value] } },
  );
  const { option } = values;
  return (
    <UpdatePoolDialog
      title={text.title}
      saved={text.saved}
      values={values}
      changes={(current) => ({
        AccountRecoverySetting: recoverySetting(mergedWith(valuesOf(current)).option),
      })}
      onDismiss={onDismiss}
    >
      <FormField label={text.method}>
        <RadioGroup
          value={option}
          items={recoveryOptions.map((value) => ({ value, label: text.options[value] }))}
          onChange={({ detail }) =>
            setValues({ option: recoveryOptions.find((known) => known === detail.value) ?? option })
          }
        />
      </FormField>
    </UpdatePoolDialog>
  );
}

/** Whether devices are remembered. */
export function DeviceTracking() {
  const { pool } = usePool();
  const common = useText().common;
  const text = useText().deviceTracking;
  const { mode, replacesMfa } = deviceValuesOf(pool);
  return (
    <SettingPanel
      title={text.title}
      description={text.description}
      dialog={(onDismiss) => <DeviceDialog onDismiss={onDismiss} />}
    >
      <KeyValues
        columns={2}
        items={[
          { label: text.mode, value: text.modes[mode] },
          { label: text.replacesMfa, value: mode === "off" ? "–" : replacesMfa ? common.yes : common.no },
        ]}
      />
    </SettingPanel>
  );
}

function DeviceDialog({ onDismiss }: { readonly onDismiss: () => void }) {
  const { pool } = usePool();
  const text = useText().deviceTracking;
  const { values, change, mergedWith } = useFormValues(
    () => deviceValuesOf(pool),
    {
      mode: text.mode,
      replacesMfa: text.replacesMfa,
    },
    { texts: { mode: (value) => text.modes[value] } },
  );
  return (
    <UpdatePoolDialog
      title={text.title}
      saved={text.saved}
      values={values}
      changes={(current) => ({
        DeviceConfiguration: deviceConfiguration(mergedWith(deviceValuesOf(current))),
      })}
      onDismiss={onDismiss}
    >
      <FormField label={text.mode}>
        <RadioGroup
          value={values.mode}
          items={deviceModes.map((value) => ({ value, label: text.modes[value] }))}
          onChange={({ detail }) =>
            change({ mode: deviceModes.find((known) => known === detail.value) ?? "off" })
          }
        />
      </FormField>
      {values.mode !== "off" && (
        <Checkbox
          checked={values.replacesMfa}
          onChange={({ detail }) => change({ replacesMfa: detail.checked })}
        >
          {text.replacesMfa}
        </Checkbox>
      )}
    </UpdatePoolDialog>
  );
}

/** Which addresses are verified by a code at sign-up and when they change. */
export function AttributeVerification() {
  const { pool } = usePool();
  const common = useText().common;
  const text = useText().attributeVerification;
  const { email, phoneNumber, keepsOriginal } = verificationOf(pool);
  const attributes = [...(email ? [text.email] : []), ...(phoneNumber ? [text.phoneNumber] : [])];
  return (
    <SettingPanel
      title={text.title}
      description={text.description}
      dialog={(onDismiss) => <VerificationDialog onDismiss={onDismiss} />}
    >
      <KeyValues
        columns={2}
        items={[
          {
            label: text.attributes,
            value: attributes.length === 0 ? text.none : attributes.join(common.comma),
          },
          { label: text.keepsOriginal, value: keepsOriginal ? common.yes : common.no },
        ]}
      />
    </SettingPanel>
  );
}

function VerificationDialog({ onDismiss }: { readonly onDismiss: () => void }) {
  const { pool } = usePool();
  const text = useText().attributeVerification;
  const { values, change, mergedWith } = useFormValues(() => verificationOf(pool), {
    email: text.email,
    phoneNumber: text.phoneNumber,
    keepsOriginal: text.keepsOriginal,
  });
  const options = [
    ["email", text.email],
    ["phoneNumber", text.phoneNumber],
  ] as const;
  const verifiesNothing = !values.email && !values.phoneNumber;
  const needsSms = values.phoneNumber && pool.SmsConfiguration === undefined;
  return (
    <UpdatePoolDialog
      title={text.title}
      saved={text.saved}
      values={values}
      changes={(current) => verificationChanges(mergedWith(verificationOf(current)))}
      isValid={!needsSms}
      onDismiss={onDismiss}
    >
      <FormField
        label={text.attributes}
        description={text.attributesHint}
        errorText={needsSms ? text.needsSms : undefined}
      >
        <SpaceBetween size="xs">
          {options.map(([name, label]) => (
            <Checkbox
              key={name}
              checked={values[name]}
              onChange={({ detail }) => change({ [name]: detail.checked })}
            >
              {label}
            </Checkbox>
          ))}
        </SpaceBetween>
      </FormField>
      <Checkbox
        checked={values.keepsOriginal && !verifiesNothing}
        disabled={verifiesNothing}
        description={text.keepsOriginalHint}
        onChange={({ detail }) => change({ keepsOriginal: detail.checked })}
      >
        {text.keepsOriginal}
      </Checkbox>
    </UpdatePoolDialog>
  );
}

const tiers: readonly UserPoolTierType[] = ["LITE", "ESSENTIALS", "PLUS"];

function planOf({ UserPoolTier = "ESSENTIALS" }: UserPoolType): { readonly tier: UserPoolTierType } {
  return { tier: UserPoolTier };
}

/** The plan that says which features the pool may use. */
export function FeaturePlan() {
  const { pool } = usePool();
  const text = useText().featurePlan;
  const { tier } = planOf(pool);
  return (
    <SettingPanel
      title={text.title}
      description={text.description}
      dialog={(onDismiss) => <PlanDialog onDismiss={onDismiss} />}
    >
      <KeyValues items={[{ label: text.current, value: text.tiers[tier].label }]} />
    </SettingPanel>
  );
}

function PlanDialog({ onDismiss }: { readonly onDismiss: () => void }) {
  const { pool } = usePool();
  const text = useText().featurePlan;
  const { values, setValues, mergedWith } = useFormValues(
    () => planOf(pool),
    { tier: text.current },
    { texts: { tier: (value) => text.tiers[value].label } },
  );
  const { tier } = values;
  return (
    <UpdatePoolDialog
      title={text.title}
      saved={text.saved}
      values={values}
      changes={(current) => ({ UserPoolTier: mergedWith(planOf(current)).tier })}
      onDismiss={onDismiss}
    >
      <FormField label={text.current}>
        <RadioGroup
          value={tier}
          items={tiers.map((value) => ({ value, ...text.tiers[value] }))}
          onChange={({ detail }) =>
            setValues({ tier: tiers.find((known) => known === detail.value) ?? tier })
          }
        />
      </FormField>
    </UpdatePoolDialog>
  );
}
