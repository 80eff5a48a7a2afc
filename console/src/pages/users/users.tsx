import type { UserPoolType, UserType } from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useState } from "react";
import {
  type SearchableAttribute,
  searchableAttributes,
} from "../../../../src/storage/users/searchable-attributes.ts";
import { attributeOf, userFilter, usersOf } from "../../api/lists.ts";
import { useAction } from "../../api/load.ts";
import { allPages, usePages } from "../../api/pages.ts";
import { useFlash } from "../../app/flashes.tsx";
import { InfoLink } from "../../app/help.tsx";
import { useListAddress } from "../../app/list-address.ts";
import { paths } from "../../app/paths.ts";
import { usePool } from "../../app/pool.tsx";
import { CellText } from "../../components/basics/cell-text.tsx";
import { Empty } from "../../components/basics/loading.tsx";
import { useTitle } from "../../components/basics/page-header.tsx";
import { ProblemAlert } from "../../components/basics/problem.tsx";
import { Time } from "../../components/basics/time.tsx";
import { type Column, PagedTable } from "../../components/lists/paged-table.tsx";
import { type BulkAction, BulkUsersDialog, bulkActions } from "../../components/users/bulk-users.tsx";
import { DeleteUserDialog } from "../../components/users/delete-user.tsx";
import { ImportedHashBadge, useImportedHashes } from "../../components/users/imported-password.tsx";
import { UserSearch } from "../../components/users/user-search.tsx";
import { ConfirmationStatus, EnabledStatus } from "../../components/users/user-status.tsx";
import { download } from "../../download.ts";
import { useText } from "../../i18n/text.tsx";
import { userLabel } from "../../rules/users/user-label.ts";
import { usersCsv } from "../../rules/users/users-csv.ts";

export default function Users({ poolId }: { readonly poolId: string }) {
  const { pool, reload: reloadPool } = usePool();
  const text = useText().users;
  const bulk = useText().bulk;
  const common = useText().common;
  const show = useFlash();
  const { values, position, change } = useListAddress({ by: searchedFirst(pool) });
  const [pageSize, setPageSize] = useState(20);
  const [selected, setSelected] = useState<readonly UserType[]>([]);
  // The users as they were selected: the selection is cleared while the dialog shows those that failed.
  const [bulkAction, setBulkAction] = useState<{ action: BulkAction; users: readonly UserType[] }>();
  const [isDeleting, setDeleting] = useState(false);
  const exporting = useAction();
  useTitle(text.title);

  const attribute = searchableAttributes.find((name) => name === values.by) ?? "username";
  const filter = userFilter(attribute, values.search.trim());
  const list = usePages(["users", poolId, filter], usersOf(poolId, filter), pageSize, { position });
  // The pool's count may be from before users were made or deleted.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, on arrival
  useEffect(() => reloadPool(), []);

  const subs = list.items.flatMap((user) => attributeOf(user, "sub") ?? []);
  const importedHashes = useImportedHashes(poolId, subs);

  const [only] = selected;
  const afterChange = () => {
    setSelected([]);
    list.reload();
    reloadPool();
  };
  /** Every user that the list would come to, not only the page that is shown. */
  const exportCsv = async () => {
    const users = await allPages(usersOf(poolId, filter), Number.POSITIVE_INFINITY);
    const attributes = (pool.SchemaAttributes ?? []).map(({ Name = "" }) => Name);
    download(`${pool.Name ?? poolId}-users.csv`, usersCsv(users, attributes), "text/csv");
  };

  const create = (
    <Button variant="primary" href={paths.createUser(poolId)}>
      {text.create}
    </Button>
  );
  return (
    <>
      <PagedTable
        list={list}
        columns={useUserColumns(pool, importedHashes.value)}
        keyOf={({ Username = "" }) => Username}
        nameOf={(user) => userLabel(pool, user)}
        label={text.title}
        selectedItems={selected}
        onSelectItems={setSelected}
        pageSize={pageSize}
        onPageSize={setPageSize}
        header={
          <Header
            variant="awsui-h1-sticky"
            info={<InfoLink />}
            // Of all users; how many a search finds is not known.
            {...(filter === undefined && {
              counter: `(${common.number(pool.EstimatedNumberOfUsers ?? 0)})`,
            })}
            description={text.description}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  iconName="refresh"
                  ariaLabel={common.refresh}
                  onClick={() => {
                    list.reload();
                    reloadPool();
                  }}
                />
                <Button
                  iconName="download"
                  loading={exporting.isRunning}
                  onClick={() =>
                    void exporting.run(() => exportCsv().catch((error) => show("error", String(error))))
                  }
                >
                  {text.exportCsv}
                </Button>
                <ButtonDropdown
                  disabled={selected.length === 0}
                  disabledReason={common.selectFirst}
                  items={bulkActions.map((id) => ({ id, text: bulk.actions[id] }))}
                  onItemClick={({ detail }) => {
                    // One user is deleted as on the user's page: access is taken away first, and the name is typed.
                    if (detail.id === "delete" && selected.length === 1) setDeleting(true);
                    else {
                      const action = bulkActions.find((known) => known === detail.id);
                      setBulkAction(action && { action, users: selected });
                    }
                  }}
                >
                  {common.actions}
                </ButtonDropdown>
                {create}
              </SpaceBetween>
            }
          >
            {text.title}
          </Header>
        }
        filter={
          <SpaceBetween size="s">
            <UserSearch
              attribute={attribute}
              value={values.search}
              onChange={(by, value) => change({ by, search: value, page: "1" })}
            />
            <ProblemAlert error={importedHashes.error} onRetry={importedHashes.reload} />
          </SpaceBetween>
        }
        empty={
          filter === undefined ? (
            <Empty title={text.none} action={create}>
              {text.noneHint}
            </Empty>
          ) : (
            <Empty
              title={common.noMatches}
              action={<Button onClick={() => change({ search: "", page: "1" })}>{common.clearSearch}</Button>}
            >
              {text.noMatchesHint}
            </Empty>
          )
        }
      />
      {bulkAction && (
        <BulkUsersDialog {...bulkAction} onDismiss={() => setBulkAction(undefined)} onDone={afterChange} />
      )}
      {isDeleting && only?.Username !== undefined && (
        <DeleteUserDialog
          poolId={poolId}
          username={only.Username}
          label={userLabel(pool, only)}
          isEnabled={only.Enabled ?? true}
          onDismiss={() => setDeleting(false)}
          onDeleted={afterChange}
        />
      )}
    </>
  );
}

/** The attribute that people know the users of the pool by. */
function searchedFirst({ UsernameAttributes = [] }: UserPoolType): SearchableAttribute {
  return UsernameAttributes[0] ?? "username";
}

/**
 * A user in a list, with the columns that AWS's console shows and some more to choose.
 *
 * @param importedHashes the users who have not signed in with an imported password yet, by their `sub`
 */
export function useUserColumns(
  pool: UserPoolType,
  importedHashes: Readonly<Record<string, string>> = {},
): Column<UserType>[] {
  const text = useText().users;
  const common = useText().common;
  const poolId = pool.Id ?? "";
  const isNamedByAddress = (pool.UsernameAttributes ?? []).length > 0;
  const verified = (user: UserType, name: string) =>
    attributeOf(user, name)?.toLowerCase() === "true" ? common.yes : common.no;
  const link = (user: UserType) => (
    <Link href={paths.user(poolId, user.Username ?? "")}>
      <CellText>{userLabel(pool, user)}</CellText>
    </Link>
  );
  const username: Column<UserType> = { id: "username", header: text.userName, cell: (user) => user.Username };
  const email: Column<UserType> = {
    id: "email",
    header: text.email,
    cell: (user) => <CellText>{attributeOf(user, "email") ?? "–"}</CellText>,
  };
  // The address comes first in a pool that generates user names.
  const names: Column<UserType>[] = isNamedByAddress
    ? [
        { id: "label", header: text.user, isRowHeader: true, cell: link },
        ...(pool.UsernameAttributes?.includes("email") ? [] : [email]),
        { ...username, isExtra: true },
      ]
    : [{ ...username, isRowHeader: true, cell: link }, email];
  return [
    ...names,
    { id: "emailVerified", header: text.emailVerified, cell: (user) => verified(user, "email_verified") },
    {
      id: "confirmation",
      header: text.confirmationStatus,
      cell: (user) => (
        <SpaceBetween direction="horizontal" size="xs">
          <ConfirmationStatus status={user.UserStatus} />
          {importedHashes[attributeOf(user, "sub") ?? ""] !== undefined && <ImportedHashBadge />}
        </SpaceBetween>
      ),
    },
    {
      id: "enabled",
      header: text.status,
      cell: ({ Enabled = true }) => <EnabledStatus isEnabled={Enabled} />,
    },
    { id: "sub", header: text.sub, isExtra: true, cell: (user) => attributeOf(user, "sub") ?? "–" },
    {
      id: "phone",
      header: text.phoneNumber,
      isExtra: true,
      cell: (user) => attributeOf(user, "phone_number") ?? "–",
    },
    { id: "name", header: text.name, isExtra: true, cell: (user) => attributeOf(user, "name") ?? "–" },
    {
      id: "created",
      header: common.created,
      isExtra: true,
      cell: ({ UserCreateDate }) => <Time at={UserCreateDate} />,
    },
    {
      id: "modified",
      header: common.lastUpdated,
      isExtra: true,
      cell: ({ UserLastModifiedDate }) => <Time at={UserLastModifiedDate} />,
    },
  ];
}
