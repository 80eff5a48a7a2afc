import {
  CreateLoginProfileCommand,
  DeleteLoginProfileCommand,
  UpdateLoginProfileCommand,
  type User,
} from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { hasConsolePassword, loadIamUser } from "../../api/iam.ts";
import { inIam } from "../../api/iam-client.ts";
import { useLoad } from "../../api/load.ts";
import { useFlash } from "../../app/flashes.tsx";
import { paths } from "../../app/paths.ts";
import { useNavigation } from "../../app/router.tsx";
import { useSession } from "../../app/session.tsx";
import { Code } from "../../components/basics/code.tsx";
import { ActionDialog, Warning } from "../../components/basics/confirm.tsx";
import { Copyable } from "../../components/basics/copyable.tsx";
import { KeyValues } from "../../components/basics/key-values.tsx";
import { Loading } from "../../components/basics/loading.tsx";
import { PageHeader } from "../../components/basics/page-header.tsx";
import { SecretInput } from "../../components/basics/secret-input.tsx";
import { Time } from "../../components/basics/time.tsx";
import { AccessKeys } from "../../components/iam/access-keys.tsx";
import { AttachedPolicies } from "../../components/iam/attached-policies.tsx";
import { DeleteIamUserDialog } from "../../components/iam/delete-iam.tsx";
import { useText } from "../../i18n/text.tsx";
import { isLoginPassword } from "../../rules/authentication/password.ts";
import { userConfig } from "../../rules/iam/aws-profile.ts";

export default function IamUser({ userName }: { readonly userName: string }) {
  const text = useText().iam;
  const { me } = useSession();
  const { navigate } = useNavigation();
  const [isDeleting, setDeleting] = useState(false);
  const loaded = useLoad(["iamUser", userName], () => loadIamUser(userName));
  return (
    <ContentLayout
      header={
        <PageHeader
          title={userName}
          actions={<Button onClick={() => setDeleting(true)}>{text.deleteUser}</Button>}
        />
      }
    >
      <Loading loaded={loaded}>
        {(user) => (
          <SpaceBetween size="l">
            <UserInformation user={user} />
            <AttachedPolicies holder={{ kind: "user", name: userName }} />
            <AccessKeys userName={userName} />
            <Container header={<Header description={text.profileHint}>{text.profile}</Header>}>
              <Code label={text.profile}>
                {userConfig({ profile: userName, region: me.region, endpoint: me.endpoint })}
              </Code>
            </Container>
          </SpaceBetween>
        )}
      </Loading>
      {isDeleting && (
        <DeleteIamUserDialog
          userName={userName}
          onDismiss={() => setDeleting(false)}
          onDeleted={() => navigate(paths.iamUsers)}
        />
      )}
    </ContentLayout>
  );
}

function UserInformation({ user }: { readonly user: User }) {
  const text = useText().iam;
  const common = useText().common;
  const [open, setOpen] = useState<"set" | "remove">();
  const userName = user.UserName ?? "";
  const password = useLoad(["iamPassword", userName], () => hasConsolePassword(userName));
  const hasPassword = password.value ?? false;
  return (
    <Container
      header={
        <Header
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {hasPassword && <Button onClick={() => setOpen("remove")}>{text.removePassword}</Button>}
              <Button
                disabled={password.value === undefined}
                {...(password.error !== undefined && { disabledReason: text.passwordUnknown })}
                onClick={() => setOpen("set")}
              >
                {hasPassword ? text.changePassword : text.setPassword}
              </Button>
            </SpaceBetween>
          }
        >
          {text.information}
        </Header>
      }
    >
      <KeyValues
        columns={2}
        items={[
          { label: text.arn, value: <Copyable value={user.Arn ?? ""} label={text.arn} /> },
          { label: text.uniqueId, value: user.UserId ?? "" },
          {
            label: text.consoleAccess,
            value: (
              <Loading loaded={password}>
                {(isThere) => (isThere ? text.withPassword : text.withoutPassword)}
              </Loading>
            ),
          },
          { label: common.created, value: <Time at={user.CreateDate} /> },
        ]}
      />
      {open === "set" && (
        <PasswordDialog
          userName={userName}
          hasPassword={hasPassword}
          onDismiss={() => setOpen(undefined)}
          onChanged={password.reload}
        />
      )}
      {open === "remove" && (
        <RemovePasswordDialog
          userName={userName}
          onDismiss={() => setOpen(undefined)}
          onChanged={password.reload}
        />
      )}
    </Container>
  );
}

interface PasswordProps {
  readonly userName: string;
  readonly onDismiss: () => void;
  readonly onChanged: () => void;
}

function PasswordDialog({
  userName,
  hasPassword,
  onDismiss,
  onChanged,
}: PasswordProps & { hasPassword: boolean }) {
  const text = useText().iam;
  const show = useFlash();
  const [password, setPassword] = useState("");
  const isValid = isLoginPassword(password);
  return (
    <ActionDialog
      title={hasPassword ? text.changePassword : text.setPassword}
      confirmLabel={text.save}
      values={{ password }}
      isValid={isValid}
      onDismiss={onDismiss}
      onConfirm={async () => {
        const input = { UserName: userName, Password: password };
        await inIam<unknown>((client) =>
          hasPassword
            ? client.send(new UpdateLoginProfileCommand(input))
            : client.send(new CreateLoginProfileCommand(input)),
        );
        show("success", text.passwordSet(userName));
        onChanged();
      }}
    >
      {(wasTried) => (
        <FormField
          label={text.password}
          constraintText={isValid || (password === "" && !wasTried) ? text.passwordRule : undefined}
          errorText={!isValid && (wasTried || password !== "") ? text.passwordRule : undefined}
        >
          <SecretInput value={password} onChange={setPassword} autoComplete="new-password" />
        </FormField>
      )}
    </ActionDialog>
  );
}

function RemovePasswordDialog({ userName, onDismiss, onChanged }: PasswordProps) {
  const text = useText().iam;
  const show = useFlash();
  return (
    <ActionDialog
      title={text.removePassword}
      confirmLabel={text.removePassword}
      onDismiss={onDismiss}
      onConfirm={async () => {
        await inIam((client) => client.send(new DeleteLoginProfileCommand({ UserName: userName })));
        show("success", text.passwordRemoved(userName));
        onChanged();
      }}
    >
      <Warning>{text.removePasswordWarning(userName)}</Warning>
    </ActionDialog>
  );
}
