import type { UserPoolClientDescription } from "@aws-sdk/client-cognito-identity-provider";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useState } from "react";
import { appClientsOf } from "../api/lists.ts";
import { useLoad } from "../api/load.ts";
import { allPages } from "../api/pages.ts";
import { paths } from "../app/paths.ts";
import { useSession } from "../app/session.tsx";
import { useText } from "../i18n/text.tsx";
import { type WalkPlace, walks } from "../rules/walk.ts";
import { Code } from "./code.tsx";
import { Loading } from "./loading.tsx";

/** The walk, ready to paste, with the pool's and the client's own ids in it. */
export function WalkCommands({ poolId, clientId }: { readonly poolId: string; readonly clientId: string }) {
  const text = useText().walk;
  const { me } = useSession();
  const place: WalkPlace = {
    poolId,
    clientId,
    endpoint: me.endpoint,
    ...(me.awsFiles === undefined ? {} : { awsFiles: me.awsFiles }),
  };
  return (
    <Tabs
      ariaLabel={text.title}
      tabs={walks.map(({ id, label, steps }) => ({
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
export function PoolWalk({ poolId }: { readonly poolId: string }) {
  const text = useText().walk;
  const clients = useLoad(() => allPages(appClientsOf(poolId)), [poolId]);
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
            <WalkWithChoice poolId={poolId} clients={found} />
          )
        }
      </Loading>
    </Container>
  );
}

function WalkWithChoice({
  poolId,
  clients,
}: {
  readonly poolId: string;
  readonly clients: readonly UserPoolClientDescription[];
}) {
  const text = useText().walk;
  const options = clients.map(({ ClientId = "", ClientName = "" }) => ({
    value: ClientId,
    label: ClientName,
    description: ClientId,
  }));
  const [chosen, setChosen] = useState(options[0]);
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
      {chosen && <WalkCommands poolId={poolId} clientId={chosen.value} />}
    </SpaceBetween>
  );
}
