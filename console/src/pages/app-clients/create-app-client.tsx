import { CreateUserPoolClientCommand } from "@aws-sdk/client-cognito-identity-provider";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { inPool } from "../../api/aws.ts";
import { useFlash } from "../../app/flashes.tsx";
import { paths } from "../../app/paths.ts";
import { ApplicationTypeTiles, clientTypes } from "../../components/app-clients/application-type.tsx";
import { FlowFields, LifetimeFields } from "../../components/app-clients/client-fields.tsx";
import { MachineScopes } from "../../components/app-clients/machine-scopes.tsx";
import { ReturnUrlField } from "../../components/app-clients/return-url.tsx";
import { FormPage } from "../../components/basics/form-page.tsx";
import { useText } from "../../i18n/text.tsx";
import {
  type ClientType,
  defaultFlows,
  defaultLifetimes,
  hasSecretByDefault,
  lifetimeFault,
  lifetimeParameters,
} from "../../rules/app-clients/app-client.ts";
import { isReturnUrl, machineParameters, returnUrlParameters } from "../../rules/app-clients/login-pages.ts";
import { isClientName } from "../../rules/names.ts";

export default function CreateAppClient({ poolId }: { readonly poolId: string }) {
  const text = useText().appClients;
  const common = useText().common;
  const show = useFlash();
  const [type, setType] = useState<ClientType>("web");
  const [scopes, setScopes] = useState<readonly string[]>([]);
  const [name, setName] = useState("");
  const [returnUrl, setReturnUrl] = useState("");
  const [hasSecret, setHasSecret] = useState(hasSecretByDefault.web);
  const [flows, setFlows] = useState(defaultFlows);
  const [lifetimes, setLifetimes] = useState(defaultLifetimes);
  const isMachine = type === "machine";
  const isTypeValid = isMachine ? scopes.length > 0 : returnUrl === "" || isReturnUrl(returnUrl);
  const isNameValid = isClientName(name);
  const areLifetimesValid = (["access", "id", "refresh"] as const).every(
    (token) => lifetimeFault(lifetimes, token) === undefined,
  );

  return (
    <FormPage
      title={text.create}
      description={text.createDescription}
      submitLabel={text.create}
      cancelHref={paths.appClients(poolId)}
      values={{ type, scopes, name, returnUrl, hasSecret, flows, lifetimes }}
      isValid={isNameValid && areLifetimesValid && isTypeValid}
      onSubmit={async () => {
        const { UserPoolClient } = await inPool(poolId, (client) =>
          client.send(
            new CreateUserPoolClientCommand({
              UserPoolId: poolId,
              ClientName: name,
              GenerateSecret: hasSecret,
              ExplicitAuthFlows: [...flows],
              PreventUserExistenceErrors: "ENABLED",
              ...lifetimeParameters(lifetimes),
              ...(isMachine ? machineParameters(scopes) : returnUrlParameters(returnUrl)),
            }),
          ),
        );
        show("success", text.created(name));
        return paths.appClient(poolId, UserPoolClient?.ClientId ?? "");
      }}
    >
      {(wasTried) => (
        <SpaceBetween size="l">
          <Container header={<Header>{text.define}</Header>}>
            <SpaceBetween size="l">
              <ApplicationTypeTiles
                types={clientTypes}
                value={type}
                onChange={(chosen) => {
                  setType(chosen);
                  setHasSecret(hasSecretByDefault[chosen]);
                }}
              />
              <FormField
                label={text.name}
                constraintText={common.rules.clientName}
                errorText={
                  !isNameValid && (wasTried || name !== "") ? common.rules.clientNameFault : undefined
                }
              >
                <Input value={name} onChange={({ detail }) => setName(detail.value)} autoComplete={false} />
              </FormField>
              {!isMachine && (
                <Checkbox
                  checked={hasSecret}
                  description={text.generateSecretHint}
                  onChange={({ detail }) => setHasSecret(detail.checked)}
                >
                  {text.generateSecret}
                </Checkbox>
              )}
              {!isMachine && <ReturnUrlField url={returnUrl} onChange={setReturnUrl} />}
            </SpaceBetween>
          </Container>
          {isMachine ? (
            <MachineScopes poolId={poolId} scopes={scopes} onChange={setScopes} wasTried={wasTried} />
          ) : (
            <Container header={<Header description={text.authFlowsHint}>{text.authFlows}</Header>}>
              <FlowFields flows={flows} onChange={setFlows} hasSecret={hasSecret} />
            </Container>
          )}
          <ExpandableSection variant="container" headerText={text.lifetimesTitle}>
            <LifetimeFields lifetimes={lifetimes} onChange={setLifetimes} />
          </ExpandableSection>
        </SpaceBetween>
      )}
    </FormPage>
  );
}
