import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { isEmailAddress } from "../../../../src/user-pools/attributes/values.ts";
import { usePool } from "../../app/pool.tsx";
import { useText } from "../../i18n/text.tsx";
import type { Challenge } from "../../sign-in/sign-in.ts";
import { type TotpSetup, totpUri } from "../../sign-in/totp.ts";
import { Copyable } from "../basics/copyable.tsx";
import { QrCode } from "./qr-code.tsx";

export interface MfaSetupActions {
  readonly onAssociate: () => void;
  readonly onVerify: (code: string) => void;
  readonly onEmail: (address: string) => void;
}

interface Props extends MfaSetupActions {
  readonly challenge: Challenge;
  /** Once the server has made a secret for the app. */
  readonly setup: TotpSetup | undefined;
  readonly username: string;
  readonly isRunning: boolean;
}

/** MFA_SETUP: an authenticator app or an e-mail address becomes the user's second factor. */
export function MfaSetupForm(props: Props) {
  const { challenge, setup, isRunning } = props;
  const text = useText().tryIt;
  const factors = factorsOf(challenge);
  const [factor, setFactor] = useState(factors[0] ?? "SOFTWARE_TOKEN_MFA");
  const [address, setAddress] = useState("");
  if (setup !== undefined) return <VerifyApp {...props} setup={setup} />;
  const isApp = factor === "SOFTWARE_TOKEN_MFA";
  const labels: Readonly<Record<string, string>> = text.factors;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isApp) props.onAssociate();
        else if (isEmailAddress(address.trim())) props.onEmail(address.trim());
      }}
    >
      <SpaceBetween size="l">
        <FormField label={text.factorToSetUp}>
          <RadioGroup
            value={factor}
            items={factors.map((value) => ({ value, label: labels[value] ?? value }))}
            onChange={({ detail }) => setFactor(detail.value)}
          />
        </FormField>
        {!isApp && (
          <FormField label={text.emailAddress}>
            <Input
              type="email"
              value={address}
              autoComplete={false}
              onChange={({ detail }) => setAddress(detail.value)}
            />
          </FormField>
        )}
        <Button variant="primary" loading={isRunning} disabled={!isApp && !isEmailAddress(address.trim())}>
          {isApp ? text.makeSecret : text.answer}
        </Button>
      </SpaceBetween>
    </form>
  );
}

function factorsOf({ parameters }: Challenge): readonly string[] {
  try {
    return JSON.parse(parameters.MFAS_CAN_SETUP ?? "[]") as string[];
  } catch {
    return [];
  }
}

function VerifyApp({ setup, username, isRunning, onVerify }: Props & { readonly setup: TotpSetup }) {
  const { pool } = usePool();
  const text = useText().tryIt;
  const [code, setCode] = useState("");
  const isComplete = /^\d{6}$/.test(code.trim());
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete) onVerify(code.trim());
      }}
    >
      <SpaceBetween size="l">
        <FormField label={text.scan} description={text.scanHint}>
          <QrCode label={text.scan} text={totpUri(setup.secret, pool.Name ?? "Cognate", username)} />
        </FormField>
        <FormField label={text.secretCode}>
          <Copyable value={setup.secret} label={text.secretCode} />
        </FormField>
        <FormField label={text.appCode}>
          <Input
            value={code}
            inputMode="numeric"
            autoComplete="one-time-code"
            onChange={({ detail }) => setCode(detail.value)}
          />
        </FormField>
        <Button variant="primary" loading={isRunning} disabled={!isComplete}>
          {text.verify}
        </Button>
      </SpaceBetween>
    </form>
  );
}
