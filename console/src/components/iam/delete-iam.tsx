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
import { loadIamRole, loadIamUser } from "../../api/iam.ts";
import { inIam } from "../../api/iam-client.ts";
import { useFlash } from "../../app/flashes.tsx";
import { useText } from "../../i18n/text.tsx";
import { ActionDialog, Warning } from "../confirm.tsx";

interface DialogProps {
  readonly onDismiss: () => void;
  readonly onDeleted: () => void;
}

/** Deletes a user. The API requires that its keys, policies and password are deleted first. */
export function DeleteIamUserDialog({ userName, onDismiss, onDeleted }: DialogProps & { userName: string }) {
  const text = useText().iam;
  const common = useText().common;
  const show = useFlash();
  return (
    <ActionDialog
      title={text.deleteUser}
      confirmLabel={common.delete}
      typed={userName}
      onDismiss={onDismiss}
      onConfirm={async () => {
        const { policies, accessKeys, hasPassword } = await loadIamUser(userName);
        await inIam(async (client) => {
          const UserName = userName;
          for (const { PolicyArn } of policies.attached)
            await client.send(new DetachUserPolicyCommand({ UserName, PolicyArn }));
          for (const PolicyName of policies.inline)
            await client.send(new DeleteUserPolicyCommand({ UserName, PolicyName }));
          for (const { AccessKeyId } of accessKeys)
            await client.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
          if (hasPassword) await client.send(new DeleteLoginProfileCommand({ UserName }));
          await client.send(new DeleteUserCommand({ UserName }));
        });
        show("success", text.userDeleted(userName));
        onDeleted();
      }}
    >
      <Warning>{text.deleteUserWarning(userName)}</Warning>
    </ActionDialog>
  );
}

/** The same for a role. */
export function DeleteIamRoleDialog({ roleName, onDismiss, onDeleted }: DialogProps & { roleName: string }) {
  const text = useText().iam;
  const common = useText().common;
  const show = useFlash();
  return (
    <ActionDialog
      title={text.deleteRole}
      confirmLabel={common.delete}
      typed={roleName}
      onDismiss={onDismiss}
      onConfirm={async () => {
        const { policies } = await loadIamRole(roleName);
        await inIam(async (client) => {
          const RoleName = roleName;
          for (const { PolicyArn } of policies.attached)
            await client.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
          for (const PolicyName of policies.inline)
            await client.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
          await client.send(new DeleteRoleCommand({ RoleName }));
        });
        show("success", text.roleDeleted(roleName));
        onDeleted();
      }}
    >
      <Warning>{text.deleteRoleWarning(roleName)}</Warning>
    </ActionDialog>
  );
}
