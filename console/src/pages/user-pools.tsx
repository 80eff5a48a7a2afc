import Link from "@cloudscape-design/components/link";
import { userPoolsIn } from "../api/lists.ts";
import { paths } from "../app/paths.ts";
import { usePreferences } from "../app/preferences.tsx";
import { useSession } from "../app/session.tsx";
import { Copyable } from "../components/copyable.tsx";
import { DeletePoolDialog } from "../components/delete-pool.tsx";
import { ListPage } from "../components/list-page.tsx";
import { Time } from "../components/time.tsx";
import { useText } from "../i18n/text.tsx";

export default function UserPools() {
  const text = useText().userPools;
  const common = useText().common;
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
      find={{ label: text.find, textOf: ({ Id = "", Name = "" }) => `${Id}\n${Name}` }}
      columns={[
        {
          id: "name",
          header: text.name,
          isRowHeader: true,
          cell: ({ Id = "", Name }) => <Link href={paths.poolOverview(Id)}>{Name}</Link>,
        },
        { id: "id", header: text.id, cell: ({ Id = "" }) => <Copyable value={Id} label={text.id} /> },
        { id: "created", header: common.created, cell: ({ CreationDate }) => <Time at={CreationDate} /> },
        {
          id: "modified",
          header: common.lastUpdated,
          cell: ({ LastModifiedDate }) => <Time at={LastModifiedDate} />,
        },
      ]}
      deleteDialog={({ Id = "", Name = "" }, answers) => (
        <DeletePoolDialog poolId={Id} name={Name} {...answers} />
      )}
    />
  );
}
