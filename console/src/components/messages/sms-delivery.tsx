import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { regionOf } from "../../api/aws.ts";
import { usePool } from "../../app/pool.tsx";
import { useSession } from "../../app/session.tsx";
import { useText } from "../../i18n/text.tsx";
import {
  smsConfiguration,
  smsFaults,
  smsServices,
  smsValuesOf,
} from "../../rules/messages/message-delivery.ts";
import { KeyValues } from "../basics/key-values.tsx";
import { Optional } from "../basics/optional.tsx";
import { SettingPanel } from "../basics/setting-panel.tsx";
import { useFormValues } from "../basics/use-form-values.ts";
import { UpdatePoolDialog } from "../pools/pool-choices.tsx";

/** How a pool's text messages are sent. Codes by SMS need it. */
export function SmsDelivery() {
  const { pool } = usePool();
  const text = useText().smsDelivery;
  const common = useText().common;
  const values = smsValuesOf(pool.SmsConfiguration);
  return (
    <SettingPanel
      title={text.title}
      description={text.description}
      dialog={(onDismiss) => <SmsDialog onDismiss={onDismiss} />}
    >
      {pool.SmsConfiguration === undefined ? (
        <KeyValues items={[{ label: text.status, value: common.inactive }]} />
      ) : (
        <KeyValues
          columns={2}
          items={[
            { label: text.service, value: text.services[values.service] },
            { label: text.roleArn, value: <span className="wrap-anywhere">{values.roleArn || "–"}</span> },
            { label: text.externalId, value: values.externalId || "–" },
            { label: text.region, value: values.region || "–" },
            ...(values.service === "eums"
              ? [{ label: text.origination, value: values.origination || "–" }]
              : []),
          ]}
        />
      )}
    </SettingPanel>
  );
}

function SmsDialog({ onDismiss }: { readonly onDismiss: () => void }) {
  const { pool } = usePool();
  const { me } = useSession();
  const text = useText().smsDelivery;
  const common = useText().common;
  const { values, change, mergedWith } = useFormValues(() => smsValuesOf(pool.SmsConfiguration));
  const { service, roleArn, externalId, region, origination } = values;
  const faults = smsFaults(values);
  const roleArnError = (wasTried: boolean) => {
    if (roleArn === "") return wasTried ? common.required : undefined;
    return faults.roleArn ? text.roleArnFault : undefined;
  };
  return (
    <UpdatePoolDialog
      title={text.title}
      saved={text.saved}
      values={values}
      changes={({ SmsConfiguration: current }) => ({
        SmsConfiguration: smsConfiguration(mergedWith(smsValuesOf(current)), current),
      })}
      isValid={!faults.roleArn && !faults.region}
      size="large"
      onDismiss={onDismiss}
    >
      {(wasTried) => (
        <SpaceBetween size="m">
          <FormField label={text.service}>
            <RadioGroup
              value={service}
              items={smsServices.map((value) => ({ value, label: text.services[value] }))}
              onChange={({ detail }) =>
                change({ service: smsServices.find((known) => known === detail.value) ?? service })
              }
            />
          </FormField>
          <FormField
            label={text.roleArn}
            constraintText={text.roleArnHint}
            errorText={roleArnError(wasTried)}
          >
            <Input
              value={roleArn}
              placeholder={`arn:aws:iam::${me.accountId}:role/sms`}
              autoComplete={false}
              onChange={({ detail }) => change({ roleArn: detail.value })}
            />
          </FormField>
          <FormField label={<Optional label={text.externalId} />} constraintText={text.externalIdHint}>
            <Input
              value={externalId}
              autoComplete={false}
              onChange={({ detail }) => change({ externalId: detail.value })}
            />
          </FormField>
          <FormField
            label={<Optional label={text.region} />}
            errorText={faults.region ? text.regionFault : undefined}
          >
            <Input
              value={region}
              placeholder={regionOf(pool.Id ?? "")}
              autoComplete={false}
              onChange={({ detail }) => change({ region: detail.value })}
            />
          </FormField>
          {service === "eums" && (
            <FormField label={<Optional label={text.origination} />} constraintText={text.originationHint}>
              <Input
                value={origination}
                autoComplete={false}
                onChange={({ detail }) => change({ origination: detail.value })}
              />
            </FormField>
          )}
        </SpaceBetween>
      )}
    </UpdatePoolDialog>
  );
}
