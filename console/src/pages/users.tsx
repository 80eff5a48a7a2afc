import type { UserType } from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useState } from "react";
import { attributeOf, type SearchableAttribute, userFilter, usersOf } from "../api/lists.ts";
import { usePages } from "../api/pages.ts";
import { paths } from "../app/paths.ts";
import { usePool } from "../app/pool.tsx";
import { DeleteUserDialog } from "../components/delete-user.tsx";
import { Empty } from "../components/loading.tsx";
import { useTitle } from "../components/page-header.tsx";
import { type Column, PagedTable } from "../components/paged-table.tsx";
import { Time } from "../components/time.tsx";
import { UserSearch } from "../components/user-search.tsx";
import { ConfirmationStatus, EnabledStatus } from "../components/user-status.tsx";
import { useText } from "../i18n/text.tsx";

export default function Users({ poolId }: { readonly poolId: string }) {
  const { pool, reload: reloadPool } = usePool();
  const text = useText().users;
  const common = useText().common;
  const [attribute, setAttribute] = useState<SearchableAttribute>("username");
  const [search, setSearch] = useState("");
  const [pageSize, setPageSize] = useState(20);
  const [selected, setSelected] = useState<UserType>();
  const [isDeleting, setDeleting] = useState(false);
  useTitle(text.title);

  const filter = userFilter(attribute, search.trim());
  const list = usePages(usersOf(poolId, filter), pageSize, [poolId, filter]);
  // The pool's count may be from before users were made or deleted.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, on arrival
  useEffect(() => reloadPool(), []);

  const create = (
    <Button variant="primary" href={paths.createUser(poolId)}>
      {text.create}
    </Button>
  );
  return (
    <>
      <PagedTable
        list={list}
        columns={useUserColumns(poolId)}
        keyOf={({ Username = "" }) => Username}
        nameOf={({ Username = "" }) => Username}
        label={text.title}
        selected={selected}
        onSelect={setSelected}
        pageSize={pageSize}
        onPageSize={setPageSize}
        header={
          <Header
            variant="awsui-h1-sticky"
            counter={`(${common.number(pool.EstimatedNumberOfUsers ?? 0)})`}
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
                  disabled={selected === undefined}
                  disabledReason={common.selectFirst}
                  onClick={() => setDeleting(true)}
                >
                  {text.delete}
                </Button>
                {create}
              </SpaceBetween>
            }
          >
            {text.title}
          </Header>
        }
        filter={
          <UserSearch
            attribute={attribute}
            value={search}
            onChange={(chosen, value) => {
              setAttribute(chosen);
              setSearch(value);
            }}
          />
        }
        empty={
          filter === undefined ? (
            <Empty title={text.none} action={create}>
              {text.noneHint}
            </Empty>
          ) : (
            <Empty
              title={common.noMatches}
              action={<Button onClick={() => setSearch("")}>{common.clearSearch}</Button>}
            >
              {text.noMatchesHint}
            </Empty>
          )
        }
      />
      {isDeleting && selected?.Username !== undefined && (
        <DeleteUserDialog
          poolId={poolId}
          username={selected.Username}
          isEnabled={selected.Enabled ?? true}
          onDismiss={() => setDeleting(false)}
          onDeleted={() => {
            setSelected(undefined);
            list.reload();
            reloadPool();
          }}
        />
      )}
    </>
  );
}

/** A user in a list, with the columns that AWS's console shows and some more to choose. */
export function useUserColumns(poolId: string): Column<UserType>[] {
  const text = useText().users;
  const common = useText().common;
  const verified = (user: UserType, name: string) =>
    attributeOf(user, name)?.toLowerCase() === "true" ? common.yes : common.no;
  return [
    {
      id: "username",
      header: text.userName,
      isRowHeader: true,
      cell: ({ Username = "" }) => <Link href={paths.user(poolId, Username)}>{Username}</Link>,
    },
    { id: "email", header: text.email, cell: (user) => attributeOf(user, "email") ?? "–" },
    { id: "emailVerified", header: text.emailVerified, cell: (user) => verified(user, "email_verified") },
    {
      id: "confirmation",
      header: text.confirmationStatus,
      cell: ({ UserStatus }) => <ConfirmationStatus status={UserStatus} />,
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
