import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { ControlError, signIn } from "../api/control.ts";
import { useAction } from "../api/load.ts";
import { useSession } from "../app/session.tsx";
import { Code } from "../components/basics/code.tsx";
import { useTitle } from "../components/basics/page-header.tsx";
import { ProblemAlert } from "../components/basics/problem.tsx";
import { SecretInput } from "../components/basics/secret-input.tsx";
import { useText } from "../i18n/text.tsx";

interface Props {
  readonly hasExpired: boolean;
  readonly onSignedIn: () => void;
  /** Set if a session exists and the user wants to change it. */
  readonly onCancel?: () => void;
}

export default function SignIn({ hasExpired, onSignedIn, onCancel }: Props) {
  const text = useText().signInPage;
  const common = useText().common;
  const { refresh } = useSession();
  const action = useAction();
  const [way, setWay] = useState<"password" | "accessKey">("password");
  const [name, setName] = useState("");
  const [secret, setSecret] = useState("");
  const [mustChange, setMustChange] = useState(false);
  const [newPassword, setNewPassword] = useState("");
  const [repeated, setRepeated] = useState("");
  useTitle(text.title);

  const isPassword = way === "password";
  const startOver = () => {
    setSecret("");
    setMustChange(false);
    setNewPassword("");
    setRepeated("");
    action.clear();
  };
  const submit = () =>
    action.run(async () => {
      const answer = await signIn(
        isPassword
          ? { userName: name.trim(), password: secret, ...(mustChange ? { newPassword } : {}) }
          : { accessKeyId: name.trim(), secretAccessKey: secret.trim() },
      );
      if ("mustChangePassword" in answer) {
        setMustChange(true);
        return;
      }
      await refresh();
      onSignedIn();
    });

  return (
    <main className="sign-in">
      <SpaceBetween size="l">
        {hasExpired && <Alert type="info">{text.expired}</Alert>}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <Container
            header={
              <Header variant="h1" description={mustChange ? text.mustChange(name.trim()) : text.description}>
                {mustChange ? text.changePassword : text.title}
              </Header>
            }
          >
            <SpaceBetween size="l">
              {mustChange ? (
                <NewPasswordFields
                  password={newPassword}
                  repeated={repeated}
                  onPassword={setNewPassword}
                  onRepeated={setRepeated}
                />
              ) : (
                <SpaceBetween size="l">
                  <SegmentedControl
                    label={text.way}
                    selectedId={way}
                    onChange={({ detail }) => {
                      setWay(detail.selectedId === "accessKey" ? "accessKey" : "password");
                      setName("");
                      startOver();
                    }}
                    options={[
                      { id: "password", text: text.byPassword },
                      { id: "accessKey", text: text.byAccessKey },
                    ]}
                  />
                  <FormField label={isPassword ? text.userName : text.accessKeyId}>
                    <Input
                      value={name}
                      autoFocus
                      onChange={({ detail }) => setName(detail.value)}
                      autoComplete={isPassword ? "username" : "off"}
                      spellcheck={false}
                    />
                  </FormField>
                  <FormField label={isPassword ? text.password : text.secretAccessKey}>
                    <SecretInput
                      value={secret}
                      onChange={setSecret}
                      autoComplete={isPassword ? "current-password" : "off"}
                    />
                  </FormField>
                </SpaceBetween>
              )}
              <ProblemAlert error={isRefused(action.error) ? new Error(text.incorrect) : action.error} />
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  variant="primary"
                  loading={action.isRunning}
                  disabled={
                    mustChange
                      ? newPassword === "" || newPassword !== repeated
                      : name.trim() === "" || secret === ""
                  }
                >
                  {mustChange ? text.changePassword : text.submit}
                </Button>
                {mustChange && (
                  <Button variant="link" formAction="none" onClick={startOver}>
                    {text.startOver}
                  </Button>
                )}
                {onCancel && !mustChange && (
                  <Button variant="link" formAction="none" onClick={onCancel}>
                    {common.cancel}
                  </Button>
                )}
              </SpaceBetween>
            </SpaceBetween>
          </Container>
        </form>
        {isPassword && !mustChange && (
          <Container header={<Header variant="h3">{text.noPasswordTitle}</Header>}>
            <SpaceBetween size="s">
              <div>{text.noPassword}</div>
              <Code label={text.noPasswordTitle} wraps>
                {"aws iam create-login-profile --user-name NAME --password PASSWORD"}
              </Code>
            </SpaceBetween>
          </Container>
        )}
      </SpaceBetween>
    </main>
  );
}

interface NewPasswordProps {
  readonly password: string;
  readonly repeated: string;
  readonly onPassword: (password: string) => void;
  readonly onRepeated: (password: string) => void;
}

/** The account's password policy, which the server knows, decides what is good enough. */
function NewPasswordFields({ password, repeated, onPassword, onRepeated }: NewPasswordProps) {
  const text = useText().signInPage;
  const differs = repeated !== "" && repeated !== password;
  return (
    <SpaceBetween size="l">
      <FormField label={text.newPassword}>
        <SecretInput value={password} onChange={onPassword} autoComplete="new-password" autoFocus />
      </FormField>
      <FormField label={text.repeatPassword} errorText={differs ? text.passwordsDiffer : undefined}>
        <SecretInput value={repeated} onChange={onRepeated} autoComplete="new-password" invalid={differs} />
      </FormField>
    </SpaceBetween>
  );
}

/** Whether the server knows no such user with this secret. */
function isRefused(error: unknown): boolean {
  return error instanceof ControlError && error.status === 401;
}
