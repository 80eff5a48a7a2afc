import {
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  type AdminGetUserCommandOutput,
  AdminResetUserPasswordCommand,
  type CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import { useState } from "react";
import { inPool } from "../../api/aws.ts";
import { useFlash } from "../../app/flashes.tsx";
import { paths } from "../../app/paths.ts";
import { usePool } from "../../app/pool.tsx";
import { useNavigation } from "../../app/router.tsx";
import { useText } from "../../i18n/text.tsx";
import { userLabel } from "../../rules/users/user-label.ts";
import { ActionDialog } from "../basics/confirm.tsx";
import { type ActionTarget, adminActions } from "./admin-actions.ts";
import { DeleteUserDialog } from "./delete-user.tsx";
import { SetPasswordDialog } from "./set-password.tsx";
import { UserMfaDialog } from "./user-mfa.tsx";

/** The actions that need only a confirmation. */
const simpleActions = {
  resetPassword: (client: CognitoIdentityProviderClient, user: ActionTarget) =>
    client.send(new AdminResetUserPasswordCommand(user)),
  resendInvitation: (client: CognitoIdentityProviderClient, user: ActionTarget) =>
    client.send(
      new AdminCreateUserCommand({ ...user, MessageAction: "RESEND", DesiredDeliveryMediums: ["EMAIL"] }),
    ),
  confirm: (client: CognitoIdentityProviderClient, user: ActionTarget) =>
    client.send(new AdminConfirmSignUpCommand(user)),
  ...adminActions,
};

type SimpleAction = keyof typeof simpleActions;
const simpleActionNames = Object.keys(simpleActions) as SimpleAction[];

interface Props {
  readonly poolId: string;
  readonly user: AdminGetUserCommandOutput;
  readonly onChanged: () => void;
}

/** The menu "Actions" of a user, with the dialog of each. */
export function UserActions({ poolId, user, onChanged }: Props) {
  const text = useText().user;
  const mfa = useText().userMfa;
  const show = useFlash();
  const { navigate } = useNavigation();
  const [open, setOpen] = useState<SimpleAction | "setPassword" | "mfa" | "delete">();
  const { pool } = usePool();
  const username = user.Username ?? "";
  const label = userLabel(pool, user);
  const isEnabled = user.Enabled ?? true;
  const dismiss = () => setOpen(undefined);

  const simple = simpleActionNames.find((name) => name === open);
  return (
    <>
      <ButtonDropdown
        items={[
          { id: "setPassword", text: text.actions.setPassword },
          {
            id: "resetPassword",
            text: text.actions.resetPassword,
            disabled: user.UserStatus !== "CONFIRMED" && user.UserStatus !== "RESET_REQUIRED",
            disabledReason: text.resetOnlyConfirmed,
          },
          {
            id: "resendInvitation",
            text: text.actions.resendInvitation,
            disabled: user.UserStatus !== "FORCE_CHANGE_PASSWORD",
            disabledReason: text.resendOnlyBefore,
          },
          {
            id: "confirm",
            text: text.actions.confirm,
            disabled: user.UserStatus !== "UNCONFIRMED",
            disabledReason: text.confirmOnlyUnconfirmed,
          },
          { id: "mfa", text: mfa.edit },
          isEnabled
            ? { id: "disable", text: text.actions.disable }
            : { id: "enable", text: text.actions.enable },
          { id: "signOut", text: text.actions.signOut },
          { id: "delete", text: text.actions.delete },
        ]}
        onItemClick={({ detail }) => setOpen(detail.id as typeof open)}
      >
        {text.actions.menu}
      </ButtonDropdown>
      {simple !== undefined && (
        <ActionDialog
          title={text.actions[simple]}
          confirmLabel={text.verbs[simple]}
          onDismiss={dismiss}
          onConfirm={async () => {
            await inPool(poolId, (client) =>
              simpleActions[simple](client, { UserPoolId: poolId, Username: username }),
            );
            show("success", text.done[simple](label));
            onChanged();
          }}
        >
          {text.questions[simple](label)}
        </ActionDialog>
      )}
      {open === "setPassword" && (
        <SetPasswordDialog
          poolId={poolId}
          username={username}
          label={label}
          onDismiss={dismiss}
          onDone={onChanged}
        />
      )}
      {open === "mfa" && <UserMfaDialog user={user} onDismiss={dismiss} onDone={onChanged} />}
      {open === "delete" && (
        <DeleteUserDialog
          poolId={poolId}
          username={username}
          label={label}
          isEnabled={isEnabled}
          onDismiss={dismiss}
          onDeleted={() => navigate(paths.users(poolId))}
        />
      )}
    </>
  );
}
