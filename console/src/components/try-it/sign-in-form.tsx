import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useAppClient } from "../../api/described.ts";
import { useText } from "../../i18n/text.tsx";
import { effectiveFlows } from "../../rules/app-clients/app-client.ts";
import {
  type Device,
  type FirstChallenge,
  type Flow,
  firstChallenges,
  flows,
  preferredFlow,
  type SignInTarget,
} from "../../sign-in/exchange.ts";
import { type ChosenClient, ClientChoice } from "../app-clients/client-choice.tsx";
import { Optional } from "../basics/optional.tsx";
import { ProblemAlert } from "../basics/problem.tsx";
import { SecretInput } from "../basics/secret-input.tsx";

interface SignInProps {
  readonly poolId: string;
  readonly isRunning: boolean;
  /** The device that is remembered for a user. */
  readonly deviceOf: (username: string) => Device | undefined;
  readonly onSubmit: (target: SignInTarget, password: string) => void;
  readonly onForgotten: (target: SignInTarget) => void;
  /** At the beginning; empty for none. */
  readonly username: string;
}

/** The user, the client and the flow of a sign-in. */
export function SignInForm(props: SignInProps) {
  return (
    <ClientChoice poolId={props.poolId} none={useText().tryIt.noClient}>
      {(chosen) => <SignInFields {...props} {...chosen} />}
    </ClientChoice>
  );
}

function SignInFields({
  poolId,
  clientId,
  field,
  isRunning,
  deviceOf,
  onSubmit,
  onForgotten,
  username: initial,
}: SignInProps & ChosenClient) {
  const text = useText().tryIt;
  const clientText = useText().appClients;
  const { value: client, error, reload } = useAppClient(poolId, clientId);
  const [chosen, setChosen] = useState<{ readonly flow: Flow; readonly clientId: string }>();
  const [username, setUsername] = useState(initial);
  const [password, setPassword] = useState("");
  const [preferred, setPreferred] = useState<FirstChallenge>();
  const [usesDevice, setUsesDevice] = useState(true);
  const enabled: readonly string[] = client === undefined ? [] : effectiveFlows(client);
  const isDisabled = (candidate: Flow) => client !== undefined && !enabled.includes(`ALLOW_${candidate}`);
  // A flow that was chosen for another app client does not count.
  const flow = chosen?.clientId === clientId ? chosen.flow : preferredFlow(client);
  const labels: Readonly<Record<string, string>> = clientText.flows;
  const device = deviceOf(username.trim());
  const target: SignInTarget = {
    poolId,
    clientId,
    clientSecret: client?.ClientSecret,
    flow,
    username: username.trim(),
    preferred: flow === "USER_AUTH" ? preferred : undefined,
    device: usesDevice ? device : undefined,
  };
  const need = passwordNeed(flow, preferred);

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(target, need === "none" ? "" : password);
      }}
    >
      <SpaceBetween size="l">
        {field}
        <ProblemAlert error={error} onRetry={reload} />
        <FormField label={text.flow}>
          <RadioGroup
            value={flow}
            onChange={({ detail }) =>
              setChosen({ clientId, flow: flows.find((known) => known === detail.value) ?? flow })
            }
            items={flows.map((candidate) => ({
              value: candidate,
              label: candidate,
              description: isDisabled(candidate) ? text.flowDisabled : labels[`ALLOW_${candidate}`],
            }))}
          />
        </FormField>
        {(flow === "USER_SRP_AUTH" || preferred === "PASSWORD_SRP") && !window.isSecureContext && (
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
        {flow === "USER_AUTH" && <PreferredField preferred={preferred} onChange={setPreferred} />}
        {need !== "none" && (
          <FormField
            label={need === "required" ? text.password : <Optional label={text.password} />}
            description={need === "optional" && text.customPassword}
          >
            <SecretInput value={password} onChange={setPassword} />
          </FormField>
        )}
        {device !== undefined && (
          <Checkbox
            checked={usesDevice}
            description={device.key}
            onChange={({ detail }) => setUsesDevice(detail.checked)}
          >
            {text.usesDevice}
          </Checkbox>
        )}
        <SpaceBetween direction="horizontal" size="xs">
          <Button
            variant="primary"
            loading={isRunning}
            disabled={
              client === undefined || target.username === "" || (need === "required" && password === "")
            }
          >
            {text.submit}
          </Button>
          <Button
            variant="link"
            formAction="none"
            disabled={client === undefined || target.username === "" || isRunning}
            onClick={() => onForgotten(target)}
          >
            {text.forgotPassword}
          </Button>
        </SpaceBetween>
      </SpaceBetween>
    </form>
  );
}

/** Whether the first request of a flow carries or proves a password. */
function passwordNeed(flow: Flow, preferred: FirstChallenge | undefined): "required" | "optional" | "none" {
  if (flow === "CUSTOM_AUTH") return "optional";
  if (flow !== "USER_AUTH") return "required";
  return preferred === "PASSWORD" || preferred === "PASSWORD_SRP" ? "required" : "none";
}

interface PreferredProps {
  readonly preferred: FirstChallenge | undefined;
  readonly onChange: (preferred: FirstChallenge | undefined) => void;
}

function PreferredField({ preferred, onChange }: PreferredProps) {
  const text = useText().tryIt;
  const none = { value: "", label: text.noPreference };
  const options = [
    none,
    ...firstChallenges.map((value) => ({ value, label: text.factors[value], tags: [value] })),
  ];
  return (
    <FormField label={text.preferred}>
      <Select
        options={options}
        selectedOption={options.find(({ value }) => value === (preferred ?? "")) ?? none}
        onChange={({ detail }) =>
          onChange(firstChallenges.find((known) => known === detail.selectedOption.value))
        }
      />
    </FormField>
  );
}
