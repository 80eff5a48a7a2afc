import {
  AddUserPoolClientSecretCommand,
  type ClientSecretDescriptorType,
  DeleteUserPoolClientSecretCommand,
  ListUserPoolClientSecretsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { inPool } from "../../api/aws.ts";
import { useLoad } from "../../api/load.ts";
import { useText } from "../../i18n/text.tsx";
import { CloseDialog } from "../basics/close-dialog.tsx";
import { ActionDialog, Warning } from "../basics/confirm.tsx";
import { Copyable } from "../basics/copyable.tsx";
import { Empty } from "../basics/loading.tsx";
import { Time } from "../basics/time.tsx";
import { DeleteDialog } from "../lists/delete-dialog.tsx";
import { LoadedTable } from "../lists/loaded-table.tsx";

/** A secret that is put into the page on request. */
export function RevealedSecret({ secret, label }: { readonly secret: string; readonly label: string }) {
  const text = useText().common;
  const [isShown, setShown] = useState(false);
  return (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      {isShown ? <Copyable value={secret} label={label} /> : <span aria-hidden="true">••••••••••••</span>}
      <Button variant="inline-link" ariaExpanded={isShown} onClick={() => setShown(!isShown)}>
        {isShown ? text.hideWhat(label) : text.showWhat(label)}
      </Button>
    </SpaceBetween>
  );
}

/** A client has at most this many at once, so that one can be replaced without an interruption. */
const MAX_SECRETS = 2;

interface Props {
  readonly poolId: string;
  readonly clientId: string;
  readonly onChanged: () => void;
}

/** The secrets of a client: a second one is added, clients move over to it, the first is deleted. */
export function ClientSecrets({ poolId, clientId, onChanged }: Props) {
  const text = useText().appClients;
  const common = useText().common;
  const target = { UserPoolId: poolId, ClientId: clientId };
  const [added, setAdded] = useState<string>();
  const [open, setOpen] = useState<"add" | ClientSecretDescriptorType>();
  const loaded = useLoad(["clientSecrets", poolId, clientId], async () => {
    const answer = await inPool(poolId, (client) =>
      client.send(new ListUserPoolClientSecretsCommand({ UserPoolId: poolId, ClientId: clientId })),
    );
    return answer.ClientSecrets ?? [];
  });
  const secrets = loaded.value ?? [];
  const changed = () => {
    loaded.reload();
    onChanged();
  };

  return (
    <>
      <LoadedTable
        loaded={loaded}
        items={secrets}
        trackBy="ClientSecretId"
        enableKeyboardNavigation
        loading={loaded.isLoading}
        ariaLabels={{ tableLabel: text.secrets }}
        header={
          <Header
            description={text.secretsDescription}
            actions={
              <Button
                disabled={secrets.length >= MAX_SECRETS}
                disabledReason={text.mostSecrets}
                onClick={() => setOpen("add")}
              >
                {text.addSecret}
              </Button>
            }
          >
            {text.secrets}
          </Header>
        }
        columnDefinitions={[
          {
            id: "id",
            header: text.secretId,
            isRowHeader: true,
            cell: ({ ClientSecretId }) => ClientSecretId,
          },
          {
            id: "created",
            header: common.created,
            cell: ({ ClientSecretCreateDate }) => <Time at={ClientSecretCreateDate} />,
          },
          {
            id: "delete",
            header: common.actions,
            cell: (secret) => (
              <Button variant="inline-link" disabled={secrets.length < 2} onClick={() => setOpen(secret)}>
                {common.delete}
              </Button>
            ),
          },
        ]}
        none={<Empty title={text.noSecrets} />}
      />
      {open === "add" && (
        <ActionDialog
          title={text.addSecret}
          confirmLabel={text.addSecret}
          onDismiss={() => setOpen(undefined)}
          onConfirm={async () => {
            const answer = await inPool(poolId, (client) =>
              client.send(new AddUserPoolClientSecretCommand(target)),
            );
            setAdded(answer.ClientSecretDescriptor?.ClientSecretValue);
            changed();
          }}
        >
          {text.addSecretQuestion}
        </ActionDialog>
      )}
      {open !== undefined && open !== "add" && (
        <DeleteDialog
          title={text.deleteSecret}
          question={<Warning>{text.deleteSecretWarning}</Warning>}
          deleted={text.secretDeleted}
          onDelete={() =>
            inPool(poolId, (client) =>
              client.send(
                new DeleteUserPoolClientSecretCommand({ ...target, ClientSecretId: open.ClientSecretId }),
              ),
            )
          }
          onDismiss={() => setOpen(undefined)}
          onDeleted={changed}
        />
      )}
      {added !== undefined && <AddedSecret secret={added} onDismiss={() => setAdded(undefined)} />}
    </>
  );
}

function AddedSecret({ secret, onDismiss }: { readonly secret: string; readonly onDismiss: () => void }) {
  const text = useText().appClients;
  return (
    <CloseDialog title={text.secretAdded} onDismiss={onDismiss}>
      <Alert type="info">{text.secretAddedHint}</Alert>
      <RevealedSecret secret={secret} label={text.secret} />
    </CloseDialog>
  );
}
