import {
  DescribeUserPoolClientCommand,
  type UserPoolClientType,
} from "@aws-sdk/client-cognito-identity-provider";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Link from "@cloudscape-design/components/link";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { inPool } from "../api/aws.ts";
import { appClientsOf } from "../api/lists.ts";
import { useLoad } from "../api/load.ts";
import { allPages } from "../api/pages.ts";
import { paths } from "../app/paths.ts";
import { useText } from "../i18n/text.tsx";
import { effectiveFlows } from "../rules/app-client.ts";
import { type Flow, flows, type SignInTarget } from "../sign-in/exchange.ts";
import { Empty, Loading } from "./loading.tsx";
import { SecretInput } from "./secret-input.tsx";

interface Props {
  readonly poolId: string;
  readonly isRunning: boolean;
  readonly onSubmit: (target: SignInTarget, password: string) => void;
  readonly onForgotten: (target: SignInTarget) => void;
}

/** Whom to sign in, through which client and flow. */
export function TryItForm({ poolId, isRunning, onSubmit, onForgotten }: Props) {
  const text = useText().tryIt;
  const quickstart = useText().quickstart;
  const loaded = useLoad(["describedClients", poolId], async () => {
    const clients = await allPages(appClientsOf(poolId), 60);
    return Promise.all(
      clients.map(async ({ ClientId }) => {
        const answer = await inPool(poolId, (client) =>
          client.send(new DescribeUserPoolClientCommand({ UserPoolId: poolId, ClientId })),
        );
        return answer.UserPoolClient ?? {};
      }),
    );
  });
  return (
    <Loading loaded={loaded}>
      {(clients) =>
        clients.length === 0 ? (
          <Empty
            title={text.noClient}
            action={<Link href={paths.createAppClient(poolId)}>{quickstart.createClient}</Link>}
          />
        ) : (
          <Form
            poolId={poolId}
            clients={clients}
            isRunning={isRunning}
            onSubmit={onSubmit}
            onForgotten={onForgotten}
          />
        )
      }
    </Loading>
  );
}

function Form({
  poolId,
  clients,
  isRunning,
  onSubmit,
  onForgotten,
}: Props & { readonly clients: readonly UserPoolClientType[] }) {
  const text = useText().tryIt;
  const clientText = useText().appClients;
  const [clientId, setClientId] = useState(clients[0]?.ClientId);
  const [flow, setFlow] = useState<Flow>();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const client = clients.find(({ ClientId }) => ClientId === clientId) ?? {};
  const enabled: readonly string[] = effectiveFlows(client);
  const isEnabled = (candidate: Flow) => enabled.includes(`ALLOW_${candidate}`);
  const chosenFlow = flow ?? flows.find(isEnabled) ?? flows[0];
  const options = clients.map(({ ClientId = "", ClientName = "" }) => ({
    value: ClientId,
    label: ClientName,
    description: ClientId,
  }));
  const labels: Readonly<Record<string, string>> = clientText.flows;
  const target: SignInTarget = {
    poolId,
    clientId: client.ClientId ?? "",
    clientSecret: client.ClientSecret,
    flow: chosenFlow,
    username: username.trim(),
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(target, password);
      }}
    >
      <SpaceBetween size="l">
        <FormField label={text.client}>
          <Select
            options={options}
            selectedOption={options.find(({ value }) => value === clientId) ?? null}
            onChange={({ detail }) => {
              setClientId(detail.selectedOption.value);
              setFlow(undefined);
            }}
          />
        </FormField>
        <FormField label={text.flow}>
          <RadioGroup
            value={chosenFlow}
            onChange={({ detail }) => setFlow(flows.find((known) => known === detail.value))}
            items={flows.map((candidate) => ({
              value: candidate,
              label: candidate,
              description: isEnabled(candidate) ? labels[`ALLOW_${candidate}`] : text.flowDisabled,
            }))}
          />
        </FormField>
        {chosenFlow === "USER_SRP_AUTH" && !window.isSecureContext && (
          <Alert type="warning">{text.needsSecureContext}</Alert>
        )}
        <FormField label={text.username}>
          <Input
            value={username}
            onChange={({ detail }) => setUsername(detail.value)}
            autoComplete="off"
            spellcheck={false}
          />
        </FormField>
        <FormField label={text.password}>
          <SecretInput value={password} onChange={setPassword} />
        </FormField>
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="primary" loading={isRunning} disabled={target.username === "" || password === ""}>
            {text.submit}
          </Button>
          <Button
            variant="link"
            formAction="none"
            disabled={target.username === "" || isRunning}
            onClick={() => onForgotten(target)}
          >
            {text.forgotPassword}
          </Button>
        </SpaceBetween>
      </SpaceBetween>
    </form>
  );
}
