import {
  GetUserPoolSessionConfigurationCommand,
  type GetUserPoolSessionConfigurationCommandOutput,
  SetUserPoolSessionConfigurationCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { inPool } from "../../api/aws.ts";
import { useLoad } from "../../api/load.ts";
import { useFlash } from "../../app/flashes.tsx";
import { usePool } from "../../app/pool.tsx";
import { useText } from "../../i18n/text.tsx";
import { isWholeNumber } from "../../rules/names.ts";
import { ActionDialog } from "../basics/confirm.tsx";
import { KeyValues } from "../basics/key-values.tsx";
import { Loading } from "../basics/loading.tsx";
import { SettingPanel } from "../basics/setting-panel.tsx";
import { useFormValues } from "../basics/use-form-values.ts";

/** @see API Reference, "UserPoolTokenSessionConfigType", MaxPerUser */
const MAX_SESSIONS = { least: 1, most: 100, usual: 10 } as const;

/** Whether users and administrators can list and end sessions, and how many a user has. */
export function SessionTracking() {
  const { pool } = usePool();
  const text = useText().sessionTracking;
  const common = useText().common;
  const poolId = pool.Id ?? "";
  const loaded = useLoad(["sessionConfiguration", poolId], () => sessionConfigurationOf(poolId));
  const config = loaded.value;
  return (
    <SettingPanel
      title={text.title}
      description={text.description}
      dialog={
        config &&
        ((onDismiss) => <TrackingDialog config={config} onDismiss={onDismiss} onSaved={loaded.reload} />)
      }
    >
      <Loading loaded={loaded}>
        {({ UserSessionTracking, TokenSession }) => (
          <KeyValues
            columns={2}
            items={[
              {
                label: text.tracking,
                value: UserSessionTracking === "ENABLED" ? common.enabled : common.disabled,
              },
              { label: text.most, value: TokenSession?.MaxPerUser ?? "–" },
            ]}
          />
        )}
      </Loading>
    </SettingPanel>
  );
}

function sessionConfigurationOf(UserPoolId: string): Promise<GetUserPoolSessionConfigurationCommandOutput> {
  const command = new GetUserPoolSessionConfigurationCommand({ UserPoolId });
  return inPool(UserPoolId, (client) => client.send(command));
}

function trackingValuesOf({
  UserSessionTracking,
  TokenSession,
}: GetUserPoolSessionConfigurationCommandOutput) {
  return {
    isOn: UserSessionTracking === "ENABLED",
    most: String(TokenSession?.MaxPerUser ?? MAX_SESSIONS.usual),
  };
}

interface DialogProps {
  readonly config: GetUserPoolSessionConfigurationCommandOutput;
  readonly onDismiss: () => void;
  readonly onSaved: () => void;
}

function TrackingDialog({ config, onDismiss, onSaved }: DialogProps) {
  const { pool } = usePool();
  const text = useText().sessionTracking;
  const common = useText().common;
  const show = useFlash();
  const poolId = pool.Id ?? "";
  const { values, change, mergedWith } = useFormValues(() => trackingValuesOf(config), {
    isOn: text.tracking,
    most: text.most,
  });
  const { isOn, most } = values;
  const isValid = isWholeNumber(most, MAX_SESSIONS.least, MAX_SESSIONS.most);
  return (
    <ActionDialog
      title={text.title}
      confirmLabel={common.saveChanges}
      values={values}
      isValid={isValid}
      onDismiss={onDismiss}
      onConfirm={async () => {
        const merged = mergedWith(trackingValuesOf(await sessionConfigurationOf(poolId)));
        await inPool(poolId, (client) =>
          client.send(
            new SetUserPoolSessionConfigurationCommand({
              UserPoolId: poolId,
              UserSessionTracking: merged.isOn ? "ENABLED" : "DISABLED",
              TokenSession: { MaxPerUser: Number(merged.most) },
            }),
          ),
        );
        show("success", text.saved);
        onSaved();
      }}
    >
      <Checkbox
        checked={isOn}
        description={text.trackingHint}
        onChange={({ detail }) => change({ isOn: detail.checked })}
      >
        {text.tracking}
      </Checkbox>
      <FormField
        label={text.most}
        constraintText={isValid && text.mostRule}
        errorText={isValid ? undefined : text.mostRule}
      >
        <Input
          value={most}
          inputMode="numeric"
          autoComplete={false}
          onChange={({ detail }) => change({ most: detail.value })}
        />
      </FormField>
    </ActionDialog>
  );
}
