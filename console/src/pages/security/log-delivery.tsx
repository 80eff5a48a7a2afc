import {
  GetLogDeliveryConfigurationCommand,
  type LogConfigurationType,
  SetLogDeliveryConfigurationCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import ContentLayout from "@cloudscape-design/components/content-layout";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { inPool, regionOf } from "../../api/aws.ts";
import { type Loaded, useLoad } from "../../api/load.ts";
import { useFlash } from "../../app/flashes.tsx";
import { paths } from "../../app/paths.ts";
import { usePool } from "../../app/pool.tsx";
import { useSession } from "../../app/session.tsx";
import { ActionDialog } from "../../components/basics/confirm.tsx";
import { KeyValues } from "../../components/basics/key-values.tsx";
import { Loading } from "../../components/basics/loading.tsx";
import { PageHeader } from "../../components/basics/page-header.tsx";
import { SettingPanel } from "../../components/basics/setting-panel.tsx";
import { useFormValues } from "../../components/basics/use-form-values.ts";
import { LogTarget, useLogDestination } from "../../components/security/log-target.tsx";
import { useText } from "../../i18n/text.tsx";
import {
  destinationKinds,
  isDestinationArn,
  logValuesOf,
  sampleArn,
  withLog,
} from "../../rules/security/log-delivery.ts";
import { modesOf } from "../../rules/security/risk-configuration.ts";

const SOURCES = ["userNotification", "userAuthEvents"] as const;
type Source = (typeof SOURCES)[number];

/** The logs that a pool delivers, and the target of each on this server. */
export default function LogDelivery({ poolId }: { readonly poolId: string }) {
  const { pool } = usePool();
  const text = useText().logDelivery;
  const protection = useText().threatProtection;
  const loaded = useLoad(["logDelivery", poolId], () => logConfigurationsOf(poolId));
  const isPlus = pool.UserPoolTier === "PLUS";
  const isSilent = isPlus && modesOf(pool.UserPoolAddOns).mode === "OFF";
  return (
    <ContentLayout header={<PageHeader title={text.title} description={text.description} />}>
      <Loading loaded={loaded}>
        {(configurations) => (
          <SpaceBetween size="l">
            <LogPanel source="userNotification" configurations={configurations} loaded={loaded} />
            {(!isPlus || isSilent) && (
              <Alert
                type="info"
                action={
                  <Button href={isPlus ? paths.threatProtection(poolId) : paths.settings(poolId)}>
                    {isPlus ? protection.title : protection.toPlan}
                  </Button>
                }
              >
                {isPlus ? text.needsProtection : text.needsPlus}
              </Alert>
            )}
            <LogPanel source="userAuthEvents" configurations={configurations} loaded={loaded} />
          </SpaceBetween>
        )}
      </Loading>
    </ContentLayout>
  );
}

async function logConfigurationsOf(UserPoolId: string): Promise<readonly LogConfigurationType[]> {
  const command = new GetLogDeliveryConfigurationCommand({ UserPoolId });
  const answer = await inPool(UserPoolId, (client) => client.send(command));
  return answer.LogDeliveryConfiguration?.LogConfigurations ?? [];
}

interface PanelProps {
  readonly source: Source;
  readonly configurations: readonly LogConfigurationType[];
  readonly loaded: Loaded<unknown>;
}

function LogPanel({ source, configurations, loaded }: PanelProps) {
  const { pool } = usePool();
  const text = useText().logDelivery;
  const common = useText().common;
  const { title, description } = text.sources[source];
  const values = logValuesOf(configurations, source);
  const { value: destination, reload } = useLogDestination(
    pool.Id ?? "",
    values.isOn ? values.arn : undefined,
  );
  return (
    <SettingPanel
      title={title}
      description={description}
      dialog={(onDismiss) => (
        <LogDialog
          source={source}
          configurations={configurations}
          onDismiss={onDismiss}
          onSaved={() => {
            loaded.reload();
            reload();
          }}
        />
      )}
    >
      {values.isOn ? (
        <KeyValues
          columns={2}
          items={[
            { label: text.destination, value: text.kinds[values.kind] },
            { label: text.arn, value: <span className="wrap-anywhere">{values.arn}</span> },
            { label: text.leadsTo, value: <LogTarget destination={destination} /> },
            {
              label: text.records,
              value: destination
                ? text.counts(common.number(destination.delivered), common.number(destination.lost))
                : "–",
            },
            ...(destination?.lastError === undefined
              ? []
              : [{ label: text.lastError, value: destination.lastError }]),
          ]}
        />
      ) : (
        <KeyValues items={[{ label: text.status, value: common.inactive }]} />
      )}
    </SettingPanel>
  );
}

interface DialogProps {
  readonly source: Source;
  readonly configurations: readonly LogConfigurationType[];
  readonly onDismiss: () => void;
  readonly onSaved: () => void;
}

function LogDialog({ source, configurations, onDismiss, onSaved }: DialogProps) {
  const { pool } = usePool();
  const { me } = useSession();
  const text = useText().logDelivery;
  const common = useText().common;
  const show = useFlash();
  const poolId = pool.Id ?? "";
  const { values, change, mergedWith } = useFormValues(
    () => logValuesOf(configurations, source),
    { isOn: text.isOn, kind: text.destination, arn: text.arn },
    {
      kinds: [
        { field: "isOn", off: false, parts: ["kind", "arn"] },
        { field: "kind", parts: ["arn"] },
      ],
      texts: { kind: (value) => text.kinds[value] },
    },
  );
  const { isOn, kind, arn } = values;
  const isValid = !isOn || isDestinationArn(kind, arn);
  const sample = sampleArn(kind, me.accountId, regionOf(poolId));
  const { value: destination } = useLogDestination(poolId, isOn && isValid ? arn : undefined);
  return (
    <ActionDialog
      title={text.sources[source].title}
      confirmLabel={common.saveChanges}
      values={values}
      isValid={isValid}
      size="large"
      onDismiss={onDismiss}
      onConfirm={async () => {
        // The operation takes both logs at once: the other stays as it is now.
        const current = await logConfigurationsOf(poolId);
        const LogConfigurations = withLog(current, source, mergedWith(logValuesOf(current, source)));
        const command = new SetLogDeliveryConfigurationCommand({ UserPoolId: poolId, LogConfigurations });
        await inPool(poolId, (client) => client.send(command));
        show("success", text.saved);
        onSaved();
      }}
    >
      {(wasTried) => (
        <SpaceBetween size="m">
          <Checkbox checked={isOn} onChange={({ detail }) => change({ isOn: detail.checked })}>
            {text.isOn}
          </Checkbox>
          {isOn && source === "userAuthEvents" && (
            <FormField label={text.destination}>
              <RadioGroup
                value={kind}
                items={destinationKinds.map((value) => ({ value, label: text.kinds[value] }))}
                onChange={({ detail }) =>
                  change({ kind: destinationKinds.find((one) => one === detail.value) ?? kind })
                }
              />
            </FormField>
          )}
          {isOn && (
            <FormField
              label={text.arn}
              errorText={isValid || (arn === "" && !wasTried) ? undefined : text.arnFault(sample)}
              constraintText={isValid && destination ? <LogTarget destination={destination} /> : undefined}
            >
              <Input
                value={arn}
                placeholder={sample}
                autoComplete={false}
                onChange={({ detail }) => change({ arn: detail.value.trim() })}
              />
            </FormField>
          )}
        </SpaceBetween>
      )}
    </ActionDialog>
  );
}
