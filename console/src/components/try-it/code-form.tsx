import type { CodeDeliveryDetailsType } from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { usePool } from "../../app/pool.tsx";
import { useText } from "../../i18n/text.tsx";
import { passwordFaults, passwordPolicyOf } from "../../rules/authentication/password.ts";
import { NewPasswordField } from "../basics/password-field.tsx";
import { CodeField } from "./code-field.tsx";

interface Props {
  /** Where the code went, as far as the server says. */
  readonly delivery: CodeDeliveryDetailsType | undefined;
  readonly isRunning: boolean;
  readonly onSubmit: (code: string, password: string) => void;
}

/** Another password, by the code that a user was sent. */
export function CodeForm({ delivery, isRunning, onSubmit }: Props) {
  const { pool } = usePool();
  const text = useText().tryIt;
  const policy = passwordPolicyOf(pool.Policies?.PasswordPolicy);
  const [code, setCode] = useState("");
  const [password, setPassword] = useState("");
  const isComplete = code.trim() !== "" && passwordFaults(password, policy).length === 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete) onSubmit(code.trim(), password);
      }}
    >
      <SpaceBetween size="l">
        <CodeField description={text.codeSentTo(delivery?.Destination)} value={code} onChange={setCode} />
        <NewPasswordField
          label={text.newPassword}
          value={password}
          onChange={setPassword}
          policy={policy}
          wasTried={false}
        />
        <Button variant="primary" loading={isRunning} disabled={!isComplete}>
          {text.setPassword}
        </Button>
      </SpaceBetween>
    </form>
  );
}
