import { SetRiskConfigurationCommand } from "@aws-sdk/client-cognito-identity-provider";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { inPool } from "../../api/aws.ts";
import { useLoad } from "../../api/load.ts";
import { appliedRiskConfiguration } from "../../api/risk-configuration.ts";
import { useFlash } from "../../app/flashes.tsx";
import { paths } from "../../app/paths.ts";
import { usePool } from "../../app/pool.tsx";
import { useClientOfAddress } from "../../components/app-clients/client-choice.tsx";
import { ActionDialog } from "../../components/basics/confirm.tsx";
import { Empty, Loading } from "../../components/basics/loading.tsx";
import { PageHeader } from "../../components/basics/page-header.tsx";
import { ProblemAlert } from "../../components/basics/problem.tsx";
import { SignInChart } from "../../components/pools/sign-in-chart.tsx";
import { ProtectionModePanel } from "../../components/security/protection-mode.tsx";
import type { RiskScope } from "../../components/security/risk-dialog.tsx";
import { RiskExceptions } from "../../components/security/risk-exceptions.tsx";
import { RiskNotifications } from "../../components/security/risk-notifications.tsx";
import { CompromisedPasswords, RiskySignIns } from "../../components/security/risk-responses.tsx";
import { useText } from "../../i18n/text.tsx";
import { modesOf } from "../../rules/security/risk-configuration.ts";

/** Threat protection of a pool, and of each of its app clients. */
export default function ThreatProtection({ poolId }: { readonly poolId: string }) {
  const { pool } = usePool();
  const text = useText().threatProtection;
  const { mode } = modesOf(pool.UserPoolAddOns);
  const isPlus = pool.UserPoolTier === "PLUS";
  return (
    <ContentLayout header={<PageHeader title={text.title} description={text.description} />}>
      <SpaceBetween size="l">
        {!isPlus && (
          <Alert type="info" action={<Button href={paths.settings(poolId)}>{text.toPlan}</Button>}>
            {text.needsPlus}
          </Alert>
        )}
        {isPlus && <ProtectionModePanel />}
        {isPlus && mode === "OFF" && (
          <Container>
            <Empty title={text.offTitle}>{text.offHint}</Empty>
          </Container>
        )}
        {mode !== "OFF" && <SignInChart poolId={poolId} />}
        {mode === "AUDIT" && <Alert type="info">{text.auditHint}</Alert>}
        {mode !== "OFF" && <RiskSettings poolId={poolId} />}
      </SpaceBetween>
    </ContentLayout>
  );
}

function RiskSettings({ poolId }: { readonly poolId: string }) {
  const text = useText().threatProtection;
  const { clients, clientId, choose } = useClientOfAddress(poolId);
  const loaded = useLoad(["riskConfiguration", poolId, clientId], () =>
    appliedRiskConfiguration(poolId, clientId || undefined),
  );
  const options = [
    { value: "", label: text.wholePool },
    ...(clients.value ?? []).map(({ ClientId = "", ClientName = ClientId }) => ({
      value: ClientId,
      label: ClientName,
      description: ClientId,
    })),
  ];
  return (
    <SpaceBetween size="l">
      <ProblemAlert error={clients.error} onRetry={clients.reload} />
      <FormField label={text.scope}>
        <Select
          options={options}
          selectedOption={options.find(({ value }) => value === clientId) ?? null}
          onChange={({ detail }) => choose(detail.selectedOption.value ?? "")}
        />
      </FormField>
      <Loading loaded={loaded}>
        {({ current, inherits }) => {
          const scope: RiskScope = {
            poolId,
            clientId: clientId || undefined,
            current,
            onSaved: loaded.reload,
          };
          return (
            <SpaceBetween size="l">
              {clientId !== "" && <Inheritance scope={scope} inherits={inherits} />}
              <CompromisedPasswords scope={scope} />
              <RiskySignIns scope={scope} />
              <RiskNotifications scope={scope} />
              <RiskExceptions scope={scope} />
            </SpaceBetween>
          );
        }}
      </Loading>
    </SpaceBetween>
  );
}

interface InheritanceProps {
  readonly scope: RiskScope;
  readonly inherits: boolean;
}

/** Whether an app client has settings of its own, and the way back from them. */
function Inheritance({ scope, inherits }: InheritanceProps) {
  const text = useText().threatProtection;
  const show = useFlash();
  const [isAsking, setAsking] = useState(false);
  if (inherits) return <Alert type="info">{text.inherits}</Alert>;
  return (
    <>
      <Alert type="info" action={<Button onClick={() => setAsking(true)}>{text.inherit}</Button>}>
        {text.hasOwn}
      </Alert>
      {isAsking && (
        <ActionDialog
          title={text.inherit}
          confirmLabel={text.inherit}
          onDismiss={() => setAsking(false)}
          onConfirm={async () => {
            const command = new SetRiskConfigurationCommand({
              UserPoolId: scope.poolId,
              ClientId: scope.clientId,
            });
            await inPool(scope.poolId, (client) => client.send(command));
            show("success", text.inherited);
            scope.onSaved();
          }}
        >
          {text.inheritQuestion}
        </ActionDialog>
      )}
    </>
  );
}
