import type { UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { updateAppClient } from "../../api/app-clients.ts";
import { useAppClient } from "../../api/described.ts";
import { useFlash } from "../../app/flashes.tsx";
import { paths } from "../../app/paths.ts";
import { FlowFields, LifetimeFields } from "../../components/app-clients/client-fields.tsx";
import { FormPage } from "../../components/basics/form-page.tsx";
import { Loading } from "../../components/basics/loading.tsx";
import { useFormValues } from "../../components/basics/use-form-values.ts";
import { useText } from "../../i18n/text.tsx";
import { type Lifetime, lifetimeFault } from "../../rules/app-clients/app-client.ts";
import {
  clientChanges,
  clientValuesOf,
  initialClientValues,
  SESSION_MINUTES,
} from "../../rules/app-clients/client-values.ts";
import { isClientName, isWholeNumber } from "../../rules/names.ts";

interface Props {
  readonly poolId: string;
  readonly clientId: string;
}

/** In seconds: the longest that a replaced refresh token may go on working. */
const MAX_GRACE_SECONDS = 60;

export default function EditAppClient({ poolId, clientId }: Props) {
  const text = useText().appClients;
  return (
    <Loading loaded={useAppClient(poolId, clientId)} title={text.edit}>
      {(client) => <ClientForm poolId={poolId} client={client} />}
    </Loading>
  );
}

function ClientForm({ poolId, client }: { readonly poolId: string; readonly client: UserPoolClientType }) {
  const text = useText().appClients;
  const common = useText().common;
  const show = useFlash();
  const lifetimeText = ({ value, unit }: Lifetime) => `${value} ${text.units[unit]}`;
  const { values, change, mergedWith } = useFormValues(
    () => initialClientValues(client),
    {
      name: text.name,
      flows: text.authFlows,
      sessionMinutes: text.sessionDuration,
      revocation: text.revocation,
      hidesExistence: text.existenceErrors,
      rotates: text.rotation,
      grace: text.gracePeriod,
      takesContext: text.userContext,
      refresh: text.lifetimes.refresh,
      access: text.lifetimes.access,
      id: text.lifetimes.id,
    },
    {
      // A lifetime is a number and a unit.
      whole: ["refresh", "access", "id"],
      kinds: [{ field: "rotates", off: false, parts: ["grace"] }],
      texts: { refresh: lifetimeText, access: lifetimeText, id: lifetimeText },
    },
  );
  const { name, flows, sessionMinutes, rotates, grace, takesContext } = values;
  const clientId = client.ClientId ?? "";
  const hasSecret = client.ClientSecret !== undefined;

  const isNameValid = isClientName(name);
  const isSessionValid = isWholeNumber(sessionMinutes, SESSION_MINUTES.least, SESSION_MINUTES.most);
  const excludesRefresh = rotates && flows.includes("ALLOW_REFRESH_TOKEN_AUTH");
  const isGraceValid = !rotates || isWholeNumber(grace, 0, MAX_GRACE_SECONDS);
  const areLifetimesValid = (["access", "id", "refresh"] as const).every(
    (token) => lifetimeFault(values, token) === undefined,
  );

  return (
    <FormPage
      title={text.edit}
      submitLabel={common.saveChanges}
      cancelHref={paths.appClient(poolId, clientId)}
      values={values}
      isValid={
        isNameValid &&
        flows.length > 0 &&
        isSessionValid &&
        isGraceValid &&
        areLifetimesValid &&
        !excludesRefresh
      }
      onSubmit={async () => {
        await updateAppClient(client, (current) =>
          clientChanges(mergedWith(clientValuesOf(current)), current),
        );
        show("success", text.saved(name));
        return paths.appClient(poolId, clientId);
      }}
    >
      {() => (
        <SpaceBetween size="l">
          <Container header={<Header>{text.information}</Header>}>
            <SpaceBetween size="l">
              <FormField
                label={text.name}
                constraintText={common.rules.clientName}
                errorText={isNameValid ? undefined : common.rules.clientNameFault}
              >
                <Input
                  value={name}
                  onChange={({ detail }) => change({ name: detail.value })}
                  autoComplete={false}
                />
              </FormField>
              <FormField
                label={text.authFlows}
                description={text.authFlowsHint}
                errorText={flows.length === 0 && text.noFlows}
              >
                <FlowFields
                  flows={flows}
                  onChange={(next) => change({ flows: next })}
                  hasSecret={hasSecret}
                />
              </FormField>
              <FormField
                label={text.sessionDuration}
                constraintText={isSessionValid && text.sessionRule}
                errorText={isSessionValid ? undefined : text.sessionRule}
              >
                <Input
                  value={sessionMinutes}
                  inputMode="numeric"
                  autoComplete={false}
                  onChange={({ detail }) => change({ sessionMinutes: detail.value })}
                />
              </FormField>
            </SpaceBetween>
          </Container>
          <Container header={<Header>{text.lifetimesTitle}</Header>}>
            <LifetimeFields lifetimes={values} onChange={change} />
          </Container>
          <Container header={<Header>{text.advanced}</Header>}>
            <SpaceBetween size="m">
              <Checkbox
                checked={values.revocation}
                description={text.revocationHint}
                onChange={({ detail }) => change({ revocation: detail.checked })}
              >
                {text.revocation}
              </Checkbox>
              <Checkbox
                checked={values.hidesExistence}
                description={text.existenceErrorsHint}
                onChange={({ detail }) => change({ hidesExistence: detail.checked })}
              >
                {text.existenceErrors}
              </Checkbox>
              <Checkbox
                checked={takesContext}
                disabled={!hasSecret && !takesContext}
                description={text.userContextHint}
                onChange={({ detail }) => change({ takesContext: detail.checked })}
              >
                {text.userContext}
              </Checkbox>
              <FormField errorText={excludesRefresh && text.rotationExcludes}>
                <Checkbox
                  checked={rotates}
                  description={text.rotationHint}
                  onChange={({ detail }) => change({ rotates: detail.checked })}
                >
                  {text.rotation}
                </Checkbox>
              </FormField>
              {rotates && (
                <FormField
                  label={text.gracePeriod}
                  constraintText={isGraceValid && text.graceRule}
                  errorText={isGraceValid ? undefined : text.graceRule}
                >
                  <Input
                    value={grace}
                    inputMode="numeric"
                    autoComplete={false}
                    onChange={({ detail }) => change({ grace: detail.value })}
                  />
                </FormField>
              )}
            </SpaceBetween>
          </Container>
        </SpaceBetween>
      )}
    </FormPage>
  );
}
