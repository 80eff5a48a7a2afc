import { DeleteGroupCommand } from "@aws-sdk/client-cognito-identity-provider";
import { inPool } from "../api/aws.ts";
import { useText } from "../i18n/text.tsx";
import { DeleteDialog } from "./delete-dialog.tsx";
import type { DeleteAnswers } from "./list-page.tsx";

interface Props extends DeleteAnswers {
  readonly poolId: string;
  readonly groupName: string;
}

export function DeleteGroupDialog({ poolId, groupName, ...answers }: Props) {
  const text = useText().groups;
  const command = () => new DeleteGroupCommand({ UserPoolId: poolId, GroupName: groupName });
  return (
    <DeleteDialog
      title={text.deleteTitle}
      question={text.deleteQuestion(groupName)}
      deleted={text.deleted(groupName)}
      onDelete={() => inPool(poolId, (client) => client.send(command()))}
      {...answers}
    />
  );
}
