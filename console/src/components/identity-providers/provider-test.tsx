import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Steps, { type StepsProps } from "@cloudscape-design/components/steps";
import { useState } from "react";
import type {
  ConnectionReport,
  Step,
  StepStatus,
} from "../../../../src/federation/connection-test/connection-report.ts";
import { useAction } from "../../api/load.ts";
import { testProvider } from "../../api/provider-test.ts";
import { useText } from "../../i18n/text.tsx";
import { ProblemAlert } from "../basics/problem.tsx";

const STATUS: Readonly<Record<StepStatus, StepsProps.Status>> = {
  ok: "success",
  warning: "warning",
  failed: "error",
  skipped: "stopped",
};

interface Props {
  readonly poolId: string;
  readonly providerName: string;
}

/** Tries the steps of a sign-in that need no user, and explains each. */
export function ProviderTest({ poolId, providerName }: Props) {
  const text = useText().providerTest;
  const action = useAction();
  const [report, setReport] = useState<ConnectionReport>();
  const run = () => action.run(async () => setReport(await testProvider(poolId, providerName)));
  return (
    <Container
      header={
        <Header
          description={text.description}
          actions={
            <Button loading={action.isRunning} onClick={() => void run()}>
              {text.run}
            </Button>
          }
        >
          {text.title}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <ProblemAlert error={action.error} />
        {report === undefined ? (
          <Box color="text-body-secondary">{text.notYet}</Box>
        ) : (
          <SpaceBetween size="m">
            <Verdict report={report} />
            <Steps
              ariaLabel={text.title}
              steps={report.steps.map((step) => ({
                status: STATUS[step.status],
                statusIconAriaLabel: text.statuses[step.status],
                header: text.steps[step.name],
                details: <Explanation step={step} />,
              }))}
            />
          </SpaceBetween>
        )}
      </SpaceBetween>
    </Container>
  );
}

function Verdict({ report: { canSignIn, steps } }: { readonly report: ConnectionReport }) {
  const text = useText().providerTest;
  const hasWarning = steps.some(({ status }) => status === "warning");
  const type = canSignIn ? (hasWarning ? "warning" : "success") : "error";
  return (
    <Alert type={type} statusIconAriaLabel={text.alerts[type]}>
      {text.verdicts[type]}
    </Alert>
  );
}

function Explanation({ step: { reason, detail, name } }: { readonly step: Step }) {
  const text = useText().providerTest;
  const known: Readonly<Record<string, string>> = text.reasons;
  const explanation = reason === undefined ? undefined : (known[reason] ?? reason);
  const unit = name === "clock" && detail !== undefined ? text.seconds(detail) : detail;
  if (explanation === undefined && unit === undefined) return null;
  return (
    <SpaceBetween size="xxxs">
      {explanation !== undefined && <span>{explanation}</span>}
      {unit !== undefined && (
        <Box variant="small" color="text-body-secondary">
          <span className="wrap-anywhere">{unit}</span>
        </Box>
      )}
    </SpaceBetween>
  );
}
