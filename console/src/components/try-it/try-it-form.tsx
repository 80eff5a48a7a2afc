import {
  DescribeUserPoolClientCommand,
  type UserPoolClientType,
} from "@aws-sdk/client-cognito-identity-provider";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Link from "@cloudscape-design/components/link";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useState } from "react";
import { inPool } from "../../api/aws.ts";
import { appClientsOf } from "../../api/lists.ts";
import { useLoad } from "../../api/load.ts";
import { allPages } from "../../api/pages.ts";
import { paths } from "../../app/paths.ts";
import { usePool } from "../../app/pool.tsx";
import { useText } from "../../i18n/text.tsx";
import { effectiveFlows } from "../../rules/app-clients/app-client.ts";
import { passwordFaults, passwordPolicyOf } from "../../rules/authentication/password.ts";
import { signInOptionsOf } from "../../rules/authentication/sign-in-options.ts";
import { firstFactorsOf } from "../../rules/authentication/sign-in-policy.ts";
import { type SignUpAttribute, signUpAttributes } from "../../rules/authentication/sign-up-attributes.ts";
import {
  type Device,
  type FirstChallenge,
  type Flow,
  firstChallenges,
  flows,
  type SignInTarget,
} from "../../sign-in/exchange.ts";
import { Empty, Loading } from "../basics/loading.tsx";
import { Optional } from "../basics/optional.tsx";
import { NewPasswordField } from "../basics/password-field.tsx";
import { SecretInput } from "../basics/secret-input.tsx";

interface CommonProps {
  readonly poolId: string;
  readonly isRunning: boolean;
}

interface SignInProps extends CommonProps {
  /** The device that is remembered for a user. */
  readonly deviceOf: (username: string) => Device | undefined;
  readonly onSubmit: (target: SignInTarget, password: string) => void;
  readonly onForgotten: (target: SignInTarget) => void;
}

/** The user, the client and the flow of a sign-in. */
export function SignInForm(props: SignInProps) {
  return (
    <WithClients poolId={props.poolId}>
      {(clients) => <SignInFields {...props} clients={clients} />}
    </WithClients>
  );
}

interface SignUpProps extends CommonProps {
  readonly onSubmit: (
    target: SignInTarget,
    password: string,
    attributes: readonly { readonly Name: string; readonly Value: string }[],
  ) => void;
}

/** The user and the client of a sign-up. */
export function SignUpForm(props: SignUpProps) {
  return (
    <WithClients poolId={props.poolId}>
      {(clients) => <SignUpFields {...props} clients={clients} />}
    </WithClients>
  );
}

interface ClientsProps {
  readonly poolId: string;
  readonly children: (clients: readonly UserPoolClientType[]) => ReactNode;
}

function WithClients({ poolId, children }: ClientsProps) {
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
          children(clients)
        )
      }
    </Loading>
  );
}

interface ClientProps {
  readonly clients: readonly UserPoolClientType[];
  readonly clientId: string | undefined;
  readonly onChange: (clientId: string | undefined) => void;
}

function ClientField({ clients, clientId, onChange }: ClientProps) {
  const text = useText().tryIt;
  const options = clients.map(({ ClientId = "", ClientName = "" }) => ({
    value: ClientId,
    label: ClientName,
    description: ClientId,
  }));
  return (
    <FormField label={text.client}>
      <Select
        options={options}
        selectedOption={options.find(({ value }) => value === clientId) ?? null}
        onChange={({ detail }) => onChange(detail.selectedOption.value)}
      />
    </FormField>
  );
}

function preferredFlow(client: UserPoolClientType): Flow {
  const enabled: readonly string[] = effectiveFlows(client);
  return flows.find((flow) => enabled.includes(`ALLOW_${flow}`)) ?? flows[0];
}

interface WithClientsProps {
  readonly clients: readonly UserPoolClientType[];
}

function SignInFields({
  poolId,
  clients,
  isRunning,
  deviceOf,
  onSubmit,
  onForgotten,
}: SignInProps & WithClientsProps) {
  const text = useText().tryIt;
  const clientText = useText().appClients;
  const [clientId, setClientId] = useState(clients[0]?.ClientId);
  const [flow, setFlow] = useState<Flow>();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [preferred, setPreferred] = useState<FirstChallenge>();
  const [usesDevice, setUsesDevice] = useState(true);
  const client = clients.find(({ ClientId }) => ClientId === clientId) ?? {};
  const enabled: readonly string[] = effectiveFlows(client);
  const isEnabled = (candidate: Flow) => enabled.includes(`ALLOW_${candidate}`);
  const chosenFlow = flow ?? preferredFlow(client);
  const labels: Readonly<Record<string, string>> = clientText.flows;
  const device = deviceOf(username.trim());
  const target: SignInTarget = {
    poolId,
    clientId: client.ClientId ?? "",
    clientSecret: client.ClientSecret,
    flow: chosenFlow,
    username: username.trim(),
    preferred: chosenFlow === "USER_AUTH" ? preferred : undefined,
    device: usesDevice ? device : undefined,
  };
  const need = passwordNeed(chosenFlow, preferred);

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(target, need === "none" ? "" : password);
      }}
    >
      <SpaceBetween size="l">
        <ClientField
          clients={clients}
          clientId={clientId}
          onChange={(chosen) => {
            setClientId(chosen);
            setFlow(undefined);
          }}
        />
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
        {(chosenFlow === "USER_SRP_AUTH" || preferred === "PASSWORD_SRP") && !window.isSecureContext && (
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
        {chosenFlow === "USER_AUTH" && <PreferredField preferred={preferred} onChange={setPreferred} />}
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
            disabled={target.username === "" || (need === "required" && password === "")}
          >
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

function SignUpFields({ poolId, clients, isRunning, onSubmit }: SignUpProps & WithClientsProps) {
  const { pool } = usePool();
  const text = useText().tryIt;
  const signIn = signInOptionsOf(pool);
  const policy = passwordPolicyOf(pool.Policies?.PasswordPolicy);
  const [clientId, setClientId] = useState(clients[0]?.ClientId);
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const client = clients.find(({ ClientId }) => ClientId === clientId) ?? {};
  const attributes = signUpAttributes(pool);
  const isMissing = ({ name, isRequired }: SignUpAttribute) => isRequired && (values[name] ?? "") === "";
  const canLackPassword = firstFactorsOf(pool).some(
    (factor) => factor === "EMAIL_OTP" || factor === "SMS_OTP",
  );
  const isPasswordFit = (password === "" && canLackPassword) || passwordFaults(password, policy).length === 0;
  const isComplete = username.trim() !== "" && isPasswordFit && !attributes.some(isMissing);
  const submit = () =>
    onSubmit(
      {
        poolId,
        clientId: client.ClientId ?? "",
        clientSecret: client.ClientSecret,
        flow: preferredFlow(client),
        username: username.trim(),
      },
      password,
      Object.entries(values)
        .filter(([, value]) => value !== "")
        .map(([Name, Value]) => ({ Name, Value })),
    );

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete) submit();
      }}
    >
      <SpaceBetween size="l">
        {pool.AdminCreateUserConfig?.AllowAdminCreateUserOnly && (
          <Alert type="warning">{text.signUpClosed}</Alert>
        )}
        <ClientField clients={clients} clientId={clientId} onChange={setClientId} />
        <FormField
          label={text.username}
          description={signIn.hasUsername ? undefined : text.addressAsUsername}
        >
          <Input
            value={username}
            autoComplete={false}
            spellcheck={false}
            onChange={({ detail }) => setUsername(detail.value)}
          />
        </FormField>
        <NewPasswordField
          label={canLackPassword ? <Optional label={text.password} /> : text.password}
          value={password}
          onChange={setPassword}
          policy={policy}
          wasTried={false}
        />
        {attributes.map(({ name, isRequired }) => (
          <FormField key={name} label={isRequired ? name : <Optional label={name} />}>
            <Input
              value={values[name] ?? ""}
              autoComplete={false}
              onChange={({ detail }) => setValues({ ...values, [name]: detail.value })}
            />
          </FormField>
        ))}
        <Button variant="primary" loading={isRunning} disabled={!isComplete}>
          {text.signUpSubmit}
        </Button>
      </SpaceBetween>
    </form>
  );
}
