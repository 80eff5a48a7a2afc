import Alert from "@cloudscape-design/components/alert";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import { useFlash } from "../../app/flashes.tsx";
import { usePool } from "../../app/pool.tsx";
import { useText } from "../../i18n/text.tsx";
import { mfaRequest, mfaValuesOf } from "../../rules/authentication/security-settings.ts";
import {
  isRelyingPartyId,
  passkeyFactors,
  passkeyValuesOf,
  userVerifications,
  webAuthnConfiguration,
} from "../../rules/authentication/sign-in-policy.ts";
import { ActionDialog } from "../basics/confirm.tsx";
import { useFormValues } from "../basics/use-form-values.ts";
import { type MfaConfigDialogProps, MfaConfigPanel } from "./mfa-config-panel.tsx";

/** The site of passkeys, whether they ask for a fingerprint, a face or a PIN, and for how many factors they count. */
export function PasskeySettings() {
  const text = useText().passkeySettings;
  return (
    <MfaConfigPanel
      title={text.title}
      description={text.description}
      items={(config) => {
        const { relyingPartyId, userVerification, factor } = passkeyValuesOf(config);
        return [
          { label: text.relyingParty, value: relyingPartyId || text.relyingPartyDefault },
          { label: text.userVerification, value: text.verifications[userVerification].label },
          { label: text.factor, value: text.factors[factor].label },
        ];
      }}
      dialog={(props) => <PasskeyDialog {...props} />}
    />
  );
}

function PasskeyDialog({ config, onDismiss, onSave }: MfaConfigDialogProps) {
  const { pool } = usePool();
  const text = useText().passkeySettings;
  const common = useText().common;
  const show = useFlash();
  const { values, change, mergedWith } = useFormValues(() => passkeyValuesOf(config), {
    relyingPartyId: text.relyingParty,
    userVerification: text.userVerification,
    factor: text.factor,
  });
  const { relyingPartyId, userVerification, factor } = values;
  const isValid = relyingPartyId === "" || isRelyingPartyId(relyingPartyId);
  return (
    <ActionDialog
      title={text.title}
      confirmLabel={common.saveChanges}
      values={values}
      isValid={isValid}
      onDismiss={onDismiss}
      onConfirm={async () => {
        await onSave((current, currentPool) => ({
          ...mfaRequest(currentPool, current, mfaValuesOf(current)),
          WebAuthnConfiguration: webAuthnConfiguration(current, mergedWith(passkeyValuesOf(current))),
        }));
        show("success", text.saved);
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
          onChange={({ detail }) => change({ relyingPartyId: detail.value.trim() })}
        />
      </FormField>
      <FormField label={text.userVerification}>
        <RadioGroup
          value={userVerification}
          items={userVerifications.map((value) => ({ value, ...text.verifications[value] }))}
          onChange={({ detail }) =>
            change({
              userVerification: userVerifications.find((known) => known === detail.value) ?? userVerification,
            })
          }
        />
      </FormField>
      <FormField label={text.factor}>
        <RadioGroup
          value={factor}
          items={passkeyFactors.map((value) => ({ value, ...text.factors[value] }))}
          onChange={({ detail }) =>
            change({ factor: passkeyFactors.find((known) => known === detail.value) ?? factor })
          }
        />
      </FormField>
      {pool.MfaConfiguration === "ON" && factor === "SINGLE_FACTOR" && (
        <Alert type="info">{text.singleFactorHint}</Alert>
      )}
    </ActionDialog>
  );
}
