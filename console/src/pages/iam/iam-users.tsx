import type { User } from "@aws-sdk/client-iam";
import { iamUsers } from "../../api/iam.ts";
import { paths } from "../../app/paths.ts";
import { CellText } from "../../components/basics/cell-text.tsx";
import { Time } from "../../components/basics/time.tsx";
import { DeleteIamUserDialog } from "../../components/iam/delete-iam.tsx";
import { nameColumn } from "../../components/lists/list-columns.tsx";
import { ListPage } from "../../components/lists/list-page.tsx";
import { useText } from "../../i18n/text.tsx";

export default function IamUsers() {
  const text = useText().iam;
  const common = useText().common;
  return (
    <ListPage
      title={text.users}
      description={text.usersDescription}
      kind="iamUsers"
      load={iamUsers}
      keyOf={({ UserName = "" }) => UserName}
      nameOf={({ UserName = "" }) => UserName}
      create={{ label: text.createUser, href: paths.createIamUser }}
      none={{ title: text.noUsers }}
      find={{ label: text.findUsers, textOf: ({ UserName = "" }) => UserName }}
      columns={[
        nameColumn<User>({
          header: text.userName,
          nameOf: ({ UserName = "" }) => UserName,
          hrefOf: ({ UserName = "" }) => paths.iamUser(UserName),
        }),
        { id: "arn", header: text.arn, cell: ({ Arn }) => <CellText>{Arn}</CellText> },
        {
          id: "created",
          header: common.created,
          sortBy: ({ CreateDate }) => CreateDate,
          cell: ({ CreateDate }) => <Time at={CreateDate} />,
        },
      ]}
      deleteDialog={({ UserName = "" }, answers) => <DeleteIamUserDialog userName={UserName} {...answers} />}
    />
  );
}
