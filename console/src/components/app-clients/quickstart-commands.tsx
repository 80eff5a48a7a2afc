import type {
  UserPoolClientDescription,
  UserPoolClientType,
  UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useState } from "react";
import { useAppClient } from "../../api/described.ts";
import { appClientsOf } from "../../api/lists.ts";
import { useLoad } from "../../api/load.ts";
import { allPages } from "../../api/pages.ts";
import { paths } from "../../app/paths.ts";
import { useSession } from "../../app/session.tsx";
import { useText } from "../../i18n/text.tsx";
import { effectiveFlows } from "../../rules/app-clients/app-client.ts";
import { signInOptionsOf } from "../../rules/authentication/sign-in-options.ts";
import { type QuickstartPlace, quickstarts } from "../../rules/quickstart/index.ts";
import { Code } from "../basics/code.tsx";
import { Loading } from "../basics/loading.tsx";

interface Props {
  readonly pool: UserPoolType;
  readonly client: UserPoolClientType;
}

/** The quickstart, ready to paste, with the pool's and the client's own ids in it. */
export function QuickstartCommands({ pool, client }: Props) {
  const text = useText().quickstart;
  const { me } = useSession();
  const place: QuickstartPlace = {
    poolId: pool.Id ?? "",
    clientId: client.ClientId ?? "",
    hasSecret: client.ClientSecret !== undefined,
    flows: effectiveFlows(client),
    signIn: signInOptionsOf(pool),
    endpoint: me.endpoint,
    takesAnyKey: me.canSkipSignIn,
    ...(me.awsFiles === undefined ? {} : { awsFiles: me.awsFiles }),
  };
  const fitting = quickstarts.filter(({ fits }) => fits(place));
  if (fitting.length === 0)
    return (
      <Alert
        type="info"
        action={<Button href={paths.editAppClient(place.poolId, place.clientId)}>{text.editClient}</Button>}
      >
        {text.flowMissing}
      </Alert>
    );
  return (
    <Tabs
      ariaLabel={text.title}
      tabs={fitting.map(({ id, label, steps }) => ({
        id,
        label,
        content: (
          <SpaceBetween size="m">
            {steps.map((step) => (
              <SpaceBetween size="xxs" key={step.name}>
                <div>{text.steps[step.name]}</div>
                <Code label={text.steps[step.name]}>{step.lines(place)}</Code>
              </SpaceBetween>
            ))}
          </SpaceBetween>
        ),
      }))}
    />
  );
}

/** The same for a pool, with a choice of its app clients. */
export function PoolQuickstart({ pool }: { readonly pool: UserPoolType }) {
  const text = useText().quickstart;
  const poolId = pool.Id ?? "";
  const clients = useLoad(["allClients", poolId], () => allPages(appClientsOf(poolId)));
  return (
    <Container header={<Header description={text.description}>{text.title}</Header>}>
      <Loading loaded={clients}>
        {(found) =>
          found.length === 0 ? (
            <SpaceBetween size="xs">
              <div>{text.noClient}</div>
              <Link href={paths.createAppClient(poolId)}>{text.createClient}</Link>
            </SpaceBetween>
          ) : (
            <QuickstartWithChoice pool={pool} clients={found} />
          )
        }
      </Loading>
    </Container>
  );
}

function QuickstartWithChoice({
  pool,
  clients,
}: {
  readonly pool: UserPoolType;
  readonly clients: readonly UserPoolClientDescription[];
}) {
  const text = useText().quickstart;
  const options = clients.map(({ ClientId = "", ClientName = "" }) => ({
    value: ClientId,
    label: ClientName,
    description: ClientId,
  }));
  const [chosen, setChosen] = useState(options[0]);
  const loaded = useAppClient(pool.Id ?? "", chosen?.value ?? "");
  return (
    <SpaceBetween size="m">
      <FormField label={text.client}>
        <Select
          options={options}
          selectedOption={chosen ?? null}
          onChange={({ detail }) =>
            setChosen(options.find(({ value }) => value === detail.selectedOption.value) ?? chosen)
          }
        />
      </FormField>
      <Loading loaded={loaded}>{(client) => <QuickstartCommands pool={pool} client={client} />}</Loading>
    </SpaceBetween>
  );
}
