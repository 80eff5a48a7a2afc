import { groupsOf } from "../../api/lists.ts";
import { paths } from "../../app/paths.ts";
import { CellText } from "../../components/basics/cell-text.tsx";
import { DeleteGroupDialog, deleteGroup } from "../../components/groups/delete-group.tsx";
import { BulkDeleteDialog } from "../../components/lists/bulk-delete.tsx";
import { nameColumn, useTimeColumns } from "../../components/lists/list-columns.tsx";
import { ListPage } from "../../components/lists/list-page.tsx";
import { useText } from "../../i18n/text.tsx";

export default function Groups({ poolId }: { readonly poolId: string }) {
  const text = useText().groups;
  const nameOf = ({ GroupName = "" }: { readonly GroupName?: string | undefined }) => GroupName;
  return (
    <ListPage
      title={text.title}
      description={text.pageDescription}
      kind="groups"
      load={groupsOf(poolId)}
      of={poolId}
      keyOf={nameOf}
      nameOf={nameOf}
      create={{ label: text.create, href: paths.createGroup(poolId) }}
      none={{ title: text.none, hint: text.noneHint }}
      find={{
        label: text.find,
        textOf: ({ GroupName = "", Description = "" }) => `${GroupName}\n${Description}`,
      }}
      columns={[
        nameColumn({ header: text.name, nameOf, hrefOf: (group) => paths.group(poolId, nameOf(group)) }),
        {
          id: "description",
          header: text.description,
          sortBy: ({ Description }) => Description || undefined,
          cell: ({ Description }) => (
            <CellText>
              <span className="three-lines">{Description || "–"}</span>
            </CellText>
          ),
        },
        {
          id: "precedence",
          header: text.precedence,
          sortBy: ({ Precedence }) => Precedence,
          cell: ({ Precedence }) => Precedence ?? "–",
        },
        { id: "role", header: text.role, isExtra: true, cell: ({ RoleArn }) => RoleArn ?? "–" },
        ...useTimeColumns(),
      ]}
      deleteDialog={(group, answers) => (
        <DeleteGroupDialog poolId={poolId} groupName={nameOf(group)} {...answers} />
      )}
      deleteSeveral={(groups, answers) => (
        <BulkDeleteDialog
          kind="groups"
          items={groups}
          nameOf={nameOf}
          deleteOne={(group) => deleteGroup(poolId, nameOf(group))}
          {...answers}
        />
      )}
    />
  );
}
