import {
  GetUserPoolClientSessionConfigurationCommand,
  type GetUserPoolClientSessionConfigurationCommandOutput,
  GetUserPoolSessionConfigurationCommand,
  SetUserPoolClientSessionConfigurationCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import Alert from "@cloudscape-design/components/alert";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { inPool } from "../../api/aws.ts";
import { useLoad } from "../../api/load.ts";
import { together } from "../../api/together.ts";
import { useFlash } from "../../app/flashes.tsx";
import { paths } from "../../app/paths.ts";
import { useText } from "../../i18n/text.tsx";
import { isWholeNumber } from "../../rules/names.ts";
import { ActionDialog } from "../basics/confirm.tsx";
import { KeyValues } from "../basics/key-values.tsx";
import { Loading } from "../basics/loading.tsx";
import { SettingPanel } from "../basics/setting-panel.tsx";
import { useFormValues } from "../basics/use-form-values.ts";

/** 90 days. @see API Reference, "ClientSSOSessionConfigType", MaxValidityMinutes */
const MAX_MINUTES = 129_600;

/** The configuration of a client that has none of its own. */
const USUAL_MINUTES = 60;

interface Props {
  readonly poolId: string;
  readonly clientId: string;
}

/** How long sessions of the login pages serve an app client. */
export function ClientSessions({ poolId, clientId }: Props) {
  const text = useText().clientFeatures.sessions;
  const ids = { UserPoolId: poolId, ClientId: clientId };
  const loaded = useLoad(["clientSessions", poolId, clientId], () =>
    inPool(poolId, async (cognito) => {
      const [ofPool, ofClient] = await together([
        cognito.send(new GetUserPoolSessionConfigurationCommand({ UserPoolId: poolId })),
        cognito.send(new GetUserPoolClientSessionConfigurationCommand(ids)),
      ]);
      return {
        isTracking: ofPool.UserSessionTracking === "ENABLED",
        minutes: minutesOf(ofClient),
      };
    }),
  );
  const settings = loaded.value;
  return (
    <SettingPanel
      title={text.title}
      description={text.description}
      dialog={
        settings &&
        ((onDismiss) => (
          <SessionsDialog
            poolId={poolId}
            clientId={clientId}
            minutes={settings.minutes}
            onDismiss={onDismiss}
            onSaved={loaded.reload}
          />
        ))
      }
    >
      <Loading loaded={loaded}>
        {({ isTracking, minutes }) => (
          <SpaceBetween size="m">
            <KeyValues items={[{ label: text.validity, value: text.minutes(minutes) }]} />
            {!isTracking && (
              <Alert type="info">
                {text.needsTracking} <Link href={paths.signIn(poolId)}>{text.toTracking}</Link>
              </Alert>
            )}
          </SpaceBetween>
        )}
      </Loading>
    </SettingPanel>
  );
}

function minutesOf({ SSOSession }: GetUserPoolClientSessionConfigurationCommandOutput): number {
  return SSOSession?.MaxValidityMinutes ?? USUAL_MINUTES;
}

interface DialogProps extends Props {
  readonly minutes: number;
  readonly onDismiss: () => void;
  readonly onSaved: () => void;
}

function SessionsDialog({ poolId, clientId, minutes, onDismiss, onSaved }: DialogProps) {
  const text = useText().clientFeatures.sessions;
  const common = useText().common;
  const show = useFlash();
  const { values, setValues, mergedWith } = useFormValues(() => ({ minutes: String(minutes) }), {
    minutes: text.validity,
  });
  const isValid = isWholeNumber(values.minutes, 0, MAX_MINUTES);
  return (
    <ActionDialog
      title={text.title}
      confirmLabel={common.saveChanges}
      values={values}
      isValid={isValid}
      onDismiss={onDismiss}
      onConfirm={async () => {
        await inPool(poolId, async (cognito) => {
          const ids = { UserPoolId: poolId, ClientId: clientId };
          const current = await cognito.send(new GetUserPoolClientSessionConfigurationCommand(ids));
          const merged = mergedWith({ minutes: String(minutesOf(current)) });
          const SSOSession = { MaxValidityMinutes: Number(merged.minutes) };
          await cognito.send(new SetUserPoolClientSessionConfigurationCommand({ ...ids, SSOSession }));
        });
        show("success", text.saved);
        onSaved();
      }}
    >
      <FormField
        label={text.validity}
        constraintText={isValid && text.rule}
        errorText={isValid ? undefined : text.rule}
      >
        <Input
          value={values.minutes}
          inputMode="numeric"
          autoComplete={false}
          onChange={({ detail }) => setValues({ minutes: detail.value })}
        />
      </FormField>
    </ActionDialog>
  );
}
