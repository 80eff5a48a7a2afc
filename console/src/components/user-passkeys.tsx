import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { control } from "../api/control.ts";
import { useLoad } from "../api/load.ts";
import { useFlash } from "../app/flashes.tsx";
import { useText } from "../i18n/text.tsx";
import { ActionDialog } from "./confirm.tsx";
import { Empty } from "./loading.tsx";
import { ProblemAlert } from "./problem.tsx";
import { Time } from "./time.tsx";

interface Passkey {
  readonly credentialId: string;
  readonly friendlyName: string;
  readonly relyingPartyId: string;
  readonly createdAt: number;
}

interface Props {
  readonly poolId: string;
  readonly sub: string;
}

const pathOf = ({ poolId, sub }: Props) =>
  `user-pools/${encodeURIComponent(poolId)}/users/${encodeURIComponent(sub)}/passkeys`;

/** The passkeys that a user can sign in with. */
export function UserPasskeys(props: Props) {
  const text = useText().passkeys;
  const common = useText().common;
  const show = useFlash();
  const loaded = useLoad(["passkeys", props.poolId, props.sub], () =>
    control<{ passkeys: readonly Passkey[] }>("GET", pathOf(props)),
  );
  const [deleted, setDeleted] = useState<Passkey>();
  const passkeys = loaded.value?.passkeys ?? [];
  return (
    <>
      <Table
        items={passkeys}
        trackBy="credentialId"
        enableKeyboardNavigation
        loading={loaded.isLoading}
        loadingText={common.loading}
        ariaLabels={{ tableLabel: text.title }}
        header={
          <Header counter={`(${common.number(passkeys.length)})`} description={text.description}>
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
        empty={
          loaded.error === undefined ? (
            <Empty title={text.none} />
          ) : (
            <ProblemAlert error={loaded.error} onRetry={loaded.reload} />
          )
        }
      />
      {deleted && (
        <ActionDialog
          title={text.deleteTitle}
          confirmLabel={common.delete}
          onDismiss={() => setDeleted(undefined)}
          onConfirm={async () => {
            await control("DELETE", `${pathOf(props)}/${encodeURIComponent(deleted.credentialId)}`);
            show("success", text.deleted(deleted.friendlyName));
            loaded.reload();
          }}
        >
          {text.deleteQuestion}
        </ActionDialog>
      )}
    </>
  );
}
