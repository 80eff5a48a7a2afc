import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import { useMfaConfig } from "../../api/described.ts";
import { usePool } from "../../app/pool.tsx";
import { useText } from "../../i18n/text.tsx";
import { firstFactorsOf } from "../../rules/authentication/sign-in-policy.ts";
import type { Progress, Trial } from "../../sign-in/try-it.ts";
import { AuthenticatorForm } from "./authenticator-form.tsx";
import { PasskeyAddressHint } from "./passkey-form.tsx";

interface Props {
  readonly progress: Progress;
  readonly trial: Trial;
}

/** Additions for the next sign-in of a signed-in user: an authenticator app, this device and a passkey. */
export function SignedInExtras(props: Props) {
  const { pool } = usePool();
  const { step, added = [] } = props.progress;
  if (step.kind !== "tokens") return null;
  const isNewDevice = step.tokens.NewDeviceMetadata !== undefined;
  const allowsPasskeys = firstFactorsOf(pool).includes("WEB_AUTHN");
  const hasMfa = pool.MfaConfiguration !== undefined && pool.MfaConfiguration !== "OFF";
  if (!isNewDevice && !allowsPasskeys && !hasMfa) return null;
  return (
    <SpaceBetween size="l">
      {hasMfa && <NewAuthenticator {...props} isDone={added.includes("app")} />}
      {isNewDevice && <NewDevice {...props} isDone={added.includes("device")} />}
      {allowsPasskeys && <NewPasskey {...props} isDone={added.includes("passkey")} />}
    </SpaceBetween>
  );
}

function NewAuthenticator({ progress, trial, isDone }: Props & { readonly isDone: boolean }) {
  const { pool } = usePool();
  const text = useText().tryIt;
  const { value: config } = useMfaConfig(pool.Id ?? "");
  if (!config?.SoftwareTokenMfaConfiguration?.Enabled) return null;
  return (
    <Container
      header={<Header description={text.authenticatorHint}>{text.factors.SOFTWARE_TOKEN_MFA}</Header>}
    >
      {isDone ? (
        <StatusIndicator type="success">{text.authenticatorAdded}</StatusIndicator>
      ) : progress.setup === undefined ? (
        <Button loading={trial.action.isRunning} onClick={() => trial.associateTotp(progress)}>
          {text.setUpAuthenticator}
        </Button>
      ) : (
        <AuthenticatorForm
          setup={progress.setup}
          username={progress.target.username}
          isRunning={trial.action.isRunning}
          onVerify={(code) => trial.verifyTotp(progress, code)}
        />
      )}
    </Container>
  );
}

function NewDevice({ progress, trial, isDone }: Props & { readonly isDone: boolean }) {
  const text = useText().tryIt;
  const [name, setName] = useState("Cognate console");
  return (
    <Container header={<Header description={text.deviceHint}>{text.device}</Header>}>
      {isDone ? (
        <StatusIndicator type="success">{text.deviceRemembered}</StatusIndicator>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            trial.rememberDevice(progress, name.trim());
          }}
        >
          <SpaceBetween size="m">
            <FormField label={text.deviceName}>
              <Input value={name} autoComplete={false} onChange={({ detail }) => setName(detail.value)} />
            </FormField>
            <Button loading={trial.action.isRunning} disabled={name.trim() === ""}>
              {text.rememberDevice}
            </Button>
          </SpaceBetween>
        </form>
      )}
    </Container>
  );
}

function NewPasskey({ progress, trial, isDone }: Props & { readonly isDone: boolean }) {
  const text = useText().tryIt;
  return (
    <Container header={<Header description={text.passkeyHint}>{text.passkey}</Header>}>
      <SpaceBetween size="m">
        <PasskeyAddressHint />
        {isDone && <StatusIndicator type="success">{text.passkeyRegistered}</StatusIndicator>}
        <Button loading={trial.action.isRunning} onClick={() => trial.registerPasskey(progress)}>
          {text.registerPasskey}
        </Button>
      </SpaceBetween>
    </Container>
  );
}
