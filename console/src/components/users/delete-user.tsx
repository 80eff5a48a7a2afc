import { AdminDeleteUserCommand, AdminDisableUserCommand } from "@aws-sdk/client-cognito-identity-provider";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { inPool } from "../../api/aws.ts";
import { useText } from "../../i18n/text.tsx";
import { ActionDialog, Warning } from "../basics/confirm.tsx";
import { useDeletion } from "../lists/deletion.ts";

interface Props {
  readonly poolId: string;
  readonly username: string;
  /** The name or address that people know the user by; the person types it to confirm. */
  readonly label: string;
  readonly isEnabled: boolean;
  readonly onDismiss: () => void;
  readonly onDeleted: () => void;
}

/** Deletes a user. As in AWS's console, access is taken away first, in the same dialog, and the name is typed. */
export function DeleteUserDialog({ poolId, username, label, isEnabled, onDismiss, onDeleted }: Props) {
  const text = useText().users;
  const remove = useDeletion();
  const [willDisable, setWillDisable] = useState(false);
  return (
    <ActionDialog
      title={text.deleteTitle}
      confirmLabel={text.delete}
      typed={label}
      values={undefined}
      isValid={!isEnabled || willDisable}
      onDismiss={onDismiss}
      onConfirm={async () => {
        const disableAndDelete = () =>
          inPool(poolId, async (client) => {
            const user = { UserPoolId: poolId, Username: username };
            if (isEnabled) await client.send(new AdminDisableUserCommand(user));
            await client.send(new AdminDeleteUserCommand(user));
          });
        await remove(disableAndDelete, text.deleted(label));
        onDeleted();
      }}
    >
      {(wasTried) => (
        <SpaceBetween size="m">
          <Warning>{text.deleteWarning(label)}</Warning>
          {isEnabled && (
            <FormField errorText={wasTried && !willDisable ? text.disableFirstFault : undefined}>
              <Checkbox checked={willDisable} onChange={({ detail }) => setWillDisable(detail.checked)}>
                {text.disableFirst}
              </Checkbox>
            </FormField>
          )}
        </SpaceBetween>
      )}
    </ActionDialog>
  );
}
