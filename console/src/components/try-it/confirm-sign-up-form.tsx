import type { CodeDeliveryDetailsType } from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useText } from "../../i18n/text.tsx";

interface Props {
  readonly delivery: CodeDeliveryDetailsType | undefined;
  readonly isRunning: boolean;
  readonly onSubmit: (code: string) => void;
  readonly onResend: () => void;
}

/** The code that confirms a sign-up. */
export function ConfirmSignUpForm({ delivery, isRunning, onSubmit, onResend }: Props) {
  const text = useText().tryIt;
  const [code, setCode] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim() !== "") onSubmit(code.trim());
      }}
    >
      <SpaceBetween size="l">
        <FormField
          label={text.code}
          description={delivery?.Destination && text.codeSentTo(delivery.Destination)}
        >
          <Input
            value={code}
            inputMode="numeric"
            autoComplete="one-time-code"
            onChange={({ detail }) => setCode(detail.value)}
          />
        </FormField>
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="primary" loading={isRunning} disabled={code.trim() === ""}>
            {text.confirm}
          </Button>
          <Button variant="link" formAction="none" disabled={isRunning} onClick={onResend}>
            {text.resend}
          </Button>
        </SpaceBetween>
      </SpaceBetween>
    </form>
  );
}
