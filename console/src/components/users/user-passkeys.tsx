import { AdminSetUserMFAPreferenceCommand } from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import { useState } from "react";
import { inPool } from "../../api/aws.ts";
import { useLoad } from "../../api/load.ts";
import { deleteUserPasskey, getUserPasskeys, type Passkey } from "../../api/user-facts.ts";
import { useFlash } from "../../app/flashes.tsx";
import { useText } from "../../i18n/text.tsx";
import { ActionDialog } from "../basics/confirm.tsx";
import { Empty } from "../basics/loading.tsx";
import { Time } from "../basics/time.tsx";
import { DeleteDialog } from "../lists/delete-dialog.tsx";
import { LoadedTable } from "../lists/loaded-table.tsx";

interface PasskeyUser {
  readonly poolId: string;
  readonly username: string;
  readonly sub: string;
  /** The name or address that people know the user by. */
  readonly label: string;
}

/** The passkeys that a user can sign in with, and whether they count as both factors. */
export function UserPasskeys({ user }: { readonly user: PasskeyUser }) {
  const { poolId, sub } = user;
  const text = useText().passkeys;
  const common = useText().common;
  const loaded = useLoad(["passkeys", poolId, sub], () => getUserPasskeys(poolId, sub));
  const [deleted, setDeleted] = useState<Passkey>();
  const [isSwitching, setSwitching] = useState(false);
  const { passkeys = [], areBothFactors } = loaded.value ?? {};
  const standing = areBothFactors ? text.bothFactors : text.firstFactor;
  return (
    <>
      <LoadedTable
        loaded={loaded}
        items={passkeys}
        trackBy="credentialId"
        enableKeyboardNavigation
        loading={loaded.isLoading}
        ariaLabels={{ tableLabel: text.title }}
        header={
          <Header
            {...(loaded.value && { counter: `(${common.number(passkeys.length)})` })}
            description={areBothFactors === undefined ? text.description : standing}
            actions={
              areBothFactors !== undefined && (
                <Button onClick={() => setSwitching(true)}>
                  {areBothFactors ? text.turnOff : text.turnOn}
                </Button>
              )
            }
          >
            {text.title}
          </Header>
        }
        columnDefinitions={[
          { id: "name", header: text.name, isRowHeader: true, cell: ({ friendlyName }) => friendlyName },
          { id: "site", header: text.site, cell: ({ relyingPartyId }) => relyingPartyId },
          { id: "created", header: common.created, cell: ({ createdAt }) => <Time at={createdAt} /> },
          {
            id: "actions",
            header: common.actions,
            cell: (passkey) => (
              <Button
                variant="inline-link"
                ariaLabel={text.deleteWhat(passkey.friendlyName)}
                onClick={() => setDeleted(passkey)}
              >
                {common.delete}
              </Button>
            ),
          },
        ]}
        none={<Empty title={text.none} />}
      />
      {deleted && (
        <DeleteDialog
          title={text.deleteTitle}
          question={text.deleteQuestion}
          deleted={text.deleted(deleted.friendlyName)}
          onDelete={() => deleteUserPasskey(poolId, sub, deleted.credentialId)}
          onDismiss={() => setDeleted(undefined)}
          onDeleted={loaded.reload}
        />
      )}
      {isSwitching && (
        <PasskeyMfaDialog
          user={user}
          willCount={!areBothFactors}
          onDismiss={() => setSwitching(false)}
          onDone={loaded.reload}
        />
      )}
    </>
  );
}

interface DialogProps {
  readonly user: PasskeyUser;
  readonly willCount: boolean;
  readonly onDismiss: () => void;
  readonly onDone: () => void;
}

function PasskeyMfaDialog({ user, willCount, onDismiss, onDone }: DialogProps) {
  const text = useText().passkeys;
  const show = useFlash();
  const title = willCount ? text.turnOn : text.turnOff;
  return (
    <ActionDialog
      title={title}
      confirmLabel={title}
      onDismiss={onDismiss}
      onConfirm={async () => {
        const command = new AdminSetUserMFAPreferenceCommand({
          UserPoolId: user.poolId,
          Username: user.username,
          WebAuthnMfaSettings: { Enabled: willCount },
        });
        await inPool(user.poolId, (client) => client.send(command));
        show("success", willCount ? text.turnedOn(user.label) : text.turnedOff(user.label));
        onDone();
      }}
    >
      {willCount ? text.turnOnQuestion(user.label) : text.turnOffQuestion(user.label)}
    </ActionDialog>
  );
}
