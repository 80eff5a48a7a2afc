import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminUserGlobalSignOutCommand,
  type CognitoIdentityProviderClient,
  type UserType,
} from "@aws-sdk/client-cognito-identity-provider";
import Box from "@cloudscape-design/components/box";
import { inPool } from "../api/aws.ts";
import { useFlash } from "../app/flashes.tsx";
import { usePool } from "../app/pool.tsx";
import { useText } from "../i18n/text.tsx";
import { userLabel } from "../rules/user-label.ts";
import { ActionDialog, Warning } from "./confirm.tsx";
import { ValueList } from "./key-values.tsx";

interface Target {
  readonly UserPoolId: string;
  readonly Username: string;
}

const actions = {
  disable: (client: CognitoIdentityProviderClient, user: Target) =>
    client.send(new AdminDisableUserCommand(user)),
  enable: (client: CognitoIdentityProviderClient, user: Target) =>
    client.send(new AdminEnableUserCommand(user)),
  signOut: (client: CognitoIdentityProviderClient, user: Target) =>
    client.send(new AdminUserGlobalSignOutCommand(user)),
  delete: (client: CognitoIdentityProviderClient, user: Target) =>
    client.send(new AdminDeleteUserCommand(user)),
};

export type BulkAction = keyof typeof actions;
export const bulkActions = Object.keys(actions) as BulkAction[];

/** How many names the dialog shows. */
const MAX_SHOWN = 10;

interface Props {
  readonly action: BulkAction;
  readonly users: readonly UserType[];
  readonly onDismiss: () => void;
  /** Called also when some could not be done. */
  readonly onDone: () => void;
}

/** Does the same to each of several users, one after the other. */
export function BulkUsersDialog({ action, users, onDismiss, onDone }: Props) {
  const { pool } = usePool();
  const text = useText().bulk;
  const show = useFlash();
  const labels = users.map((user) => userLabel(pool, user));
  return (
    <ActionDialog
      title={text.actions[action]}
      confirmLabel={text.actions[action]}
      {...(action === "delete" ? { typed: text.typedToDelete } : {})}
      onDismiss={onDismiss}
      onConfirm={async () => {
        const failures: unknown[] = [];
        for (const { Username = "" } of users) {
          await inPool(pool.Id ?? "", (client) =>
            actions[action](client, { UserPoolId: pool.Id ?? "", Username }),
          ).catch((error) => failures.push(error));
        }
        onDone();
        if (failures.length > 0) {
          const [first] = failures;
          throw new Error(text.failed(failures.length, users.length, String(first)));
        }
        show("success", text.done[action](users.length));
      }}
    >
      {action === "delete" ? (
        <Warning>{text.questions.delete(users.length)}</Warning>
      ) : (
        <div>{text.questions[action](users.length)}</div>
      )}
      <div>
        <ValueList values={labels.slice(0, MAX_SHOWN)} />
        {labels.length > MAX_SHOWN && <Box>{text.more(labels.length - MAX_SHOWN)}</Box>}
      </div>
    </ActionDialog>
  );
}
