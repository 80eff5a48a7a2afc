import type { Role } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { iamRoles } from "../api/iam.ts";
import { usePages } from "../api/pages.ts";
import { paths } from "../app/paths.ts";
import { DeleteIamRoleDialog } from "../components/iam/delete-iam.tsx";
import { Empty } from "../components/loading.tsx";
import { useTitle } from "../components/page-header.tsx";
import { PagedTable } from "../components/paged-table.tsx";
import { Time } from "../components/time.tsx";
import { useText } from "../i18n/text.tsx";

export default function IamRoles() {
  const text = useText().iam;
  const common = useText().common;
  const [pageSize, setPageSize] = useState(20);
  const [selected, setSelected] = useState<Role>();
  const [isDeleting, setDeleting] = useState(false);
  const list = usePages(iamRoles, pageSize, []);
  useTitle(text.roles);
  const create = (
    <Button variant="primary" href={paths.createIamRole}>
      {text.createRole}
    </Button>
  );
  return (
    <>
      <PagedTable
        list={list}
        label={text.roles}
        keyOf={({ RoleName = "" }) => RoleName}
        nameOf={({ RoleName = "" }) => RoleName}
        selected={selected}
        onSelect={setSelected}
        pageSize={pageSize}
        onPageSize={setPageSize}
        columns={[
          {
            id: "name",
            header: text.roleName,
            isRowHeader: true,
            cell: ({ RoleName = "" }) => <Link href={paths.iamRole(RoleName)}>{RoleName}</Link>,
          },
          { id: "description", header: text.description, cell: ({ Description }) => Description || "–" },
          {
            id: "arn",
            header: text.arn,
            isExtra: true,
            cell: ({ Arn }) => <span className="wrap-anywhere">{Arn}</span>,
          },
          { id: "created", header: common.created, cell: ({ CreateDate }) => <Time at={CreateDate} /> },
        ]}
        header={
          <Header
            variant="awsui-h1-sticky"
            description={text.rolesDescription}
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
            {text.roles}
          </Header>
        }
        empty={<Empty title={text.noRoles} action={create} />}
      />
      {isDeleting && selected?.RoleName !== undefined && (
        <DeleteIamRoleDialog
          roleName={selected.RoleName}
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
