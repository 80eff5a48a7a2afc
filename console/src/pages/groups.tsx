import { DeleteGroupCommand } from "@aws-sdk/client-cognito-identity-provider";
import Link from "@cloudscape-design/components/link";
import { inPool } from "../api/aws.ts";
import { groupsOf } from "../api/lists.ts";
import { useFlash } from "../app/flashes.tsx";
import { paths } from "../app/paths.ts";
import { ActionDialog } from "../components/confirm.tsx";
import { type DeleteAnswers, ListPage } from "../components/list-page.tsx";
import { Time } from "../components/time.tsx";
import { useText } from "../i18n/text.tsx";

export default function Groups({ poolId }: { readonly poolId: string }) {
  const text = useText().groups;
  const common = useText().common;
  return (
    <ListPage
      title={text.title}
      description={text.pageDescription}
      kind="groups"
      load={groupsOf(poolId)}
      of={poolId}
      keyOf={({ GroupName = "" }) => GroupName}
      nameOf={({ GroupName = "" }) => GroupName}
      create={{ label: text.create, href: paths.createGroup(poolId) }}
      none={{ title: text.none, hint: text.noneHint }}
      find={{
        label: text.find,
        textOf: ({ GroupName = "", Description = "" }) => `${GroupName}\n${Description}`,
      }}
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
      deleteDialog={({ GroupName = "" }, answers) => (
        <DeleteGroupDialog poolId={poolId} groupName={GroupName} {...answers} />
      )}
    />
  );
}

interface DeleteProps extends DeleteAnswers {
  readonly poolId: string;
  readonly groupName: string;
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
