import type { UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useAppClient } from "../../api/described.ts";
import { paths, tryItWith } from "../../app/paths.ts";
import { usePool } from "../../app/pool.tsx";
import { useNavigation } from "../../app/router.tsx";
import { ApplicationSetUp } from "../../components/app-clients/application-set-up.tsx";
import { AttributePermissions } from "../../components/app-clients/attribute-permissions.tsx";
import { ClientSecrets, RevealedSecret } from "../../components/app-clients/client-secrets.tsx";
import { ClientSessions } from "../../components/app-clients/client-sessions.tsx";
import { ClientToken, hasOwnTokens } from "../../components/app-clients/client-token.tsx";
import { DeleteClientDialog } from "../../components/app-clients/delete-client.tsx";
import { LoginPages } from "../../components/app-clients/login-pages.tsx";
import { QuickstartCommands } from "../../components/app-clients/quickstart-commands.tsx";
import { RequestBuilder } from "../../components/app-clients/request-builder.tsx";
import { AddressTabs } from "../../components/basics/address-tabs.tsx";
import { Copyable } from "../../components/basics/copyable.tsx";
import { KeyValues, ValueList } from "../../components/basics/key-values.tsx";
import { Loading } from "../../components/basics/loading.tsx";
import { PageHeader } from "../../components/basics/page-header.tsx";
import { Time } from "../../components/basics/time.tsx";
import { useText } from "../../i18n/text.tsx";
import { CLIENT_TOKEN_FLOW, effectiveFlows, lifetimesOf } from "../../rules/app-clients/app-client.ts";
import { typesOfClient } from "../../rules/set-up/index.ts";

interface Props {
  readonly poolId: string;
  readonly clientId: string;
}

export default function AppClient({ poolId, clientId }: Props) {
  const { pool } = usePool();
  const text = useText().appClients;
  const login = useText().loginPages;
  const requests = useText().oauthRequests;
  const features = useText().clientFeatures;
  const quickstart = useText().quickstart;
  const common = useText().common;
  const { navigate } = useNavigation();
  const [isDeleting, setDeleting] = useState(false);
  const loaded = useAppClient(poolId, clientId);
  const name = loaded.value?.ClientName ?? clientId;

  return (
    <ContentLayout
      header={
        <PageHeader
          title={name}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button disabled={loaded.value === undefined} onClick={() => setDeleting(true)}>
                {common.delete}
              </Button>
              <Button href={tryItWith(poolId, { client: clientId })}>{text.tryIt}</Button>
              <Button href={paths.editAppClient(poolId, clientId)}>{common.edit}</Button>
            </SpaceBetween>
          }
        />
      }
    >
      <Loading loaded={loaded}>
        {(client) => (
          <SpaceBetween size="l">
            <ClientInformation client={client} />
            <AddressTabs
              ariaLabel={text.title}
              tabs={[
                {
                  id: "quick-setup",
                  label: text.quickSetup,
                  content: (
                    <SpaceBetween size="l">
                      <ApplicationSetUp client={client} types={typesOfClient(client)} />
                      {!hasOwnTokens(client) && (
                        <Container header={<Header>{quickstart.title}</Header>}>
                          <QuickstartCommands pool={pool} client={client} />
                        </Container>
                      )}
                    </SpaceBetween>
                  ),
                },
                {
                  id: "login-pages",
                  label: login.title,
                  content: <LoginPages client={client} />,
                },
                {
                  id: "requests",
                  label: requests.title,
                  content: <RequestBuilder client={client} onClientChanged={loaded.reload} />,
                },
                ...(hasOwnTokens(client)
                  ? [
                      {
                        id: "client-token",
                        label: features.clientToken.title,
                        content: <ClientToken client={client} />,
                      },
                    ]
                  : []),
                {
                  id: "sessions",
                  label: features.sessions.title,
                  content: <ClientSessions poolId={poolId} clientId={clientId} />,
                },
                {
                  id: "attributes",
                  label: text.attributePermissions,
                  content: <AttributePermissions pool={pool} client={client} />,
                },
                ...(client.ClientSecret === undefined || client.ClientType === "DCR"
                  ? []
                  : [
                      {
                        id: "secrets",
                        label: text.secrets,
                        content: (
                          <ClientSecrets poolId={poolId} clientId={clientId} onChanged={loaded.reload} />
                        ),
                      },
                    ]),
              ]}
            />
          </SpaceBetween>
        )}
      </Loading>
      {isDeleting && (
        <DeleteClientDialog
          poolId={poolId}
          clientId={clientId}
          name={name}
          onDismiss={() => setDeleting(false)}
          onDeleted={() => navigate(paths.appClients(poolId))}
        />
      )}
    </ContentLayout>
  );
}

function ClientInformation({ client }: { readonly client: UserPoolClientType }) {
  const text = useText().appClients;
  const common = useText().common;
  const lifetimes = lifetimesOf(client);
  const clientToken = useText().clientFeatures.clientToken;
  const labels: Readonly<Record<string, string>> = { ...text.flows, [CLIENT_TOKEN_FLOW]: clientToken.flow };
  const lifetime = (token: keyof typeof lifetimes) =>
    text.duration(Number(lifetimes[token].value), lifetimes[token].unit);
  const onOff = (isOn: boolean | undefined) => (isOn ? common.enabled : common.disabled);
  return (
    <Container header={<Header>{text.information}</Header>}>
      <KeyValues
        columns={3}
        items={[
          { label: text.name, value: client.ClientName ?? "" },
          { label: text.id, value: <Copyable value={client.ClientId ?? ""} label={text.id} /> },
          {
            label: text.secret,
            value:
              client.ClientSecret === undefined ? (
                text.noSecret
              ) : (
                <RevealedSecret secret={client.ClientSecret} label={text.secret} />
              ),
          },
          {
            label: text.authFlows,
            value: <ValueList values={effectiveFlows(client).map((flow) => labels[flow] ?? flow)} />,
          },
          { label: text.sessionDuration, value: text.duration(client.AuthSessionValidity ?? 3, "minutes") },
          { label: text.lifetimes.refresh, value: lifetime("refresh") },
          { label: text.lifetimes.access, value: lifetime("access") },
          { label: text.lifetimes.id, value: lifetime("id") },
          { label: text.revocation, value: onOff(client.EnableTokenRevocation) },
          { label: text.existenceErrors, value: onOff(client.PreventUserExistenceErrors === "ENABLED") },
          { label: text.userContext, value: onOff(client.EnablePropagateAdditionalUserContextData) },
          { label: text.rotation, value: onOff(client.RefreshTokenRotation?.Feature === "ENABLED") },
          { label: common.created, value: <Time at={client.CreationDate} /> },
          { label: common.lastUpdated, value: <Time at={client.LastModifiedDate} /> },
        ]}
      />
    </Container>
  );
}
