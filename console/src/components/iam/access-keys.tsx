import {
  type AccessKey,
  type AccessKeyLastUsed,
  type AccessKeyMetadata,
  CreateAccessKeyCommand,
  DeleteAccessKeyCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import { loadAccessKeys } from "../../api/iam.ts";
import { inIam } from "../../api/iam-client.ts";
import { useLoad } from "../../api/load.ts";
import { useFlash } from "../../app/flashes.tsx";
import { useSession } from "../../app/session.tsx";
import { useText } from "../../i18n/text.tsx";
import { credentialsText } from "../../rules/iam/aws-profile.ts";
import { RevealedSecret } from "../app-clients/client-secrets.tsx";
import { CloseDialog } from "../basics/close-dialog.tsx";
import { Code } from "../basics/code.tsx";
import { ActionDialog, Warning } from "../basics/confirm.tsx";
import { Copyable } from "../basics/copyable.tsx";
import { KeyValues } from "../basics/key-values.tsx";
import { Empty } from "../basics/loading.tsx";
import { Time } from "../basics/time.tsx";
import { DeleteDialog } from "../lists/delete-dialog.tsx";
import { LoadedTable } from "../lists/loaded-table.tsx";

/** A user has at most this many, so that one can be replaced. */
const MAX_KEYS = 2;

type KeyAction = "create" | "switch" | "delete";

export function AccessKeys({ userName }: { readonly userName: string }) {
  const text = useText().iam;
  const common = useText().common;
  const show = useFlash();
  const [open, setOpen] = useState<{ action: KeyAction; key?: AccessKeyMetadata }>();
  const [created, setCreated] = useState<AccessKey>();
  const dismiss = () => setOpen(undefined);
  const id = open?.key?.AccessKeyId ?? "";
  const isActive = open?.key?.Status === "Active";
  const loaded = useLoad(["accessKeys", userName], () => loadAccessKeys(userName));
  const onChanged = loaded.reload;
  const keys = loaded.value ?? [];
  return (
    <>
      <LoadedTable
        loaded={loaded}
        items={keys}
        trackBy="AccessKeyId"
        enableKeyboardNavigation
        loading={loaded.isLoading && loaded.value === undefined}
        ariaLabels={{ tableLabel: text.accessKeys }}
        header={
          <Header
            {...(loaded.value && { counter: `(${keys.length})` })}
            actions={
              <Button
                disabled={keys.length >= MAX_KEYS}
                disabledReason={text.mostKeys}
                onClick={() => setOpen({ action: "create" })}
              >
                {text.createAccessKey}
              </Button>
            }
          >
            {text.accessKeys}
          </Header>
        }
        columnDefinitions={[
          {
            id: "id",
            header: text.accessKeyId,
            isRowHeader: true,
            cell: ({ AccessKeyId = "" }) => <Copyable value={AccessKeyId} label={text.accessKeyId} />,
          },
          {
            id: "status",
            header: text.status,
            cell: ({ Status }) => (
              <StatusIndicator type={Status === "Active" ? "success" : "stopped"}>
                {Status === "Active" ? common.active : common.inactive}
              </StatusIndicator>
            ),
          },
          { id: "created", header: common.created, cell: ({ CreateDate }) => <Time at={CreateDate} /> },
          {
            id: "used",
            header: text.lastUsed,
            cell: ({ lastUsed }) => (lastUsed === undefined ? "–" : <LastUse of={lastUsed} />),
          },
          {
            id: "actions",
            header: common.actions,
            minWidth: 190,
            cell: (key) => (
              <SpaceBetween direction="horizontal" size="s">
                <Button variant="inline-link" onClick={() => setOpen({ action: "switch", key })}>
                  {key.Status === "Active" ? text.deactivate : text.activate}
                </Button>
                <Button variant="inline-link" onClick={() => setOpen({ action: "delete", key })}>
                  {common.delete}
                </Button>
              </SpaceBetween>
            ),
          },
        ]}
        none={<Empty title={text.noAccessKeys} />}
      />
      {open?.action === "create" && (
        <ActionDialog
          title={text.createAccessKey}
          confirmLabel={text.createAccessKey}
          onDismiss={dismiss}
          onConfirm={async () => {
            const answer = await inIam((client) =>
              client.send(new CreateAccessKeyCommand({ UserName: userName })),
            );
            setCreated(answer.AccessKey);
            onChanged();
          }}
        >
          {text.createAccessKeyQuestion(userName)}
        </ActionDialog>
      )}
      {open?.action === "switch" && (
        <ActionDialog
          title={isActive ? text.deactivate : text.activate}
          confirmLabel={isActive ? text.deactivate : text.activate}
          onDismiss={dismiss}
          onConfirm={async () => {
            await inIam((client) =>
              client.send(
                new UpdateAccessKeyCommand({
                  UserName: userName,
                  AccessKeyId: id,
                  Status: isActive ? "Inactive" : "Active",
                }),
              ),
            );
            show("success", isActive ? text.keyDeactivated(id) : text.keyActivated(id));
            onChanged();
          }}
        >
          {isActive ? text.deactivateQuestion(id) : text.activateQuestion(id)}
        </ActionDialog>
      )}
      {open?.action === "delete" && (
        <DeleteDialog
          title={text.deleteAccessKey}
          question={<Warning>{text.deleteAccessKeyWarning(id)}</Warning>}
          deleted={text.keyDeleted(id)}
          onDelete={() =>
            inIam((client) =>
              client.send(new DeleteAccessKeyCommand({ UserName: userName, AccessKeyId: id })),
            )
          }
          onDismiss={dismiss}
          onDeleted={onChanged}
        />
      )}
      {created && <CreatedKey created={created} onDismiss={() => setCreated(undefined)} />}
    </>
  );
}

function LastUse({ of: { LastUsedDate, ServiceName } }: { readonly of: AccessKeyLastUsed }) {
  const text = useText().iam;
  if (LastUsedDate === undefined) return text.neverUsed;
  return (
    <SpaceBetween size="xxxs">
      <Time at={LastUsedDate} />
      {ServiceName}
    </SpaceBetween>
  );
}

/** The only time that the secret is shown. */
function CreatedKey({ created, onDismiss }: { readonly created: AccessKey; readonly onDismiss: () => void }) {
  const text = useText().iam;
  const { me } = useSession();
  const { AccessKeyId = "", SecretAccessKey = "", UserName = "" } = created;
  const [isTextShown, setTextShown] = useState(false);
  return (
    <CloseDialog title={text.keyCreated} size="large" onDismiss={onDismiss}>
      <Alert type="warning">{text.secretOnce}</Alert>
      <KeyValues
        columns={2}
        items={[
          { label: text.accessKeyId, value: <Copyable value={AccessKeyId} label={text.accessKeyId} /> },
          {
            label: text.secretAccessKey,
            value: <RevealedSecret secret={SecretAccessKey} label={text.secretAccessKey} />,
          },
        ]}
      />
      <Button onClick={() => setTextShown(!isTextShown)}>{text.showCredentialsText}</Button>
      {isTextShown && (
        <Code label={text.credentialsFile}>
          {credentialsText({
            profile: UserName,
            accessKeyId: AccessKeyId,
            secretAccessKey: SecretAccessKey,
            region: me.region,
            endpoint: me.endpoint,
          })}
        </Code>
      )}
    </CloseDialog>
  );
}
