import Alert from "@cloudscape-design/components/alert";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Multiselect from "@cloudscape-design/components/multiselect";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useLoad } from "../../api/load.ts";
import { customScopesOf } from "../../api/pool-features.ts";
import { usePool } from "../../app/pool.tsx";
import { useSession } from "../../app/session.tsx";
import { useText } from "../../i18n/text.tsx";
import {
  type RegistrationValues,
  registrableGrants,
  registrationParameters,
  registrationValuesOf,
} from "../../rules/pools/pool-features.ts";
import { Choices } from "../basics/choices.tsx";
import { Copyable } from "../basics/copyable.tsx";
import { KeyValues, ValueList } from "../basics/key-values.tsx";
import { SettingPanel } from "../basics/setting-panel.tsx";
import { useFormValues } from "../basics/use-form-values.ts";
import { UpdatePoolDialog } from "../pools/pool-choices.tsx";

const ADMIN_SCOPE = "aws.cognito.signin.user.admin";

/** Whether and how applications register app clients of this pool. */
export function RegistrationSettings() {
  const { pool } = usePool();
  const { endpoint } = useSession().me;
  const text = useText().poolFeatures.registration;
  const common = useText().common;
  const values = registrationValuesOf(pool.DcrConfiguration);
  const list = (items: readonly string[]) => (items.length === 0 ? "–" : <ValueList values={[...items]} />);
  const grants = (items: RegistrationValues["openGrants"]) =>
    list(registrableGrants.filter((grant) => items.includes(grant)).map((grant) => text.grants[grant]));
  const address = `${endpoint}/${pool.Id}/oauth2/register`;
  return (
    <SettingPanel
      title={text.settings}
      description={text.settingsHint}
      dialog={(onDismiss) => <RegistrationDialog onDismiss={onDismiss} />}
    >
      <KeyValues
        columns={2}
        items={[
          { label: text.status, value: values.isOn ? common.enabled : common.disabled },
          ...(values.isOn
            ? [
                { label: text.endpoint, value: <Copyable value={address} label={text.endpoint} /> },
                { label: text.open, value: values.isOpen ? common.enabled : common.disabled },
                ...(values.isOpen ? [{ label: text.openGrants, value: grants(values.openGrants) }] : []),
                { label: text.tokenGrants, value: grants(values.tokenGrants) },
                { label: text.scopes, value: list(values.scopes) },
              ]
            : []),
        ]}
      />
    </SettingPanel>
  );
}

function RegistrationDialog({ onDismiss }: { readonly onDismiss: () => void }) {
  const { pool } = usePool();
  const text = useText().poolFeatures.registration;
  const { values, change, mergedWith } = useFormValues(
    () => registrationValuesOf(pool.DcrConfiguration),
    {
      isOn: text.enable,
      isOpen: text.open,
      openGrants: text.openGrants,
      tokenGrants: text.tokenGrants,
      scopes: text.scopes,
    },
    {
      kinds: [
        { field: "isOn", off: false, parts: ["isOpen", "openGrants", "tokenGrants", "scopes"] },
        { field: "isOpen", off: false, parts: ["openGrants"] },
      ],
    },
  );
  const custom = useLoad(["customScopes", pool.Id], () => customScopesOf(pool.Id ?? ""));
  const offered = [...new Set([ADMIN_SCOPE, ...(custom.value ?? []), ...values.scopes])];
  const anybodyMakesMachines = values.isOpen && values.openGrants.includes("client_credentials");
  return (
    <UpdatePoolDialog
      title={text.title}
      saved={text.saved}
      values={values}
      changes={(current) => ({
        DcrConfiguration: registrationParameters(mergedWith(registrationValuesOf(current.DcrConfiguration))),
      })}
      onDismiss={onDismiss}
    >
      <Checkbox checked={values.isOn} onChange={({ detail }) => change({ isOn: detail.checked })}>
        {text.enable}
      </Checkbox>
      {values.isOn && (
        <SpaceBetween size="m">
          <GrantChoice
            label={text.tokenGrants}
            description={text.tokenHint}
            grants={values.tokenGrants}
            onChange={(tokenGrants) => change({ tokenGrants })}
          />
          <Checkbox
            checked={values.isOpen}
            description={text.openHint}
            onChange={({ detail }) => change({ isOpen: detail.checked })}
          >
            {text.open}
          </Checkbox>
          {values.isOpen && (
            <GrantChoice
              label={text.openGrants}
              grants={values.openGrants}
              onChange={(openGrants) => change({ openGrants })}
            />
          )}
          {anybodyMakesMachines && <Alert type="warning">{text.grantWarning}</Alert>}
          <FormField label={text.scopes} description={text.scopesHint}>
            <Multiselect
              options={offered.map((value) => ({ value, label: value }))}
              selectedOptions={values.scopes.map((value) => ({ value, label: value }))}
              onChange={({ detail }) =>
                change({ scopes: detail.selectedOptions.map(({ value = "" }) => value) })
              }
            />
          </FormField>
        </SpaceBetween>
      )}
    </UpdatePoolDialog>
  );
}

interface GrantProps {
  readonly label: string;
  readonly description?: string;
  readonly grants: RegistrationValues["openGrants"];
  readonly onChange: (grants: RegistrationValues["openGrants"]) => void;
}

function GrantChoice({ label, description, grants, onChange }: GrantProps) {
  const text = useText().poolFeatures.registration;
  return (
    <FormField label={label} description={description}>
      <Choices
        values={registrableGrants}
        chosen={grants}
        nameOf={(grant) => text.grants[grant]}
        ariaLabelOf={(grant) => `${label}: ${text.grants[grant]}`}
        onChange={onChange}
      />
    </FormField>
  );
}
