import { DeleteUserPoolClientCommand } from "@aws-sdk/client-cognito-identity-provider";
import { inPool } from "../api/aws.ts";
import { useFlash } from "../app/flashes.tsx";
import { useText } from "../i18n/text.tsx";
import { ActionDialog, Warning } from "./confirm.tsx";

interface Props {
  readonly poolId: string;
  readonly clientId: string;
  readonly name: string;
  readonly onDismiss: () => void;
  readonly onDeleted: () => void;
}

export function DeleteClientDialog({ poolId, clientId, name, onDismiss, onDeleted }: Props) {
  const text = useText().appClients;
  const common = useText().common;
  const show = useFlash();
  return (
    <ActionDialog
      title={text.deleteTitle}
      confirmLabel={common.delete}
      typed={name}
      onDismiss={onDismiss}
      onConfirm={async () => {
        await inPool(poolId, (client) =>
          client.send(new DeleteUserPoolClientCommand({ UserPoolId: poolId, ClientId: clientId })),
        );
        show("success", text.deleted(name));
        onDeleted();
      }}
    >
      <Warning>{text.deleteWarning(name)}</Warning>
    </ActionDialog>
  );
}
