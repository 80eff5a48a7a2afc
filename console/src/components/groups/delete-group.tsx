import { DeleteGroupCommand } from "@aws-sdk/client-cognito-identity-provider";
import { inPool } from "../../api/aws.ts";
import { useText } from "../../i18n/text.tsx";
import { DeleteDialog } from "../lists/delete-dialog.tsx";
import type { DeleteAnswers } from "../lists/list-page.tsx";

interface Props extends DeleteAnswers {
  readonly poolId: string;
  readonly groupName: string;
}

export const deleteGroup = (UserPoolId: string, GroupName: string) =>
  inPool(UserPoolId, (client) => client.send(new DeleteGroupCommand({ UserPoolId, GroupName })));

export function DeleteGroupDialog({ poolId, groupName, ...answers }: Props) {
  const text = useText().groups;
  return (
    <DeleteDialog
      title={text.deleteTitle}
      question={text.deleteQuestion(groupName)}
      deleted={text.deleted(groupName)}
      onDelete={() => deleteGroup(poolId, groupName)}
      {...answers}
    />
  );
}
