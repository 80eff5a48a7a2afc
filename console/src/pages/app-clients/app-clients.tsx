import type { UserPoolClientDescription } from "@aws-sdk/client-cognito-identity-provider";
import { appClientsOf } from "../../api/lists.ts";
import { paths } from "../../app/paths.ts";
import { DeleteClientDialog, deleteClient } from "../../components/app-clients/delete-client.tsx";
import { Copyable } from "../../components/basics/copyable.tsx";
import { BulkDeleteDialog } from "../../components/lists/bulk-delete.tsx";
import { nameColumn } from "../../components/lists/list-columns.tsx";
import { ListPage } from "../../components/lists/list-page.tsx";
import { useText } from "../../i18n/text.tsx";

export default function AppClients({ poolId }: { readonly poolId: string }) {
  const text = useText().appClients;
  return (
    <ListPage
      title={text.title}
      description={text.description}
      kind="clients"
      load={appClientsOf(poolId)}
      of={poolId}
      keyOf={({ ClientId = "" }) => ClientId}
      nameOf={({ ClientName = "" }) => ClientName}
      create={{ label: text.create, href: paths.createAppClient(poolId) }}
      none={{ title: text.none, hint: text.noneHint }}
      find={{
        label: text.find,
        textOf: ({ ClientId = "", ClientName = "" }) => `${ClientId}\n${ClientName}`,
      }}
      columns={[
        nameColumn<UserPoolClientDescription>({
          header: text.name,
          nameOf: ({ ClientName = "" }) => ClientName,
          hrefOf: ({ ClientId = "" }) => paths.appClient(poolId, ClientId),
        }),
        {
          id: "id",
          header: text.id,
          sortBy: ({ ClientId }) => ClientId,
          cell: ({ ClientId = "" }) => <Copyable value={ClientId} label={text.id} />,
        },
      ]}
      deleteDialog={({ ClientId = "", ClientName = "" }, answers) => (
        <DeleteClientDialog poolId={poolId} clientId={ClientId} name={ClientName} {...answers} />
      )}
      deleteSeveral={(clients, answers) => (
        <BulkDeleteDialog
          kind="clients"
          items={clients}
          nameOf={({ ClientId = "", ClientName = "" }) => `${ClientName} (${ClientId})`}
          deleteOne={({ ClientId = "" }) => deleteClient(poolId, ClientId)}
          {...answers}
        />
      )}
    />
  );
}
