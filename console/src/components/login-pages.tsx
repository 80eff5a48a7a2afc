import {
  UpdateUserPoolClientCommand,
  type UserPoolClientType,
} from "@aws-sdk/client-cognito-identity-provider";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { inPool } from "../api/aws.ts";
import { useFlash } from "../app/flashes.tsx";
import { useText } from "../i18n/text.tsx";
import { clientUpdate } from "../rules/app-client.ts";
import {
  grantTypes,
  type LoginPageValues,
  loginPageChanges,
  loginPageValuesOf,
  standardScopes,
} from "../rules/login-pages.ts";
import { ActionDialog } from "./confirm.tsx";
import { KeyValues, ValueList } from "./key-values.tsx";
import { SettingPanel } from "./setting-panel.tsx";

interface Props {
  readonly client: UserPoolClientType;
  readonly onSaved: () => void;
}

/** Where a client's users come back to after the login pages, and what it may ask for there. */
export function LoginPages({ client, onSaved }: Props) {
  const text = useText().loginPages;
  const list = (values: readonly string[] = []) =>
    values.length === 0 ? "–" : <ValueList values={[...values]} />;
  return (
    <SettingPanel
      title={text.title}
      description={text.description}
      dialog={(onDismiss) => <LoginPagesDialog client={client} onDismiss={onDismiss} onSaved={onSaved} />}
    >
      <KeyValues
        columns={2}
        items={[
          { label: text.callbackUrls, value: list(client.CallbackURLs) },
          { label: text.signOutUrls, value: list(client.LogoutURLs) },
          {
            label: text.grants,
            value: list(client.AllowedOAuthFlows?.map((grant) => text.grantTypes[grant])),
          },
          { label: text.scopes, value: list(client.AllowedOAuthScopes) },
          { label: text.providers, value: list(client.SupportedIdentityProviders) },
        ]}
      />
    </SettingPanel>
  );
}

function LoginPagesDialog({ client, onDismiss, onSaved }: Props & { readonly onDismiss: () => void }) {
  const text = useText().loginPages;
  const clients = useText().appClients;
  const common = useText().common;
  const show = useFlash();
  const [values, setValues] = useState(() => loginPageValuesOf(client));
  const change = (changes: Partial<LoginPageValues>) => setValues({ ...values, ...changes });
  const texts = [
    ["callbackUrls", text.callbackUrls],
    ["signOutUrls", text.signOutUrls],
  ] as const;
  return (
    <ActionDialog
      title={text.title}
      confirmLabel={common.saveChanges}
      onDismiss={onDismiss}
      onConfirm={async () => {
        const update = clientUpdate(client, loginPageChanges(client, values));
        await inPool(client.UserPoolId ?? "", (cognito) =>
          cognito.send(new UpdateUserPoolClientCommand(update)),
        );
        show("success", clients.saved(client.ClientName ?? ""));
        onSaved();
      }}
    >
      {texts.map(([name, label]) => (
        <FormField key={name} label={label} description={text.onePerLine}>
          <Textarea
            value={values[name]}
            rows={3}
            spellcheck={false}
            onChange={({ detail }) => change({ [name]: detail.value })}
          />
        </FormField>
      ))}
      <FormField label={text.grants}>
        <SpaceBetween size="xs">
          {grantTypes.map((grant) => (
            <Checkbox
              key={grant}
              checked={values.grants.includes(grant)}
              onChange={({ detail }) =>
                change({
                  grants: grantTypes.filter((other) =>
                    other === grant ? detail.checked : values.grants.includes(other),
                  ),
                })
              }
            >
              {text.grantTypes[grant]}
            </Checkbox>
          ))}
        </SpaceBetween>
      </FormField>
      <FormField label={text.scopes}>
        <SpaceBetween size="xs">
          {standardScopes.map((scope) => (
            <Checkbox
              key={scope}
              checked={values.scopes.includes(scope)}
              onChange={({ detail }) =>
                change({
                  scopes: standardScopes.filter((other) =>
                    other === scope ? detail.checked : values.scopes.includes(other),
                  ),
                })
              }
            >
              <span className="monospace">{scope}</span>
            </Checkbox>
          ))}
        </SpaceBetween>
      </FormField>
      <FormField label={text.customScopes} description={text.onePerLine}>
        <Textarea
          value={values.customScopes}
          rows={2}
          spellcheck={false}
          onChange={({ detail }) => change({ customScopes: detail.value })}
        />
      </FormField>
    </ActionDialog>
  );
}
