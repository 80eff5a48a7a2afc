import { DeleteUserPoolClientCommand } from "@aws-sdk/client-cognito-identity-provider";
import { inPool } from "../../api/aws.ts";
import { useText } from "../../i18n/text.tsx";
import { DeleteDialog } from "../lists/delete-dialog.tsx";
import type { DeleteAnswers } from "../lists/list-page.tsx";

interface Props extends DeleteAnswers {
  readonly poolId: string;
  readonly clientId: string;
  readonly name: string;
}

export const deleteClient = (UserPoolId: string, ClientId: string) =>
  inPool(UserPoolId, (client) => client.send(new DeleteUserPoolClientCommand({ UserPoolId, ClientId })));

export function DeleteClientDialog({ poolId, clientId, name, ...answers }: Props) {
  const text = useText().appClients;
  return (
    <DeleteDialog
      title={text.deleteTitle}
      question={text.deleteWarning(name)}
      typed={name}
      deleted={text.deleted(name)}
      onDelete={() => deleteClient(poolId, clientId)}
      {...answers}
    />
  );
}
