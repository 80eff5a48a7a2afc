import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { regionOf } from "../../api/aws.ts";
import { usePool } from "../../app/pool.tsx";
import { useText } from "../../i18n/text.tsx";
import { SMS_ROLE_NAME, smsRole } from "../../rules/iam/service-roles.ts";
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
import { ServiceRoleFields, useServiceRole } from "../iam/service-role.tsx";
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
  const text = useText().smsDelivery;
  const { values, before, change, mergedWith } = useFormValues(
    () => smsValuesOf(pool.SmsConfiguration),
    {
      service: text.service,
      roleArn: text.roleArn,
      externalId: text.externalId,
      region: text.region,
      origination: text.origination,
    },
    {
      kinds: [{ field: "service", parts: ["roleArn", "externalId", "region", "origination"] }],
      texts: { service: (value) => text.services[value] },
    },
  );
  const role = useServiceRole(SMS_ROLE_NAME, before.roleArn);
  const { service, externalId, region, origination } = values;
  const faults = smsFaults(values);
  return (
    <UpdatePoolDialog
      title={text.title}
      saved={text.saved}
      values={{ ...values, role: role.changes }}
      changes={async ({ SmsConfiguration: current }) => {
        const now = smsValuesOf(current);
        const saved = mergedWith(now);
        const roleArn = await role.arnOf(smsRole(saved.service, saved.externalId.trim()));
        const merged = mergedWith(now, { ...values, roleArn });
        return { SmsConfiguration: smsConfiguration(merged, current) };
      }}
      isValid={role.isValid && !faults.region}
      isLoading={role.isLoading}
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
          <ServiceRoleFields role={role} label={text.role} hint={text.roleHint} wasTried={wasTried} />
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
