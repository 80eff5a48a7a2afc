import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { usePool } from "../../app/pool.tsx";
import { useText } from "../../i18n/text.tsx";
import { type TotpSetup, totpUri } from "../../sign-in/totp.ts";
import { Copyable } from "../basics/copyable.tsx";
import { useFirstField } from "./first-field.ts";
import { QrCode } from "./qr-code.tsx";

interface Props {
  readonly setup: TotpSetup;
  readonly username: string;
  readonly isRunning: boolean;
  readonly onVerify: (code: string) => void;
}

/** The secret for an authenticator app, and the code by which the app proves that it has it. */
export function AuthenticatorForm({ setup, username, isRunning, onVerify }: Props) {
  const { pool } = usePool();
  const text = useText().tryIt;
  const [code, setCode] = useState("");
  const form = useFirstField<HTMLFormElement>();
  const isComplete = /^\d{6}$/.test(code.trim());
  return (
    <form
      ref={form}
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
