import {
  AdminDeleteUserCommand,
  type CognitoIdentityProviderClient,
  type UserType,
} from "@aws-sdk/client-cognito-identity-provider";
import { inPool } from "../../api/aws.ts";
import { wasDeletedBefore } from "../../api/errors.ts";
import { usePool } from "../../app/pool.tsx";
import { useText } from "../../i18n/text.tsx";
import { userLabel } from "../../rules/users/user-label.ts";
import { Warning } from "../basics/confirm.tsx";
import { BulkDialog } from "../lists/bulk-dialog.tsx";
import { type ActionTarget, adminActions } from "./admin-actions.ts";

const actions = {
  ...adminActions,
  delete: (client: CognitoIdentityProviderClient, user: ActionTarget) =>
    wasDeletedBefore(() => client.send(new AdminDeleteUserCommand(user))),
};

export type BulkAction = keyof typeof actions;
export const bulkActions = Object.keys(actions) as BulkAction[];

interface Props {
  readonly action: BulkAction;
  readonly users: readonly UserType[];
  readonly onDismiss: () => void;
  /** Called also when some could not be done. */
  readonly onDone: () => void;
}

/** Does the same to each of several users. */
export function BulkUsersDialog({ action, users, onDismiss, onDone }: Props) {
  const { pool } = usePool();
  const text = useText().bulk;
  const UserPoolId = pool.Id ?? "";
  return (
    <BulkDialog
      title={text.actions[action]}
      confirmLabel={text.actions[action]}
      items={users}
      labelOf={(user) => userLabel(pool, user)}
      question={(count) =>
        action === "delete" ? (
          <Warning>{text.questions.delete(count)}</Warning>
        ) : (
          <div>{text.questions[action](count)}</div>
        )
      }
      isTyped={action === "delete"}
      act={({ Username = "" }) =>
        inPool<unknown>(UserPoolId, (client) => actions[action](client, { UserPoolId, Username }))
      }
      done={text.done[action]}
      onDismiss={onDismiss}
      onDone={onDone}
    />
  );
}
