import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useAppClient } from "../../api/described.ts";
import { usePool } from "../../app/pool.tsx";
import { useText } from "../../i18n/text.tsx";
import { passwordFaults, passwordPolicyOf } from "../../rules/authentication/password.ts";
import { signInOptionsOf } from "../../rules/authentication/sign-in-options.ts";
import { firstFactorsOf } from "../../rules/authentication/sign-in-policy.ts";
import { type SignUpAttribute, signUpAttributes } from "../../rules/authentication/sign-up-attributes.ts";
import { preferredFlow, type SignInTarget } from "../../sign-in/exchange.ts";
import { type ChosenClient, ClientChoice } from "../app-clients/client-choice.tsx";
import { Optional } from "../basics/optional.tsx";
import { NewPasswordField } from "../basics/password-field.tsx";
import { ProblemAlert } from "../basics/problem.tsx";

interface SignUpProps {
  readonly poolId: string;
  readonly isRunning: boolean;
  readonly onSubmit: (
    target: SignInTarget,
    password: string,
    attributes: readonly { readonly Name: string; readonly Value: string }[],
  ) => void;
}

/** The user and the client of a sign-up. */
export function SignUpForm(props: SignUpProps) {
  return (
    <ClientChoice poolId={props.poolId} none={useText().tryIt.noClient}>
      {(chosen) => <SignUpFields {...props} {...chosen} />}
    </ClientChoice>
  );
}

function SignUpFields({ poolId, clientId, field, isRunning, onSubmit }: SignUpProps & ChosenClient) {
  const { pool } = usePool();
  const text = useText().tryIt;
  const signIn = signInOptionsOf(pool);
  const policy = passwordPolicyOf(pool.Policies?.PasswordPolicy);
  const { value: client, error, reload } = useAppClient(poolId, clientId);
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const attributes = signUpAttributes(pool);
  const isMissing = ({ name, isRequired }: SignUpAttribute) => isRequired && (values[name] ?? "") === "";
  const canLackPassword = firstFactorsOf(pool).some(
    (factor) => factor === "EMAIL_OTP" || factor === "SMS_OTP",
  );
  const isPasswordFit = (password === "" && canLackPassword) || passwordFaults(password, policy).length === 0;
  const isComplete =
    client !== undefined && username.trim() !== "" && isPasswordFit && !attributes.some(isMissing);
  const submit = () =>
    onSubmit(
      {
        poolId,
        clientId,
        clientSecret: client?.ClientSecret,
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
        {field}
        <ProblemAlert error={error} onRetry={reload} />
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
