import Box from "@cloudscape-design/components/box";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import { appClientsOf } from "../../api/lists.ts";
import { useLoad } from "../../api/load.ts";
import { usePool } from "../../app/pool.tsx";
import { useText } from "../../i18n/text.tsx";
import { recommendationsOf } from "../../rules/pools/recommendations.ts";
import { Loading } from "../basics/loading.tsx";

/** What to set up in the pool next, with links to where. */
export function Recommendations() {
  const { pool } = usePool();
  const text = useText().recommendations;
  const poolId = pool.Id ?? "";
  const clients = useLoad(["first client", poolId], () => appClientsOf(poolId)(1, undefined));
  return (
    <Container header={<Header description={text.description}>{text.title}</Header>}>
      <Loading loaded={clients}>
        {({ items: [client] }) => (
          <ColumnLayout columns={3} minColumnWidth={240}>
            {recommendationsOf(pool, client?.ClientId).map(({ id, href }) => (
              <div key={id}>
                <Link href={href} fontSize="heading-s">
                  {id === "setUpApp" ? text.setUpApp(client?.ClientName ?? "") : text.items[id].title}
                </Link>
                <Box color="text-body-secondary" padding={{ top: "xxs" }}>
                  {text.items[id].hint}
                </Box>
              </div>
            ))}
          </ColumnLayout>
        )}
      </Loading>
    </Container>
  );
}
