import type { Role } from "@aws-sdk/client-iam";
import { iamRoles } from "../../api/iam.ts";
import { paths } from "../../app/paths.ts";
import { CellText } from "../../components/basics/cell-text.tsx";
import { Time } from "../../components/basics/time.tsx";
import { DeleteIamRoleDialog } from "../../components/iam/delete-iam.tsx";
import { nameColumn } from "../../components/lists/list-columns.tsx";
import { ListPage } from "../../components/lists/list-page.tsx";
import { useText } from "../../i18n/text.tsx";

export default function IamRoles() {
  const text = useText().iam;
  const common = useText().common;
  return (
    <ListPage
      title={text.roles}
      description={text.rolesDescription}
      kind="iamRoles"
      load={iamRoles}
      keyOf={({ RoleName = "" }) => RoleName}
      nameOf={({ RoleName = "" }) => RoleName}
      create={{ label: text.createRole, href: paths.createIamRole }}
      none={{ title: text.noRoles }}
      find={{ label: text.findRoles, textOf: ({ RoleName = "" }) => RoleName }}
      columns={[
        nameColumn<Role>({
          header: text.roleName,
          nameOf: ({ RoleName = "" }) => RoleName,
          hrefOf: ({ RoleName = "" }) => paths.iamRole(RoleName),
        }),
        {
          id: "description",
          header: text.description,
          cell: ({ Description }) => <CellText>{Description || "–"}</CellText>,
        },
        { id: "arn", header: text.arn, isExtra: true, cell: ({ Arn }) => Arn },
        {
          id: "created",
          header: common.created,
          sortBy: ({ CreateDate }) => CreateDate,
          cell: ({ CreateDate }) => <Time at={CreateDate} />,
        },
      ]}
      deleteDialog={({ RoleName = "" }, answers) => <DeleteIamRoleDialog roleName={RoleName} {...answers} />}
    />
  );
}
