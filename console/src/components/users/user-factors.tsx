import {
  AdminDeleteSoftwareTokenCommand,
  AdminGetUserAuthFactorsCommand,
  type AdminGetUserCommandOutput,
} from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { inPool } from "../../api/aws.ts";
import { useLoad } from "../../api/load.ts";
import { useFlash } from "../../app/flashes.tsx";
import { usePool } from "../../app/pool.tsx";
import { useText } from "../../i18n/text.tsx";
import { userLabel } from "../../rules/users/user-label.ts";
import { ActionDialog, Warning } from "../basics/confirm.tsx";
import { KeyValues, ValueList } from "../basics/key-values.tsx";
import { Loading } from "../basics/loading.tsx";
import { UserMfaDialog } from "./user-mfa.tsx";

interface Props {
  readonly user: AdminGetUserCommandOutput;
  readonly onChanged: () => void;
}

/** The factors of a user, with an administrator's actions on them. */
export function UserFactors({ user, onChanged }: Props) {
  const { pool } = usePool();
  const text = useText().userFactors;
  const mfa = useText().userMfa;
  const first = useText().firstFactors;
  const show = useFlash();
  const [open, setOpen] = useState<"edit" | "removeApp">();
  const target = { UserPoolId: pool.Id ?? "", Username: user.Username ?? "" };
  const loaded = useLoad(["userFactors", target.UserPoolId, target.Username], () =>
    inPool(target.UserPoolId, (client) => client.send(new AdminGetUserAuthFactorsCommand(target))),
  );
  const changed = () => {
    loaded.reload();
    onChanged();
  };
  const labelled = (names: readonly string[] = [], labels: Readonly<Record<string, string>>) =>
    names.length === 0 ? mfa.none : <ValueList values={names.map((name) => labels[name] ?? name)} />;
  const dismiss = () => setOpen(undefined);
  const hasNoApp = !user.UserMFASettingList?.includes("SOFTWARE_TOKEN_MFA");
  return (
    <Container
      header={
        <Header
          description={text.description}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button
                onClick={() => setOpen("removeApp")}
                {...(hasNoApp && { disabled: true, disabledReason: text.noApp })}
              >
                {text.removeApp}
              </Button>
              <Button ariaLabel={mfa.edit} onClick={() => setOpen("edit")}>
                {mfa.edit}
              </Button>
            </SpaceBetween>
          }
        >
          {text.title}
        </Header>
      }
    >
      <Loading loaded={loaded}>
        {({ ConfiguredUserAuthFactors, UserMFASettingList, PreferredMfaSetting }) => (
          <KeyValues
            columns={3}
            items={[
              {
                label: text.first,
                value: labelled(ConfiguredUserAuthFactors, { ...text.factors, ...first.factors }),
              },
              { label: mfa.methods, value: labelled(UserMFASettingList, mfa.factors) },
              {
                label: mfa.preferred,
                value: labelled(PreferredMfaSetting ? [PreferredMfaSetting] : [], mfa.factors),
              },
            ]}
          />
        )}
      </Loading>
      {open === "edit" && <UserMfaDialog user={user} onDismiss={dismiss} onDone={changed} />}
      {open === "removeApp" && (
        <ActionDialog
          title={text.removeApp}
          confirmLabel={text.remove}
          onDismiss={dismiss}
          onConfirm={async () => {
            await inPool(target.UserPoolId, (client) =>
              client.send(new AdminDeleteSoftwareTokenCommand(target)),
            );
            show("success", text.appRemoved(userLabel(pool, user)));
            changed();
          }}
        >
          <Warning>{text.removeAppWarning}</Warning>
        </ActionDialog>
      )}
    </Container>
  );
}
