import { DeleteGroupCommand, type GroupType } from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import TextFilter from "@cloudscape-design/components/text-filter";
import { useState } from "react";
import { inPool } from "../api/aws.ts";
import { groupsOf } from "../api/lists.ts";
import { filteredPages, usePages } from "../api/pages.ts";
import { useFlash } from "../app/flashes.tsx";
import { paths } from "../app/paths.ts";
import { ActionDialog } from "../components/confirm.tsx";
import { Empty } from "../components/loading.tsx";
import { useTitle } from "../components/page-header.tsx";
import { PagedTable } from "../components/paged-table.tsx";
import { Time } from "../components/time.tsx";
import { useText } from "../i18n/text.tsx";

export default function Groups({ poolId }: { readonly poolId: string }) {
  const text = useText().groups;
  const common = useText().common;
  const [search, setSearch] = useState("");
  const [pageSize, setPageSize] = useState(20);
  const [selected, setSelected] = useState<GroupType>();
  const [isDeleting, setDeleting] = useState(false);
  useTitle(text.title);

  const wanted = search.trim().toLowerCase();
  const load = groupsOf(poolId);
  const matches = ({ GroupName = "", Description = "" }: GroupType) =>
    `${GroupName}\n${Description}`.toLowerCase().includes(wanted);
  const list = usePages(wanted === "" ? load : filteredPages(load, matches), pageSize, [poolId, wanted]);
  const create = (
    <Button variant="primary" href={paths.createGroup(poolId)}>
      {text.create}
    </Button>
  );

  return (
    <>
      <PagedTable
        list={list}
        label={text.title}
        keyOf={({ GroupName = "" }) => GroupName}
        nameOf={({ GroupName = "" }) => GroupName}
        selected={selected}
        onSelect={setSelected}
        pageSize={pageSize}
        onPageSize={setPageSize}
        columns={[
          {
            id: "name",
            header: text.name,
            isRowHeader: true,
            cell: ({ GroupName = "" }) => <Link href={paths.group(poolId, GroupName)}>{GroupName}</Link>,
          },
          { id: "description", header: text.description, cell: ({ Description }) => Description || "–" },
          { id: "precedence", header: text.precedence, cell: ({ Precedence }) => Precedence ?? "–" },
          { id: "role", header: text.role, isExtra: true, cell: ({ RoleArn }) => RoleArn ?? "–" },
          { id: "created", header: common.created, cell: ({ CreationDate }) => <Time at={CreationDate} /> },
        ]}
        header={
          <Header
            variant="awsui-h1-sticky"
            description={text.pageDescription}
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
      {isDeleting && selected?.GroupName !== undefined && (
        <DeleteGroupDialog
          poolId={poolId}
          groupName={selected.GroupName}
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

interface DeleteProps {
  readonly poolId: string;
  readonly groupName: string;
  readonly onDismiss: () => void;
  readonly onDeleted: () => void;
}

export function DeleteGroupDialog({ poolId, groupName, onDismiss, onDeleted }: DeleteProps) {
  const text = useText().groups;
  const common = useText().common;
  const show = useFlash();
  return (
    <ActionDialog
      title={text.deleteTitle}
      confirmLabel={common.delete}
      onDismiss={onDismiss}
      onConfirm={async () => {
        await inPool(poolId, (client) =>
          client.send(new DeleteGroupCommand({ UserPoolId: poolId, GroupName: groupName })),
        );
        show("success", text.deleted(groupName));
        onDeleted();
      }}
    >
      {text.deleteQuestion(groupName)}
    </ActionDialog>
  );
}
