import type { UserPoolClientDescription } from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import TextFilter from "@cloudscape-design/components/text-filter";
import { useState } from "react";
import { appClientsOf } from "../api/lists.ts";
import { filteredPages, usePages } from "../api/pages.ts";
import { paths } from "../app/paths.ts";
import { Copyable } from "../components/copyable.tsx";
import { DeleteClientDialog } from "../components/delete-client.tsx";
import { Empty } from "../components/loading.tsx";
import { useTitle } from "../components/page-header.tsx";
import { PagedTable } from "../components/paged-table.tsx";
import { useText } from "../i18n/text.tsx";

export default function AppClients({ poolId }: { readonly poolId: string }) {
  const text = useText().appClients;
  const common = useText().common;
  const [search, setSearch] = useState("");
  const [pageSize, setPageSize] = useState(20);
  const [selected, setSelected] = useState<UserPoolClientDescription>();
  const [isDeleting, setDeleting] = useState(false);
  useTitle(text.title);

  const wanted = search.trim().toLowerCase();
  const load = appClientsOf(poolId);
  const matches = ({ ClientId = "", ClientName = "" }: UserPoolClientDescription) =>
    `${ClientId}\n${ClientName}`.toLowerCase().includes(wanted);
  const list = usePages(wanted === "" ? load : filteredPages(load, matches), pageSize, [poolId, wanted]);
  const create = (
    <Button variant="primary" href={paths.createAppClient(poolId)}>
      {text.create}
    </Button>
  );
  return (
    <>
      <PagedTable
        list={list}
        label={text.title}
        keyOf={({ ClientId = "" }) => ClientId}
        nameOf={({ ClientName = "" }) => ClientName}
        selected={selected}
        onSelect={setSelected}
        pageSize={pageSize}
        onPageSize={setPageSize}
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
        header={
          <Header
            variant="awsui-h1-sticky"
            description={text.description}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel={common.refresh} onClick={list.reload} />
                <Button disabled={selected === undefined} onClick={() => setDeleting(true)}>
                  {common.delete}
                </Button>
                {create}
              </SpaceBetween>
            }
          >
            {text.title}
          </Header>
        }
        filter={
          <TextFilter
            filteringText={search}
            filteringPlaceholder={text.find}
            filteringAriaLabel={text.find}
            onChange={({ detail }) => setSearch(detail.filteringText)}
          />
        }
        empty={
          wanted === "" ? (
            <Empty title={text.none} action={create}>
              {text.noneHint}
            </Empty>
          ) : (
            <Empty
              title={common.noMatches}
              action={<Button onClick={() => setSearch("")}>{common.clearSearch}</Button>}
            />
          )
        }
      />
      {isDeleting && selected?.ClientId !== undefined && (
        <DeleteClientDialog
          poolId={poolId}
          clientId={selected.ClientId}
          name={selected.ClientName ?? ""}
          onDismiss={() => setDeleting(false)}
          onDeleted={() => {
            setSelected(undefined);
            list.reload();
          }}
        />
      )}
    </>
  );
}
