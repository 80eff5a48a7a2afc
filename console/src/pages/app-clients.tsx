import Link from "@cloudscape-design/components/link";
import { appClientsOf } from "../api/lists.ts";
import { paths } from "../app/paths.ts";
import { Copyable } from "../components/copyable.tsx";
import { DeleteClientDialog } from "../components/delete-client.tsx";
import { ListPage } from "../components/list-page.tsx";
import { useText } from "../i18n/text.tsx";

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
        {
          id: "name",
          header: text.name,
          isRowHeader: true,
          cell: ({ ClientId = "", ClientName }) => (
            <Link href={paths.appClient(poolId, ClientId)}>{ClientName}</Link>
          ),
        },
        {
          id: "id",
          header: text.id,
          cell: ({ ClientId = "" }) => <Copyable value={ClientId} label={text.id} />,
        },
      ]}
      deleteDialog={({ ClientId = "", ClientName = "" }, answers) => (
        <DeleteClientDialog poolId={poolId} clientId={ClientId} name={ClientName} {...answers} />
      )}
    />
  );
}
