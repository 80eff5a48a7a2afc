import type { UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { updateAppClient } from "../../api/app-clients.ts";
import { useAppClient } from "../../api/described.ts";
import { useFlash } from "../../app/flashes.tsx";
import { paths } from "../../app/paths.ts";
import { FlowFields, LifetimeFields } from "../../components/app-clients/client-fields.tsx";
import { FormPage } from "../../components/basics/form-page.tsx";
import { Loading } from "../../components/basics/loading.tsx";
import { useText } from "../../i18n/text.tsx";
import {
  effectiveFlows,
  lifetimeFault,
  lifetimeParameters,
  lifetimesOf,
} from "../../rules/app-clients/app-client.ts";
import { isClientName, isWholeNumber } from "../../rules/names.ts";

interface Props {
  readonly poolId: string;
  readonly clientId: string;
}

/** In minutes: how long a challenge may wait for its answer, and how long it does by itself. */
const SESSION_MINUTES = { least: 3, most: 15, usual: 3 } as const;

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
  const [name, setName] = useState(client.ClientName ?? "");
  const [flows, setFlows] = useState(() => effectiveFlows(client));
  const [lifetimes, setLifetimes] = useState(() => lifetimesOf(client));
  const [sessionMinutes, setSessionMinutes] = useState(
    String(client.AuthSessionValidity ?? SESSION_MINUTES.usual),
  );
  const [revocation, setRevocation] = useState(client.EnableTokenRevocation ?? true);
  const [hidesExistence, setHidesExistence] = useState(client.PreventUserExistenceErrors === "ENABLED");
  const [rotates, setRotates] = useState(client.RefreshTokenRotation?.Feature === "ENABLED");
  const [grace, setGrace] = useState(String(client.RefreshTokenRotation?.RetryGracePeriodSeconds ?? 0));
  const [takesContext, setTakesContext] = useState(client.EnablePropagateAdditionalUserContextData ?? false);
  const clientId = client.ClientId ?? "";
  const hasSecret = client.ClientSecret !== undefined;

  const isNameValid = isClientName(name);
  const isSessionValid = isWholeNumber(sessionMinutes, SESSION_MINUTES.least, SESSION_MINUTES.most);
  const excludesRefresh = rotates && flows.includes("ALLOW_REFRESH_TOKEN_AUTH");
  const isGraceValid = !rotates || isWholeNumber(grace, 0, MAX_GRACE_SECONDS);
  const areLifetimesValid = (["access", "id", "refresh"] as const).every(
    (token) => lifetimeFault(lifetimes, token) === undefined,
  );

  return (
    <FormPage
      title={text.edit}
      submitLabel={common.saveChanges}
      cancelHref={paths.appClient(poolId, clientId)}
      values={{
        name,
        flows,
        lifetimes,
        sessionMinutes,
        revocation,
        hidesExistence,
        rotates,
        grace,
        takesContext,
      }}
      isValid={
        isNameValid &&
        flows.length > 0 &&
        isSessionValid &&
        isGraceValid &&
        areLifetimesValid &&
        !excludesRefresh
      }
      onSubmit={async () => {
        await updateAppClient(client, () => ({
          ClientName: name,
          ExplicitAuthFlows: [...flows],
          AuthSessionValidity: Number(sessionMinutes),
          EnableTokenRevocation: revocation,
          PreventUserExistenceErrors: hidesExistence ? "ENABLED" : "LEGACY",
          RefreshTokenRotation: rotates
            ? { Feature: "ENABLED", RetryGracePeriodSeconds: Number(grace) }
            : client.RefreshTokenRotation && { Feature: "DISABLED" },
          EnablePropagateAdditionalUserContextData: takesContext,
          ...lifetimeParameters(lifetimes),
        }));
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
                <Input value={name} onChange={({ detail }) => setName(detail.value)} autoComplete={false} />
              </FormField>
              <FormField
                label={text.authFlows}
                description={text.authFlowsHint}
                errorText={flows.length === 0 && text.noFlows}
              >
                <FlowFields flows={flows} onChange={setFlows} hasSecret={hasSecret} />
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
                  onChange={({ detail }) => setSessionMinutes(detail.value)}
                />
              </FormField>
            </SpaceBetween>
          </Container>
          <Container header={<Header>{text.lifetimesTitle}</Header>}>
            <LifetimeFields lifetimes={lifetimes} onChange={setLifetimes} />
          </Container>
          <Container header={<Header>{text.advanced}</Header>}>
            <SpaceBetween size="m">
              <Checkbox
                checked={revocation}
                description={text.revocationHint}
                onChange={({ detail }) => setRevocation(detail.checked)}
              >
                {text.revocation}
              </Checkbox>
              <Checkbox
                checked={hidesExistence}
                description={text.existenceErrorsHint}
                onChange={({ detail }) => setHidesExistence(detail.checked)}
              >
                {text.existenceErrors}
              </Checkbox>
              <Checkbox
                checked={takesContext}
                disabled={!hasSecret && !takesContext}
                description={text.userContextHint}
                onChange={({ detail }) => setTakesContext(detail.checked)}
              >
                {text.userContext}
              </Checkbox>
              <FormField errorText={excludesRefresh && text.rotationExcludes}>
                <Checkbox
                  checked={rotates}
                  description={text.rotationHint}
                  onChange={({ detail }) => setRotates(detail.checked)}
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
                    onChange={({ detail }) => setGrace(detail.value)}
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
