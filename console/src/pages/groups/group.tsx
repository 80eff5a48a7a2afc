import {
  AdminRemoveUserFromGroupCommand,
  type GroupType,
  type UserType,
} from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { inPool } from "../../api/aws.ts";
import { useGroup } from "../../api/described.ts";
import { membersOf } from "../../api/lists.ts";
import { usePages } from "../../api/pages.ts";
import { useFlash } from "../../app/flashes.tsx";
import { paths } from "../../app/paths.ts";
import { usePool } from "../../app/pool.tsx";
import { useNavigation } from "../../app/router.tsx";
import { ActionDialog } from "../../components/basics/confirm.tsx";
import { Copyable } from "../../components/basics/copyable.tsx";
import { KeyValues } from "../../components/basics/key-values.tsx";
import { Empty, Loading } from "../../components/basics/loading.tsx";
import { PageHeader } from "../../components/basics/page-header.tsx";
import { Time } from "../../components/basics/time.tsx";
import { WrittenText } from "../../components/basics/written-text.tsx";
import { AddMembersDialog } from "../../components/groups/add-members.tsx";
import { DeleteGroupDialog } from "../../components/groups/delete-group.tsx";
import { PagedTable } from "../../components/lists/paged-table.tsx";
import { useText } from "../../i18n/text.tsx";
import { userLabel } from "../../rules/users/user-label.ts";
import { useUserColumns } from "../users/users.tsx";

interface Props {
  readonly poolId: string;
  readonly groupName: string;
}

export default function Group({ poolId, groupName }: Props) {
  const common = useText().common;
  const { navigate } = useNavigation();
  const [isDeleting, setDeleting] = useState(false);
  const loaded = useGroup(poolId, groupName);

  return (
    <ContentLayout
      header={
        <PageHeader
          title={groupName}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button disabled={loaded.value === undefined} onClick={() => setDeleting(true)}>
                {common.delete}
              </Button>
              <Button href={paths.editGroup(poolId, groupName)}>{common.edit}</Button>
            </SpaceBetween>
          }
        />
      }
    >
      <Loading loaded={loaded}>
        {(group) => (
          <SpaceBetween size="l">
            <GroupInformation group={group} />
            <Members poolId={poolId} groupName={groupName} />
          </SpaceBetween>
        )}
      </Loading>
      {isDeleting && (
        <DeleteGroupDialog
          poolId={poolId}
          groupName={groupName}
          onDismiss={() => setDeleting(false)}
          onDeleted={() => navigate(paths.groups(poolId))}
        />
      )}
    </ContentLayout>
  );
}

function GroupInformation({ group }: { readonly group: GroupType }) {
  const text = useText().groups;
  const common = useText().common;
  return (
    <Container header={<Header>{text.information}</Header>}>
      <KeyValues
        columns={3}
        items={[
          { label: text.name, value: <Copyable value={group.GroupName ?? ""} label={text.name} /> },
          { label: text.description, value: <WrittenText>{group.Description || "–"}</WrittenText> },
          { label: text.precedence, value: group.Precedence ?? "–" },
          {
            label: text.role,
            value: group.RoleArn === undefined ? "–" : <Copyable value={group.RoleArn} label={text.role} />,
          },
          { label: common.created, value: <Time at={group.CreationDate} /> },
          { label: common.lastUpdated, value: <Time at={group.LastModifiedDate} /> },
        ]}
      />
    </Container>
  );
}

function Members({ poolId, groupName }: Props) {
  const text = useText().groups;
  const common = useText().common;
  const show = useFlash();
  const [pageSize, setPageSize] = useState(20);
  const [selected, setSelected] = useState<UserType>();
  const [open, setOpen] = useState<"add" | "remove">();
  const { pool } = usePool();
  const list = usePages(["members", poolId, groupName], membersOf(poolId, groupName), pageSize);
  const username = selected?.Username ?? "";
  return (
    <>
      <PagedTable
        variant="container"
        list={list}
        label={text.members}
        columns={useUserColumns(pool)}
        keyOf={({ Username = "" }) => Username}
        nameOf={(user) => userLabel(pool, user)}
        selected={selected}
        onSelect={setSelected}
        pageSize={pageSize}
        onPageSize={setPageSize}
        header={
          <Header
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel={common.refresh} onClick={list.reload} />
                <Button
                  disabled={selected === undefined}
                  disabledReason={common.selectFirst}
                  onClick={() => setOpen("remove")}
                >
                  {text.removeMember}
                </Button>
                <Button onClick={() => setOpen("add")}>{text.addMember}</Button>
              </SpaceBetween>
            }
          >
            {text.members}
          </Header>
        }
        empty={<Empty title={text.noMembers}>{text.noMembersHint}</Empty>}
      />
      {open === "add" && (
        <AddMembersDialog
          poolId={poolId}
          groupName={groupName}
          onDismiss={() => setOpen(undefined)}
          onAdded={list.reload}
        />
      )}
      {open === "remove" && (
        <ActionDialog
          title={text.removeMember}
          confirmLabel={text.remove}
          onDismiss={() => setOpen(undefined)}
          onConfirm={async () => {
            await inPool(poolId, (client) =>
              client.send(
                new AdminRemoveUserFromGroupCommand({
                  UserPoolId: poolId,
                  GroupName: groupName,
                  Username: username,
                }),
              ),
            );
            show("success", text.memberRemoved(userLabel(pool, selected ?? {}), groupName));
            setSelected(undefined);
            list.reload();
          }}
        >
          {text.removeMemberQuestion(userLabel(pool, selected ?? {}), groupName)}
        </ActionDialog>
      )}
    </>
  );
}
