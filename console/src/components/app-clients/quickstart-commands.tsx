import type { UserPoolClientType, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useAppClient } from "../../api/described.ts";
import { paths } from "../../app/paths.ts";
import { useSession } from "../../app/session.tsx";
import { useText } from "../../i18n/text.tsx";
import { effectiveFlows } from "../../rules/app-clients/app-client.ts";
import { signInOptionsOf } from "../../rules/authentication/sign-in-options.ts";
import { type QuickstartPlace, quickstarts } from "../../rules/quickstart/index.ts";
import { Code } from "../basics/code.tsx";
import { Loading } from "../basics/loading.tsx";
import { type ChosenClient, ClientChoice } from "./client-choice.tsx";

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
  return (
    <Container header={<Header description={text.description}>{text.title}</Header>}>
      <ClientChoice poolId={pool.Id ?? ""} none={text.noClient}>
        {(chosen) => <QuickstartOfChosen pool={pool} {...chosen} />}
      </ClientChoice>
    </Container>
  );
}

function QuickstartOfChosen({
  pool,
  clientId,
  field,
}: Pick<ChosenClient, "clientId" | "field"> & { readonly pool: UserPoolType }) {
  const loaded = useAppClient(pool.Id ?? "", clientId);
  return (
    <SpaceBetween size="m">
      {field}
      <Loading loaded={loaded}>{(client) => <QuickstartCommands pool={pool} client={client} />}</Loading>
    </SpaceBetween>
  );
}
