import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { isEmailAddress } from "../../../../src/user-pools/attributes/values.ts";
import { useText } from "../../i18n/text.tsx";
import type { Challenge } from "../../sign-in/sign-in.ts";
import type { TotpSetup } from "../../sign-in/totp.ts";
import { AuthenticatorForm } from "./authenticator-form.tsx";

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
  if (setup !== undefined) return <AuthenticatorForm {...props} setup={setup} />;
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
