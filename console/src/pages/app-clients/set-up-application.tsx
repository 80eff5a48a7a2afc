import type { UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useAppClient } from "../../api/described.ts";
import { paths } from "../../app/paths.ts";
import { useAddressState } from "../../app/router.tsx";
import { ApplicationSetUp } from "../../components/app-clients/application-set-up.tsx";
import { RevealedSecret } from "../../components/app-clients/client-secrets.tsx";
import { ViewLoginPage } from "../../components/app-clients/view-login-page.tsx";
import { Copyable } from "../../components/basics/copyable.tsx";
import { KeyValues } from "../../components/basics/key-values.tsx";
import { Loading } from "../../components/basics/loading.tsx";
import { PageHeader } from "../../components/basics/page-header.tsx";
import { useText } from "../../i18n/text.tsx";
import type { ClientType } from "../../rules/app-clients/app-client.ts";
import { setUpSamples, typesOfClient } from "../../rules/set-up/index.ts";

interface Props {
  readonly poolId: string;
  readonly clientId: string;
}

/** After the creation of a user pool: the code of its first application. */
export default function SetUpApplication({ poolId, clientId }: Props) {
  const text = useText().setUp;
  return (
    <Loading loaded={useAppClient(poolId, clientId)} title={text.title}>
      {(client) => <SetUp poolId={poolId} client={client} />}
    </Loading>
  );
}

function SetUp({ poolId, client }: { readonly poolId: string; readonly client: UserPoolClientType }) {
  const text = useText().setUp;
  const clients = useText().appClients;
  const [{ type: chosen }] = useAddressState({ type: "" });
  const known = (Object.keys(setUpSamples) as ClientType[]).find((one) => one === chosen);
  const types = known === undefined ? typesOfClient(client) : ([known] as const);
  const [type] = types;
  return (
    <ContentLayout
      header={
        <PageHeader
          title={text.title}
          description={text.description(client.ClientName ?? "")}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {(type === "web" || type === "spa") && <ViewLoginPage client={client} />}
              <Button variant="primary" href={paths.poolOverview(poolId)}>
                {text.toOverview}
              </Button>
            </SpaceBetween>
          }
        />
      }
    >
      <SpaceBetween size="l">
        <Container header={<Header>{clients.information}</Header>}>
          <KeyValues
            columns={2}
            items={[
              {
                label: clients.id,
                value: <Copyable value={client.ClientId ?? ""} label={clients.id} />,
              },
              {
                label: clients.secret,
                value:
                  client.ClientSecret === undefined ? (
                    clients.noSecret
                  ) : (
                    <RevealedSecret secret={client.ClientSecret} label={clients.secret} />
                  ),
              },
            ]}
          />
        </Container>
        <ApplicationSetUp client={client} types={types} />
      </SpaceBetween>
    </ContentLayout>
  );
}
