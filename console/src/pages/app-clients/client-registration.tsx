import type { UserPoolClientDescription } from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { usePages } from "../../api/pages.ts";
import { registeredClientsOf } from "../../api/pool-features.ts";
import { paths } from "../../app/paths.ts";
import { DeleteClientDialog } from "../../components/app-clients/delete-client.tsx";
import { RegistrationSettings } from "../../components/app-clients/registration-settings.tsx";
import { Copyable } from "../../components/basics/copyable.tsx";
import { Empty } from "../../components/basics/loading.tsx";
import { PageHeader } from "../../components/basics/page-header.tsx";
import { PagedTable } from "../../components/lists/paged-table.tsx";
import { useText } from "../../i18n/text.tsx";

/** App clients that applications register themselves: the settings, and the registered clients. */
export default function ClientRegistration({ poolId }: { readonly poolId: string }) {
  const text = useText().poolFeatures.registration;
  return (
    <ContentLayout header={<PageHeader title={text.title} description={text.description} />}>
      <SpaceBetween size="l">
        <RegistrationSettings />
        <RegisteredClients poolId={poolId} />
      </SpaceBetween>
    </ContentLayout>
  );
}

function RegisteredClients({ poolId }: { readonly poolId: string }) {
  const text = useText().poolFeatures.registration;
  const clients = useText().appClients;
  const common = useText().common;
  const [deleted, setDeleted] = useState<UserPoolClientDescription>();
  const list = usePages(["registered clients", poolId], registeredClientsOf(poolId), 20);
  return (
    <>
      <PagedTable
        variant="container"
        list={list}
        label={text.clients}
        keyOf={({ ClientId = "" }) => ClientId}
        nameOf={({ ClientName = "" }) => ClientName}
        header={
          <Header actions={<Button iconName="refresh" ariaLabel={common.refresh} onClick={list.reload} />}>
            {text.clients}
          </Header>
        }
        columns={[
          {
            id: "name",
            header: clients.name,
            isRowHeader: true,
            cell: ({ ClientId = "", ClientName }) => (
              <Link href={paths.appClient(poolId, ClientId)}>{ClientName}</Link>
            ),
          },
          {
            id: "id",
            header: clients.id,
            cell: ({ ClientId = "" }) => <Copyable value={ClientId} label={clients.id} />,
          },
          {
            id: "actions",
            header: common.actions,
            cell: (client) => (
              <Button
                variant="inline-link"
                ariaLabel={`${clients.deleteTitle}: ${client.ClientName}`}
                onClick={() => setDeleted(client)}
              >
                {common.delete}
              </Button>
            ),
          },
        ]}
        empty={<Empty title={text.none} />}
      />
      {deleted && (
        <DeleteClientDialog
          poolId={poolId}
          clientId={deleted.ClientId ?? ""}
          name={deleted.ClientName ?? ""}
          onDismiss={() => setDeleted(undefined)}
          onDeleted={list.reload}
        />
      )}
    </>
  );
}
