import type { User } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { iamUsers } from "../api/iam.ts";
import { usePages } from "../api/pages.ts";
import { paths } from "../app/paths.ts";
import { DeleteIamUserDialog } from "../components/iam/delete-iam.tsx";
import { Empty } from "../components/loading.tsx";
import { useTitle } from "../components/page-header.tsx";
import { PagedTable } from "../components/paged-table.tsx";
import { Time } from "../components/time.tsx";
import { useText } from "../i18n/text.tsx";

export default function IamUsers() {
  const text = useText().iam;
  const common = useText().common;
  const [pageSize, setPageSize] = useState(20);
  const [selected, setSelected] = useState<User>();
  const [isDeleting, setDeleting] = useState(false);
  const list = usePages(iamUsers, pageSize, []);
  useTitle(text.users);
  const create = (
    <Button variant="primary" href={paths.createIamUser}>
      {text.createUser}
    </Button>
  );
  return (
    <>
      <PagedTable
        list={list}
        label={text.users}
        keyOf={({ UserName = "" }) => UserName}
        nameOf={({ UserName = "" }) => UserName}
        selected={selected}
        onSelect={setSelected}
        pageSize={pageSize}
        onPageSize={setPageSize}
        columns={[
          {
            id: "name",
            header: text.userName,
            isRowHeader: true,
            cell: ({ UserName = "" }) => <Link href={paths.iamUser(UserName)}>{UserName}</Link>,
          },
          { id: "arn", header: text.arn, cell: ({ Arn }) => <span className="wrap-anywhere">{Arn}</span> },
          { id: "created", header: common.created, cell: ({ CreateDate }) => <Time at={CreateDate} /> },
        ]}
        header={
          <Header
            variant="awsui-h1-sticky"
            description={text.usersDescription}
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
            {text.users}
          </Header>
        }
        empty={<Empty title={text.noUsers} action={create} />}
      />
      {isDeleting && selected?.UserName !== undefined && (
        <DeleteIamUserDialog
          userName={selected.UserName}
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
