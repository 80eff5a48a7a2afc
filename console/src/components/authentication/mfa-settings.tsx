import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import { useFlash } from "../../app/flashes.tsx";
import { usePool } from "../../app/pool.tsx";
import { useText } from "../../i18n/text.tsx";
import {
  mfaFactors,
  mfaFault,
  mfaModes,
  mfaRequest,
  mfaValuesOf,
  smsConfigurationOf,
} from "../../rules/authentication/security-settings.ts";
import { SMS_ROLE_NAME, smsRole } from "../../rules/iam/service-roles.ts";
import { Choices } from "../basics/choices.tsx";
import { ActionDialog } from "../basics/confirm.tsx";
import { ValueList } from "../basics/key-values.tsx";
import { useFormValues } from "../basics/use-form-values.ts";
import { ServiceRoleFields, useServiceRole } from "../iam/service-role.tsx";
import { type MfaConfigDialogProps, MfaConfigPanel } from "./mfa-config-panel.tsx";

/** Whether the pool asks for a second factor, and which. */
export function MfaSettings() {
  const text = useText().mfaSettings;
  return (
    <MfaConfigPanel
      title={text.title}
      description={text.description}
      items={(config) => {
        const { mode, factors } = mfaValuesOf(config);
        const methods = factors.map((factor) => text.factors[factor]);
        return [
          { label: text.enforcement, value: text.modes[mode].label },
          { label: text.methods, value: methods.length === 0 ? "–" : <ValueList values={methods} /> },
        ];
      }}
      dialog={(props) => <MfaDialog {...props} />}
    />
  );
}

function MfaDialog({ config, onDismiss, onSave }: MfaConfigDialogProps) {
  const { pool } = usePool();
  const text = useText().mfaSettings;
  const common = useText().common;
  const show = useFlash();
  const { values, change, mergedWith } = useFormValues(
    () => mfaValuesOf(config),
    { mode: text.enforcement, factors: text.methods },
    {
      kinds: [{ field: "mode", off: "OFF", parts: ["factors"] }],
      texts: {
        mode: (value) => text.modes[value].label,
        factors: (value) => value.map((factor) => text.factors[factor]).join(common.comma) || "–",
      },
    },
  );
  const { mode, factors } = values;
  const isOn = mode !== "OFF";
  const fault = mfaFault(pool, values);
  // Later the role is changed with the SMS configuration.
  const asksForRole = isOn && factors.includes("sms") && smsConfigurationOf(pool, config) === undefined;
  const role = useServiceRole(asksForRole ? SMS_ROLE_NAME : undefined);
  const isRoleValid = !asksForRole || role.isValid;
  return (
    <ActionDialog
      title={text.title}
      confirmLabel={common.saveChanges}
      values={{ values, role: role.changes }}
      isValid={fault === undefined && isRoleValid}
      isLoading={role.isLoading}
      onDismiss={onDismiss}
      onConfirm={async () => {
        const smsRoleArn = asksForRole ? await role.arnOf(smsRole("sns", "")) : undefined;
        await onSave((current, currentPool) =>
          mfaRequest(currentPool, current, mergedWith(mfaValuesOf(current)), smsRoleArn),
        );
        show("success", text.saved);
      }}
    >
      <FormField label={text.enforcement}>
        <RadioGroup
          value={mode}
          items={mfaModes.map((value) => ({ value, ...text.modes[value] }))}
          onChange={({ detail }) =>
            change({ mode: mfaModes.find((known) => known === detail.value) ?? "OFF" })
          }
        />
      </FormField>
      {isOn && (
        <FormField label={text.methods} errorText={fault && text.faults[fault]}>
          <Choices
            values={mfaFactors}
            chosen={factors}
            nameOf={(factor) => text.factors[factor]}
            descriptionOf={(factor) => text.factorHints[factor]}
            onChange={(chosen) => change({ factors: chosen })}
          />
        </FormField>
      )}
      {asksForRole && <ServiceRoleFields role={role} label={text.smsRole} hint={text.smsRoleHint} wasTried />}
    </ActionDialog>
  );
}
