import type { UserPoolDescriptionType } from "@aws-sdk/client-cognito-identity-provider";
import { userPoolsIn } from "../../api/lists.ts";
import { paths } from "../../app/paths.ts";
import { usePreferences } from "../../app/preferences.tsx";
import { useSession } from "../../app/session.tsx";
import { Copyable } from "../../components/basics/copyable.tsx";
import { nameColumn, useTimeColumns } from "../../components/lists/list-columns.tsx";
import { ListPage } from "../../components/lists/list-page.tsx";
import { DeletePoolDialog } from "../../components/pools/delete-pool.tsx";
import { DeletePoolsDialog } from "../../components/pools/delete-pools.tsx";
import { useText } from "../../i18n/text.tsx";

export default function UserPools() {
  const text = useText().userPools;
  const [created, updated] = useTimeColumns<UserPoolDescriptionType>();
  const { me } = useSession();
  const { region = me.region } = usePreferences();
  return (
    <ListPage
      title={text.title}
      description={text.description(region)}
      kind="pools"
      load={userPoolsIn(region)}
      of={region}
      keyOf={({ Id = "" }) => Id}
      nameOf={({ Name = "" }) => Name}
      create={{ label: text.create, href: paths.createUserPool }}
      none={{ title: text.none, hint: text.noneHint(region) }}
      deniedHint={text.deniedHint}
      find={{ label: text.find, textOf: ({ Id = "", Name = "" }) => `${Id}\n${Name}` }}
      columns={[
        nameColumn<UserPoolDescriptionType>({
          header: text.name,
          nameOf: ({ Name = "" }) => Name,
          hrefOf: ({ Id = "" }) => paths.poolOverview(Id),
        }),
        {
          id: "id",
          header: text.id,
          sortBy: ({ Id }) => Id,
          minWidth: 220,
          cell: ({ Id = "" }) => <Copyable value={Id} label={text.id} />,
        },
        created,
        { ...updated, isExtra: false },
      ]}
      deleteDialog={({ Id = "", Name = "" }, answers) => (
        <DeletePoolDialog poolId={Id} name={Name} {...answers} />
      )}
      deleteSeveral={(pools, answers) => (
        <DeletePoolsDialog poolIds={pools.map(({ Id = "" }) => Id)} {...answers} />
      )}
    />
  );
}
