import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { usePool } from "../../app/pool.tsx";
import { useText } from "../../i18n/text.tsx";
import { passwordFaults, passwordPolicyOf } from "../../rules/authentication/password.ts";
import type { Challenge } from "../../sign-in/sign-in.ts";
import { Code } from "../basics/code.tsx";
import { NewPasswordField } from "../basics/password-field.tsx";
import { SecretInput } from "../basics/secret-input.tsx";
import { CodeField } from "./code-field.tsx";
import { PasskeyForm } from "./passkey-form.tsx";

type Responses = Record<string, string>;

interface Props {
  readonly challenge: Challenge;
  readonly isRunning: boolean;
  readonly onSubmit: (responses: Responses) => void;
  /** Answers by the password over SRP. */
  readonly onSrp: (responses: Responses, password: string) => void;
  readonly onPasskey: () => void;
}

/** The form of a challenge. */
export function ChallengeForm(props: Props) {
  switch (props.challenge.name) {
    case "NEW_PASSWORD_REQUIRED":
      return <NewPasswordForm {...props} />;
    case "SELECT_MFA_TYPE":
    case "SELECT_CHALLENGE":
      return <SelectForm {...props} />;
    case "PASSWORD":
    case "PASSWORD_SRP":
      return <PasswordForm {...props} />;
    case "WEB_AUTHN":
      return <PasskeyForm {...props} />;
    default:
      return <AnyChallengeForm {...props} />;
  }
}

/** JSON of a list of names among the challenge's parameters. */
function namesIn({ parameters }: Challenge, parameter: string): readonly string[] {
  try {
    return JSON.parse(parameters[parameter] ?? "[]") as string[];
  } catch {
    return [];
  }
}

function NewPasswordForm({ challenge, isRunning, onSubmit }: Props) {
  const { pool } = usePool();
  const text = useText().tryIt;
  const policy = passwordPolicyOf(pool.Policies?.PasswordPolicy);
  const [password, setPassword] = useState("");
  const [attributes, setAttributes] = useState<Readonly<Responses>>({});
  // Such as `userAttributes.name`.
  const required = namesIn(challenge, "requiredAttributes");
  const isComplete =
    passwordFaults(password, policy).length === 0 &&
    required.every((name) => (attributes[name] ?? "") !== "");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete) onSubmit({ NEW_PASSWORD: password, ...attributes });
      }}
    >
      <SpaceBetween size="l">
        <NewPasswordField
          label={text.newPassword}
          value={password}
          onChange={setPassword}
          policy={policy}
          wasTried={false}
        />
        {required.map((name) => (
          <FormField key={name} label={name.replace(/^userAttributes\./, "")}>
            <Input
              value={attributes[name] ?? ""}
              autoComplete={false}
              onChange={({ detail }) => setAttributes({ ...attributes, [name]: detail.value })}
            />
          </FormField>
        ))}
        <Button variant="primary" loading={isRunning} disabled={!isComplete}>
          {text.answer}
        </Button>
      </SpaceBetween>
    </form>
  );
}

/** The names of the one answer that each of these wants. */
const answerNames: Readonly<Record<string, string>> = {
  SMS_MFA: "SMS_MFA_CODE",
  SMS_OTP: "SMS_OTP_CODE",
  EMAIL_OTP: "EMAIL_OTP_CODE",
  SOFTWARE_TOKEN_MFA: "SOFTWARE_TOKEN_MFA_CODE",
};

/** For a challenge with one answer: codes, and the challenges of the pool's own functions. */
function AnyChallengeForm({ challenge, isRunning, onSubmit }: Props) {
  const text = useText().tryIt;
  const [answer, setAnswer] = useState("");
  const name = answerNames[challenge.name] ?? "ANSWER";
  const destination = challenge.parameters.CODE_DELIVERY_DESTINATION;
  const isApp = challenge.name === "SOFTWARE_TOKEN_MFA";
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit({ [name]: answer.trim() });
      }}
    >
      <SpaceBetween size="l">
        {answerNames[challenge.name] === undefined && (
          <Code wraps label={text.parameters}>
            {JSON.stringify(challenge.parameters, null, 2)}
          </Code>
        )}
        {answerNames[challenge.name] === undefined || isApp ? (
          <FormField label={isApp ? text.appCode : name}>
            <Input
              value={answer}
              autoComplete={isApp ? "one-time-code" : false}
              onChange={({ detail }) => setAnswer(detail.value)}
            />
          </FormField>
        ) : (
          <CodeField
            description={destination && text.codeSentTo(destination)}
            value={answer}
            onChange={setAnswer}
          />
        )}
        <Button variant="primary" loading={isRunning} disabled={answer.trim() === ""}>
          {text.answer}
        </Button>
      </SpaceBetween>
    </form>
  );
}

/** The choice among several second factors, or first ones. A password can be sent with the choice of it. */
function SelectForm({ challenge, isRunning, onSubmit, onSrp }: Props) {
  const text = useText().tryIt;
  const isFirst = challenge.name === "SELECT_CHALLENGE";
  const choices: readonly string[] = isFirst ? challenge.available : namesIn(challenge, "MFAS_CAN_CHOOSE");
  const [answer, setAnswer] = useState(choices[0] ?? "");
  const [password, setPassword] = useState("");
  const labels: Readonly<Record<string, string>> = text.factors;
  const asksForPassword = answer === "PASSWORD" || answer === "PASSWORD_SRP";
  const submit = () => {
    if (answer === "PASSWORD_SRP") onSrp({ ANSWER: answer }, password);
    else onSubmit({ ANSWER: answer, ...(answer === "PASSWORD" && { PASSWORD: password }) });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <SpaceBetween size="l">
        <FormField label={isFirst ? text.chooseFirst : text.chooseFactor}>
          <RadioGroup
            value={answer}
            items={choices.map((value) => ({ value, label: labels[value] ?? value, description: value }))}
            onChange={({ detail }) => setAnswer(detail.value)}
          />
        </FormField>
        {asksForPassword && (
          <FormField label={text.password}>
            <SecretInput value={password} onChange={setPassword} />
          </FormField>
        )}
        <Button
          variant="primary"
          loading={isRunning}
          disabled={answer === "" || (asksForPassword && password === "")}
        >
          {text.answer}
        </Button>
      </SpaceBetween>
    </form>
  );
}

/** PASSWORD and PASSWORD_SRP, where the password did not come with the choice. */
function PasswordForm({ challenge, isRunning, onSubmit, onSrp }: Props) {
  const text = useText().tryIt;
  const [password, setPassword] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (challenge.name === "PASSWORD_SRP") onSrp({}, password);
        else onSubmit({ PASSWORD: password });
      }}
    >
      <SpaceBetween size="l">
        <FormField label={text.password}>
          <SecretInput value={password} onChange={setPassword} />
        </FormField>
        <Button variant="primary" loading={isRunning} disabled={password === ""}>
          {text.answer}
        </Button>
      </SpaceBetween>
    </form>
  );
}
