import { AdminAddUserToGroupCommand, type UserType } from "@aws-sdk/client-cognito-identity-provider";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import type { SearchableAttribute } from "../../../../src/storage/users/searchable-attributes.ts";
import { inPool } from "../../api/aws.ts";
import { attributeOf, userFilter, usersOf } from "../../api/lists.ts";
import { usePages } from "../../api/pages.ts";
import { useFlash } from "../../app/flashes.tsx";
import { usePool } from "../../app/pool.tsx";
import { useText } from "../../i18n/text.tsx";
import { userLabel } from "../../rules/users/user-label.ts";
import { CellText } from "../basics/cell-text.tsx";
import { ActionDialog } from "../basics/confirm.tsx";
import { Empty } from "../basics/loading.tsx";
import { PagedTable } from "../lists/paged-table.tsx";
import { UserSearch } from "../users/user-search.tsx";
import { ConfirmationStatus } from "../users/user-status.tsx";

interface Props {
  readonly poolId: string;
  readonly groupName: string;
  readonly onDismiss: () => void;
  readonly onAdded: () => void;
}

/** Finds a user of the pool and puts them into the group. */
export function AddMembersDialog({ poolId, groupName, onDismiss, onAdded }: Props) {
  const text = useText().groups;
  const users = useText().users;
  const common = useText().common;
  const show = useFlash();
  const { pool } = usePool();
  const [attribute, setAttribute] = useState<SearchableAttribute>(pool.UsernameAttributes?.[0] ?? "username");
  const [search, setSearch] = useState("");
  const [selected, setSelected] = useState<UserType>();
  const filter = userFilter(attribute, search.trim());
  const list = usePages(["users", poolId, filter], usersOf(poolId, filter), 10);
  const isMissing = (wasTried: boolean) => wasTried && selected === undefined;
  return (
    <ActionDialog
      title={text.addMember}
      size="large"
      confirmLabel={text.add}
      values={{ selected }}
      isValid={selected !== undefined}
      onDismiss={onDismiss}
      onConfirm={async () => {
        const username = selected?.Username ?? "";
        await inPool(poolId, (client) =>
          client.send(
            new AdminAddUserToGroupCommand({ UserPoolId: poolId, GroupName: groupName, Username: username }),
          ),
        );
        show("success", text.memberAdded(userLabel(pool, selected ?? {}), groupName));
        onAdded();
      }}
    >
      {(wasTried) => (
        <SpaceBetween size="xs">
          <div data-invalid={isMissing(wasTried)}>
            <PagedTable
              variant="embedded"
              list={list}
              label={users.title}
              keyOf={({ Username = "" }) => Username}
              nameOf={(user) => userLabel(pool, user)}
              selected={selected}
              onSelect={setSelected}
              header={null}
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
              columns={[
                {
                  id: "user",
                  header: users.user,
                  isRowHeader: true,
                  cell: (user) => <CellText>{userLabel(pool, user)}</CellText>,
                },
                {
                  id: "email",
                  header: users.email,
                  cell: (user) => <CellText>{attributeOf(user, "email") ?? "–"}</CellText>,
                },
                {
                  id: "status",
                  header: users.confirmationStatus,
                  cell: ({ UserStatus }) => <ConfirmationStatus status={UserStatus} />,
                },
              ]}
              empty={<Empty title={filter === undefined ? users.none : common.noMatches} />}
            />
          </div>
          {/* Around the table it would mark the fields of the search. */}
          <FormField errorText={isMissing(wasTried) ? common.selectFirst : undefined}>{null}</FormField>
        </SpaceBetween>
      )}
    </ActionDialog>
  );
}
