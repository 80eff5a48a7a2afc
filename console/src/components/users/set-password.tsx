import { AdminSetUserPasswordCommand } from "@aws-sdk/client-cognito-identity-provider";
import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { inPool } from "../../api/aws.ts";
import { useFlash } from "../../app/flashes.tsx";
import { usePool } from "../../app/pool.tsx";
import { useText } from "../../i18n/text.tsx";
import { passwordFaults, passwordPolicyOf } from "../../rules/authentication/password.ts";
import { ActionDialog } from "../basics/confirm.tsx";
import { NewPasswordField } from "../basics/password-field.tsx";

interface Props {
  readonly poolId: string;
  readonly username: string;
  readonly label: string;
  readonly onDismiss: () => void;
  readonly onDone: () => void;
}

/** Sets a user's password, which AWS's console does not offer. */
export function SetPasswordDialog({ poolId, username, label, onDismiss, onDone }: Props) {
  const { pool } = usePool();
  const text = useText().user;
  const show = useFlash();
  const policy = passwordPolicyOf(pool.Policies?.PasswordPolicy);
  const [password, setPassword] = useState("");
  const [isPermanent, setPermanent] = useState(true);
  return (
    <ActionDialog
      title={text.actions.setPassword}
      confirmLabel={text.verbs.setPassword}
      values={{ password, isPermanent }}
      isValid={passwordFaults(password, policy).length === 0}
      onDismiss={onDismiss}
      onConfirm={async () => {
        await inPool(poolId, (client) =>
          client.send(
            new AdminSetUserPasswordCommand({
              UserPoolId: poolId,
              Username: username,
              Password: password,
              Permanent: isPermanent,
            }),
          ),
        );
        show("success", text.done.setPassword(label));
        onDone();
      }}
    >
      {(wasTried) => (
        <SpaceBetween size="m">
          <FormField label={text.passwordKind}>
            <RadioGroup
              value={isPermanent ? "permanent" : "temporary"}
              onChange={({ detail }) => setPermanent(detail.value === "permanent")}
              items={[
                { value: "permanent", label: text.permanent, description: text.permanentHint },
                { value: "temporary", label: text.temporary, description: text.temporaryHint },
              ]}
            />
          </FormField>
          <NewPasswordField
            label={text.newPassword}
            value={password}
            onChange={setPassword}
            policy={policy}
            wasTried={wasTried}
          />
        </SpaceBetween>
      )}
    </ActionDialog>
  );
}
