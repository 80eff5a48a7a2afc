import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { signIn } from "../api/control.ts";
import { useAction } from "../api/load.ts";
import { useSession } from "../app/session.tsx";
import { Code } from "../components/code.tsx";
import { useTitle } from "../components/page-header.tsx";
import { ProblemAlert } from "../components/problem.tsx";
import { SecretInput } from "../components/secret-input.tsx";
import { useText } from "../i18n/text.tsx";

interface Props {
  readonly hasExpired: boolean;
  readonly onSignedIn: () => void;
  /** Where somebody is let in already and only wants to be somebody else. */
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
  useTitle(text.title);

  const isPassword = way === "password";
  const submit = () =>
    action.run(async () => {
      await signIn(
        isPassword
          ? { userName: name.trim(), password: secret }
          : { accessKeyId: name.trim(), secretAccessKey: secret.trim() },
      );
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
              <Header variant="h1" description={text.description}>
                {text.title}
              </Header>
            }
          >
            <SpaceBetween size="l">
              <SegmentedControl
                label={text.way}
                selectedId={way}
                onChange={({ detail }) => {
                  setWay(detail.selectedId === "accessKey" ? "accessKey" : "password");
                  setName("");
                  setSecret("");
                  action.clear();
                }}
                options={[
                  { id: "password", text: text.byPassword },
                  { id: "accessKey", text: text.byAccessKey },
                ]}
              />
              <FormField label={isPassword ? text.userName : text.accessKeyId}>
                <Input
                  value={name}
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
              <ProblemAlert error={action.error} />
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  variant="primary"
                  loading={action.isRunning}
                  disabled={name.trim() === "" || secret === ""}
                >
                  {text.submit}
                </Button>
                {onCancel && (
                  <Button variant="link" formAction="none" onClick={onCancel}>
                    {common.cancel}
                  </Button>
                )}
              </SpaceBetween>
            </SpaceBetween>
          </Container>
        </form>
        {isPassword && (
          <Container header={<Header variant="h3">{text.noPasswordTitle}</Header>}>
            <SpaceBetween size="s">
              <div>{text.noPassword}</div>
              <Code label={text.noPasswordTitle}>
                {"aws iam create-login-profile --user-name NAME --password PASSWORD"}
              </Code>
            </SpaceBetween>
          </Container>
        )}
      </SpaceBetween>
    </main>
  );
}
