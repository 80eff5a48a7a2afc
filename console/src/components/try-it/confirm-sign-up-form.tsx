import type { CodeDeliveryDetailsType } from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useText } from "../../i18n/text.tsx";
import { CodeField } from "./code-field.tsx";

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
        <CodeField
          description={delivery?.Destination && text.codeSentTo(delivery.Destination)}
          value={code}
          onChange={setCode}
        />
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
