import type { AdminGetUserCommandOutput } from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useUser } from "../../api/described.ts";
import { paths, tryItWith } from "../../app/paths.ts";
import { usePool } from "../../app/pool.tsx";
import { Copyable } from "../../components/basics/copyable.tsx";
import { KeyValues } from "../../components/basics/key-values.tsx";
import { Empty, Loading } from "../../components/basics/loading.tsx";
import { PageHeader } from "../../components/basics/page-header.tsx";
import { ProblemAlert } from "../../components/basics/problem.tsx";
import { Time } from "../../components/basics/time.tsx";
import { ImportedPassword, useImportedHashes } from "../../components/users/imported-password.tsx";
import { LinkedIdentities } from "../../components/users/linked-identities.tsx";
import { PendingAttributes } from "../../components/users/pending-attributes.tsx";
import { UserActions } from "../../components/users/user-actions.tsx";
import { UserDevices } from "../../components/users/user-devices.tsx";
import { UserEvents } from "../../components/users/user-events.tsx";
import { UserFactors } from "../../components/users/user-factors.tsx";
import { UserGroups } from "../../components/users/user-groups.tsx";
import { UserPasskeys } from "../../components/users/user-passkeys.tsx";
import { UserSessions } from "../../components/users/user-sessions.tsx";
import { ConfirmationStatus, EnabledStatus } from "../../components/users/user-status.tsx";
import { useText } from "../../i18n/text.tsx";
import { modesOf } from "../../rules/security/risk-configuration.ts";
import { userLabel } from "../../rules/users/user-label.ts";

interface Props {
  readonly poolId: string;
  readonly username: string;
}

export default function User({ poolId, username }: Props) {
  const { pool } = usePool();
  const navigation = useText().navigation;
  const loaded = useUser(poolId, username);
  const label = loaded.value === undefined ? username : userLabel(pool, loaded.value);
  return (
    <ContentLayout
      header={
        <PageHeader
          title={label}
          actions={
            loaded.value && (
              <SpaceBetween direction="horizontal" size="xs">
                <Button href={tryItWith(poolId, { username: label })}>{navigation.tryIt}</Button>
                <UserActions poolId={poolId} user={loaded.value} onChanged={loaded.reload} />
              </SpaceBetween>
            )
          }
        />
      }
    >
      <Loading loaded={loaded}>
        {(user) => (
          <SpaceBetween size="l">
            <UserInformation poolId={poolId} user={user} />
            <UserAttributes poolId={poolId} user={user} />
            {pool.UserAttributeUpdateSettings && (
              <PendingAttributes poolId={poolId} sub={attributeValue(user, "sub")} />
            )}
            <UserFactors user={user} onChanged={loaded.reload} />
            <LinkedIdentities
              poolId={poolId}
              username={user.Username ?? username}
              sub={attributeValue(user, "sub")}
              identities={attributeValue(user, "identities")}
              onChanged={loaded.reload}
            />
            <UserGroups poolId={poolId} username={user.Username ?? username} label={label} />
            {pool.DeviceConfiguration && <UserDevices poolId={poolId} username={user.Username ?? username} />}
            <UserPasskeys
              user={{ poolId, username: user.Username ?? username, sub: attributeValue(user, "sub"), label }}
            />
            <UserSessions
              user={{ poolId, username: user.Username ?? username, sub: attributeValue(user, "sub") }}
            />
            {modesOf(pool.UserPoolAddOns).mode !== "OFF" && (
              <UserEvents poolId={poolId} username={user.Username ?? username} />
            )}
          </SpaceBetween>
        )}
      </Loading>
    </ContentLayout>
  );
}

function attributeValue(user: AdminGetUserCommandOutput, name: string): string {
  return user.UserAttributes?.find((attribute) => attribute.Name === name)?.Value ?? "";
}

function UserInformation({
  poolId,
  user,
}: {
  readonly poolId: string;
  readonly user: AdminGetUserCommandOutput;
}) {
  const text = useText().user;
  const common = useText().common;
  const list = useText().users;
  const imports = useText().imports;
  const sub = attributeValue(user, "sub");
  const importedHashes = useImportedHashes(poolId, sub === "" ? [] : [sub]);
  const importedHash = importedHashes.value?.[sub];
  return (
    <Container header={<Header>{text.information}</Header>}>
      <KeyValues
        columns={2}
        items={[
          { label: list.userName, value: <Copyable value={user.Username ?? ""} label={list.userName} /> },
          { label: text.sub, value: <Copyable value={sub} label={text.sub} /> },
          { label: text.accountStatus, value: <EnabledStatus isEnabled={user.Enabled ?? true} /> },
          { label: list.confirmationStatus, value: <ConfirmationStatus status={user.UserStatus} /> },
          { label: common.created, value: <Time at={user.UserCreateDate} /> },
          { label: common.lastUpdated, value: <Time at={user.UserLastModifiedDate} /> },
          ...(importedHash === undefined
            ? []
            : [{ label: imports.password, value: <ImportedPassword kind={importedHash} /> }]),
        ]}
      />
      <ProblemAlert error={importedHashes.error} onRetry={importedHashes.reload} />
    </Container>
  );
}

function UserAttributes({
  poolId,
  user,
}: {
  readonly poolId: string;
  readonly user: AdminGetUserCommandOutput;
}) {
  const text = useText().user;
  const common = useText().common;
  const attributes = user.UserAttributes ?? [];
  return (
    <Table
      items={attributes}
      trackBy="Name"
      enableKeyboardNavigation
      ariaLabels={{ tableLabel: text.attributes }}
      header={
        <Header
          counter={`(${common.number(attributes.length)})`}
          description={text.attributesDescription}
          actions={<Button href={paths.editUser(poolId, user.Username ?? "")}>{common.edit}</Button>}
        >
          {text.attributes}
        </Header>
      }
      columnDefinitions={[
        {
          id: "name",
          header: text.attributeName,
          minWidth: 130,
          isRowHeader: true,
          cell: ({ Name }) => Name,
        },
        {
          id: "value",
          header: text.attributeValue,
          minWidth: 160,
          cell: ({ Name = "", Value }) => (Value ? <Copyable value={Value} label={Name} /> : "–"),
        },
      ]}
      wrapLines
      empty={<Empty title={text.noAttributes} />}
    />
  );
}
