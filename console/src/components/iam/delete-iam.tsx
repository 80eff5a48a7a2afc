import {
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { wasDeletedBefore } from "../../api/errors.ts";
import { hasConsolePassword, loadAccessKeys, loadPolicies } from "../../api/iam.ts";
import { inIam } from "../../api/iam-client.ts";
import { together } from "../../api/together.ts";
import { useText } from "../../i18n/text.tsx";
import { DeleteDialog } from "../lists/delete-dialog.tsx";
import type { DeleteAnswers } from "../lists/list-page.tsx";

/**
 * Deletes a user. The API requires that its keys, policies and password are deleted first. Somebody else may have deleted one
 * of them since they were listed.
 */
export function DeleteIamUserDialog({ userName, ...answers }: DeleteAnswers & { userName: string }) {
  const text = useText().iam;
  return (
    <DeleteDialog
      title={text.deleteUser}
      question={text.deleteUserWarning(userName)}
      typed={userName}
      deleted={text.userDeleted(userName)}
      onDelete={async () => {
        const [policies, accessKeys, hasPassword] = await together([
          loadPolicies({ kind: "user", name: userName }),
          loadAccessKeys(userName),
          hasConsolePassword(userName),
        ]);
        await inIam(async (client) => {
          const UserName = userName;
          for (const { PolicyArn } of policies.attached)
            await wasDeletedBefore(() => client.send(new DetachUserPolicyCommand({ UserName, PolicyArn })));
          for (const PolicyName of policies.inline)
            await wasDeletedBefore(() => client.send(new DeleteUserPolicyCommand({ UserName, PolicyName })));
          for (const { AccessKeyId } of accessKeys)
            await wasDeletedBefore(() => client.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId })));
          if (hasPassword)
            await wasDeletedBefore(() => client.send(new DeleteLoginProfileCommand({ UserName })));
          await client.send(new DeleteUserCommand({ UserName }));
        });
      }}
      {...answers}
    />
  );
}

/** The same for a role. */
export function DeleteIamRoleDialog({ roleName, ...answers }: DeleteAnswers & { roleName: string }) {
  const text = useText().iam;
  return (
    <DeleteDialog
      title={text.deleteRole}
      question={text.deleteRoleWarning(roleName)}
      typed={roleName}
      deleted={text.roleDeleted(roleName)}
      onDelete={async () => {
        const policies = await loadPolicies({ kind: "role", name: roleName });
        await inIam(async (client) => {
          const RoleName = roleName;
          for (const { PolicyArn } of policies.attached)
            await wasDeletedBefore(() => client.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })));
          for (const PolicyName of policies.inline)
            await wasDeletedBefore(() => client.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })));
          await client.send(new DeleteRoleCommand({ RoleName }));
        });
      }}
      {...answers}
    />
  );
}
