import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { listFunctions, type PoolFunction } from "../../api/functions.ts";
import { useLoad } from "../../api/load.ts";
import { usePool } from "../../app/pool.tsx";
import { PageHeader } from "../../components/basics/page-header.tsx";
import { ProblemAlert } from "../../components/basics/problem.tsx";
import { FunctionTargetLabel } from "../../components/triggers/function-target.tsx";
import { InvocationList } from "../../components/triggers/invocation-list.tsx";
import { RemoveTriggerDialog } from "../../components/triggers/remove-trigger.tsx";
import { TriggerDialog } from "../../components/triggers/trigger-dialog.tsx";
import { TryFunctionDialog } from "../../components/triggers/try-function.tsx";
import { useText } from "../../i18n/text.tsx";
import { type TriggerName, triggerArn, triggerNames } from "../../rules/triggers/lambda-triggers.ts";

/** The Lambda functions that the pool calls during sign-up and sign-in. */
export default function Extensions({ poolId }: { readonly poolId: string }) {
  const { pool } = usePool();
  const text = useText().extensions;
  const functionText = useText().functions;
  const navigation = useText().navigation;
  const common = useText().common;
  const [edited, setEdited] = useState<TriggerName>();
  const [removed, setRemoved] = useState<TriggerName>();
  const [tried, setTried] = useState<PoolFunction>();
  const functions = useLoad(["functions", poolId, pool.LambdaConfig], () => listFunctions(poolId));
  const labels: Readonly<Record<string, string>> = text.triggers;
  const functionOf = (name: TriggerName) => functions.value?.find(({ trigger }) => trigger === name);
  return (
    <ContentLayout header={<PageHeader title={navigation.extensions} description={text.description} />}>
      <SpaceBetween size="l">
        <ProblemAlert error={functions.error} onRetry={functions.reload} />
        <Table
          items={triggerNames}
          enableKeyboardNavigation
          ariaLabels={{ tableLabel: text.title }}
          header={<Header description={text.hint}>{text.title}</Header>}
          columnDefinitions={[
            {
              id: "name",
              header: text.trigger,
              isRowHeader: true,
              minWidth: 150,
              cell: (name) => text.triggers[name],
            },
            {
              id: "arn",
              header: text.functionArn,
              minWidth: 240,
              cell: (name) => (
                <span className="wrap-anywhere">{triggerArn(pool.LambdaConfig, name) ?? "–"}</span>
              ),
            },
            {
              id: "target",
              header: functionText.target,
              minWidth: 240,
              cell: (name) => <FunctionTargetLabel target={functionOf(name)?.target} />,
            },
            {
              id: "actions",
              header: common.actions,
              minWidth: 150,
              cell: (name) => {
                const found = functionOf(name);
                return (
                  <SpaceBetween direction="horizontal" size="s">
                    <Button
                      variant="inline-link"
                      ariaLabel={common.editWhat(text.triggers[name])}
                      onClick={() => setEdited(name)}
                    >
                      {common.edit}
                    </Button>
                    {triggerArn(pool.LambdaConfig, name) !== undefined && (
                      <Button
                        variant="inline-link"
                        ariaLabel={text.removeWhat(text.triggers[name])}
                        onClick={() => setRemoved(name)}
                      >
                        {text.remove}
                      </Button>
                    )}
                    {found && (
                      <Button
                        variant="inline-link"
                        ariaLabel={functionText.tryWhat(text.triggers[name])}
                        onClick={() => setTried(found)}
                      >
                        {functionText.tryLabel}
                      </Button>
                    )}
                  </SpaceBetween>
                );
              },
            },
          ]}
          wrapLines
        />
        <InvocationList poolId={poolId} />
      </SpaceBetween>
      {edited && <TriggerDialog name={edited} onDismiss={() => setEdited(undefined)} />}
      {removed && <RemoveTriggerDialog name={removed} onDismiss={() => setRemoved(undefined)} />}
      {tried && (
        <TryFunctionDialog
          poolId={poolId}
          tried={tried}
          title={functionText.tryWhat(labels[tried.trigger] ?? tried.trigger)}
          onDismiss={() => setTried(undefined)}
        />
      )}
    </ContentLayout>
  );
}
