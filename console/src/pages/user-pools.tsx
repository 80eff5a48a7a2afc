import type { UserPoolDescriptionType } from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import TextFilter from "@cloudscape-design/components/text-filter";
import { useState } from "react";
import { userPoolsIn } from "../api/lists.ts";
import { filteredPages, usePages } from "../api/pages.ts";
import { paths } from "../app/paths.ts";
import { usePreferences } from "../app/preferences.tsx";
import { useSession } from "../app/session.tsx";
import { DeletePoolDialog } from "../components/delete-pool.tsx";
import { Empty } from "../components/loading.tsx";
import { useTitle } from "../components/page-header.tsx";
import { type Column, PagedTable } from "../components/paged-table.tsx";
import { Time } from "../components/time.tsx";
import { useText } from "../i18n/text.tsx";

export default function UserPools() {
  const text = useText().userPools;
  const common = useText().common;
  const { me } = useSession();
  const { region = me.region } = usePreferences();
  const [search, setSearch] = useState("");
  const [pageSize, setPageSize] = useState(20);
  const [selected, setSelected] = useState<UserPoolDescriptionType>();
  const [isDeleting, setDeleting] = useState(false);
  useTitle(text.title);

  const wanted = search.trim().toLowerCase();
  const load = userPoolsIn(region);
  const matches = ({ Id = "", Name = "" }: UserPoolDescriptionType) =>
    `${Id}\n${Name}`.toLowerCase().includes(wanted);
  const list = usePages(wanted === "" ? load : filteredPages(load, matches), pageSize, [region, wanted]);

  const columns: Column<UserPoolDescriptionType>[] = [
    {
      id: "name",
      header: text.name,
      isRowHeader: true,
      cell: ({ Id = "", Name }) => <Link href={paths.poolOverview(Id)}>{Name}</Link>,
    },
    { id: "id", header: text.id, cell: ({ Id }) => Id },
    { id: "created", header: common.created, cell: ({ CreationDate }) => <Time at={CreationDate} /> },
    {
      id: "modified",
      header: common.lastUpdated,
      cell: ({ LastModifiedDate }) => <Time at={LastModifiedDate} />,
    },
  ];
  const create = (
    <Button variant="primary" href={paths.createUserPool}>
      {text.create}
    </Button>
  );

  return (
    <>
      <PagedTable
        list={list}
        columns={columns}
        keyOf={({ Id = "" }) => Id}
        nameOf={({ Name = "" }) => Name}
        label={text.title}
        selected={selected}
        onSelect={setSelected}
        pageSize={pageSize}
        onPageSize={setPageSize}
        header={
          <Header
            variant="awsui-h1-sticky"
            description={text.description(region)}
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
              {text.noneHint(region)}
            </Empty>
          ) : (
            <Empty
              title={common.noMatches}
              action={<Button onClick={() => setSearch("")}>{common.clearSearch}</Button>}
            />
          )
        }
      />
      {isDeleting && selected?.Id !== undefined && (
        <DeletePoolDialog
          poolId={selected.Id}
          name={selected.Name ?? ""}
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
