import {
  AdminAddUserToGroupCommand,
  AdminRemoveUserFromGroupCommand,
  type GroupType,
} from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import Multiselect, { type MultiselectProps } from "@cloudscape-design/components/multiselect";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { inPool } from "../../api/aws.ts";
import { groupsOf, groupsOfUser } from "../../api/lists.ts";
import { useLoad } from "../../api/load.ts";
import { allPages, usePages } from "../../api/pages.ts";
import { together } from "../../api/together.ts";
import { useFlash } from "../../app/flashes.tsx";
import { paths } from "../../app/paths.ts";
import { useText } from "../../i18n/text.tsx";
import { CellText } from "../basics/cell-text.tsx";
import { CloseDialog } from "../basics/close-dialog.tsx";
import { ActionDialog } from "../basics/confirm.tsx";
import { Empty, Loading } from "../basics/loading.tsx";
import { PagedTable } from "../lists/paged-table.tsx";

interface Props {
  readonly poolId: string;
  readonly username: string;
  readonly label: string;
}

/** The groups that a user is in. */
export function UserGroups({ poolId, username, label }: Props) {
  const text = useText().user;
  const groups = useText().groups;
  const common = useText().common;
  const show = useFlash();
  const [selected, setSelected] = useState<GroupType>();
  const [open, setOpen] = useState<"add" | "remove">();
  const list = usePages(["groupsOfUser", poolId, username], groupsOfUser(poolId, username), 10);
  const dismiss = () => setOpen(undefined);
  const name = selected?.GroupName ?? "";
  return (
    <>
      <PagedTable
        variant="container"
        list={list}
        label={text.groups}
        keyOf={({ GroupName = "" }) => GroupName}
        nameOf={({ GroupName = "" }) => GroupName}
        selected={selected}
        onSelect={setSelected}
        header={
          <Header
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  disabled={selected === undefined}
                  disabledReason={common.selectFirst}
                  onClick={() => setOpen("remove")}
                >
                  {text.removeFromGroup}
                </Button>
                <Button onClick={() => setOpen("add")}>{text.addToGroup}</Button>
              </SpaceBetween>
            }
          >
            {text.groups}
          </Header>
        }
        columns={[
          {
            id: "name",
            header: groups.name,
            isRowHeader: true,
            cell: ({ GroupName = "" }) => (
              <Link href={paths.group(poolId, GroupName)}>
                <CellText>{GroupName}</CellText>
              </Link>
            ),
          },
          {
            id: "description",
            header: groups.description,
            cell: ({ Description }) => <CellText>{Description ?? "–"}</CellText>,
          },
          { id: "precedence", header: groups.precedence, cell: ({ Precedence }) => Precedence ?? "–" },
        ]}
        empty={<Empty title={text.noGroups} />}
      />
      {open === "add" && (
        <AddToGroups
          poolId={poolId}
          username={username}
          label={label}
          onDismiss={dismiss}
          onAdded={list.reload}
        />
      )}
      {open === "remove" && (
        <ActionDialog
          title={text.removeFromGroup}
          confirmLabel={text.remove}
          onDismiss={dismiss}
          onConfirm={async () => {
            await inPool(poolId, (client) =>
              client.send(
                new AdminRemoveUserFromGroupCommand({
                  UserPoolId: poolId,
                  Username: username,
                  GroupName: name,
                }),
              ),
            );
            show("success", text.removedFromGroup(label, name));
            setSelected(undefined);
            list.reload();
          }}
        >
          {text.removeFromGroupQuestion(label, name)}
        </ActionDialog>
      )}
    </>
  );
}

interface AddProps extends Props {
  readonly onDismiss: () => void;
  readonly onAdded: () => void;
}

function AddToGroups({ poolId, username, label, onDismiss, onAdded }: AddProps) {
  const text = useText().user;
  const show = useFlash();
  const groups = useLoad(["groupsToJoin", poolId, username], async () => {
    const [all, joined] = await together([
      allPages(groupsOf(poolId)),
      allPages(groupsOfUser(poolId, username)),
    ]);
    const names = new Set(joined.map(({ GroupName }) => GroupName));
    return all.map((group) => ({ ...group, isJoined: names.has(group.GroupName) }));
  });
  const [chosen, setChosen] = useState<readonly MultiselectProps.Option[]>([]);
  if (groups.value?.length === 0)
    return (
      <CloseDialog title={text.addToGroup} onDismiss={onDismiss}>
        <Empty
          title={text.noGroupsInPool}
          action={<Link href={paths.createGroup(poolId)}>{text.createGroup}</Link>}
        />
      </CloseDialog>
    );
  return (
    <ActionDialog
      title={text.addToGroup}
      confirmLabel={text.add}
      values={{ chosen }}
      isValid={chosen.length > 0}
      isLoading={groups.value === undefined && groups.error === undefined}
      onDismiss={onDismiss}
      onConfirm={async () => {
        try {
          for (const { value: GroupName } of chosen) {
            const command = new AdminAddUserToGroupCommand({
              UserPoolId: poolId,
              Username: username,
              GroupName,
            });
            await inPool(poolId, (client) => client.send(command));
          }
        } finally {
          // The user may be in some of the groups although one was refused.
          onAdded();
        }
        show("success", text.addedToGroups(label, chosen.length));
      }}
    >
      {(wasTried) => (
        <Loading loaded={groups}>
          {(found) => (
            <FormField
              label={text.groupsToJoin}
              errorText={wasTried && chosen.length === 0 ? text.chooseGroups : undefined}
            >
              <Multiselect
                options={found.map(({ GroupName = "", Description, isJoined }) => ({
                  value: GroupName,
                  label: GroupName,
                  disabled: isJoined,
                  ...(isJoined && { labelTag: text.alreadyMember }),
                  ...(Description === undefined ? {} : { description: Description }),
                }))}
                selectedOptions={chosen}
                filteringType="auto"
                onChange={({ detail }) => setChosen(detail.selectedOptions)}
                placeholder={text.chooseGroups}
              />
            </FormField>
          )}
        </Loading>
      )}
    </ActionDialog>
  );
}
