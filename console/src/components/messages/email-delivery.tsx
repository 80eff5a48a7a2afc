import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { regionOf } from "../../api/aws.ts";
import { usePool } from "../../app/pool.tsx";
import { useSession } from "../../app/session.tsx";
import { useText } from "../../i18n/text.tsx";
import {
  emailAccounts,
  emailConfiguration,
  emailFaults,
  emailValuesOf,
} from "../../rules/messages/message-delivery.ts";
import { KeyValues } from "../basics/key-values.tsx";
import { Optional } from "../basics/optional.tsx";
import { SettingPanel } from "../basics/setting-panel.tsx";
import { useFormValues } from "../basics/use-form-values.ts";
import { UpdatePoolDialog } from "../pools/pool-choices.tsx";

/** The sender of a pool's e-mail. */
export function EmailDelivery() {
  const { pool } = usePool();
  const text = useText().emailDelivery;
  const values = emailValuesOf(pool.EmailConfiguration);
  return (
    <SettingPanel
      title={text.title}
      description={text.description}
      dialog={(onDismiss) => <EmailDialog onDismiss={onDismiss} />}
    >
      <KeyValues
        columns={2}
        items={[
          { label: text.account, value: text.accounts[values.account].label },
          {
            label: text.fields.sourceArn,
            value: <span className="wrap-anywhere">{values.sourceArn || "–"}</span>,
          },
          { label: text.fields.from, value: values.from || text.defaultFrom },
          { label: text.fields.replyTo, value: values.replyTo || "–" },
          { label: text.fields.configurationSet, value: values.configurationSet || "–" },
        ]}
      />
    </SettingPanel>
  );
}

const fields = ["sourceArn", "from", "replyTo", "configurationSet"] as const;

function EmailDialog({ onDismiss }: { readonly onDismiss: () => void }) {
  const { pool } = usePool();
  const { me } = useSession();
  const text = useText().emailDelivery;
  const common = useText().common;
  const { values, change, mergedWith } = useFormValues(
    () => emailValuesOf(pool.EmailConfiguration),
    { account: text.account, ...text.fields },
    {
      kinds: [{ field: "account", parts: ["sourceArn"] }],
      texts: { account: (value) => text.accounts[value].label },
    },
  );
  const region = regionOf(pool.Id ?? "");
  const faults = emailFaults(values, region);
  const placeholders: Readonly<Partial<Record<(typeof fields)[number], string>>> = {
    sourceArn: `arn:aws:ses:${region}:${me.accountId}:identity/example.com`,
    from: "Example <no-reply@example.com>",
    replyTo: "support@example.com",
  };
  const errorOf = (field: (typeof fields)[number], wasTried: boolean) => {
    const fault = faults[field];
    if (fault === "missing") return wasTried ? common.required : undefined;
    return fault && (fault === "needsArn" ? text.needsArn : text.faults[field]);
  };
  return (
    <UpdatePoolDialog
      title={text.title}
      saved={text.saved}
      values={values}
      changes={(current) => ({
        EmailConfiguration: emailConfiguration(mergedWith(emailValuesOf(current.EmailConfiguration))),
      })}
      isValid={Object.keys(faults).length === 0}
      size="large"
      onDismiss={onDismiss}
    >
      {(wasTried) => (
        <SpaceBetween size="m">
          <FormField label={text.account}>
            <RadioGroup
              value={values.account}
              items={emailAccounts.map((value) => ({ value, ...text.accounts[value] }))}
              onChange={({ detail }) =>
                change({
                  account: emailAccounts.find((known) => known === detail.value) ?? values.account,
                })
              }
            />
          </FormField>
          {fields.map((field) => {
            const isNeeded = field === "sourceArn" && values.account === "DEVELOPER";
            return (
              <FormField
                key={field}
                label={isNeeded ? text.fields[field] : <Optional label={text.fields[field]} />}
                constraintText={text.hints[field]}
                errorText={errorOf(field, wasTried)}
              >
                <Input
                  value={values[field]}
                  placeholder={placeholders[field] ?? ""}
                  autoComplete={false}
                  onChange={({ detail }) => change({ [field]: detail.value })}
                />
              </FormField>
            );
          })}
        </SpaceBetween>
      )}
    </UpdatePoolDialog>
  );
}
