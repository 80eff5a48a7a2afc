import { UpdateUserPoolCommand } from "@aws-sdk/client-cognito-identity-provider";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { inPool } from "../api/aws.ts";
import { getFunctionTarget, listFunctions, type PoolFunction } from "../api/functions.ts";
import { useLoad } from "../api/load.ts";
import { useFlash } from "../app/flashes.tsx";
import { usePool } from "../app/pool.tsx";
import { useSession } from "../app/session.tsx";
import { ActionDialog } from "../components/confirm.tsx";
import { FunctionTargetLabel } from "../components/function-target.tsx";
import { InvocationList } from "../components/invocation-list.tsx";
import { PageHeader } from "../components/page-header.tsx";
import { TryFunctionDialog } from "../components/try-function.tsx";
import { useText } from "../i18n/text.tsx";
import {
  isFunctionArn,
  type TriggerName,
  triggerArn,
  triggerNames,
  withTrigger,
} from "../rules/lambda-triggers.ts";
import { poolUpdate } from "../rules/update-user-pool.ts";

/** The Lambda functions that the pool calls during sign-up and sign-in. */
export default function Extensions({ poolId }: { readonly poolId: string }) {
  const { pool } = usePool();
  const text = useText().extensions;
  const functionText = useText().functions;
  const navigation = useText().navigation;
  const common = useText().common;
  const [edited, setEdited] = useState<TriggerName>();
  const [tried, setTried] = useState<PoolFunction>();
  const functions = useLoad(["functions", poolId, pool.LambdaConfig], () => listFunctions(poolId));
  const isEditable = (name: string): name is TriggerName => triggerNames.some((known) => known === name);
  const labels: Readonly<Record<string, string>> = { ...text.triggers, ...functionText.senders };
  const others = (functions.value ?? []).filter(({ trigger }) => !isEditable(trigger));
  const rows: readonly string[] = [...triggerNames, ...others.map(({ trigger }) => trigger)];
  const functionOf = (name: string) => functions.value?.find(({ trigger }) => trigger === name);
  const arnOf = (name: string) =>
    isEditable(name) ? triggerArn(pool.LambdaConfig, name) : functionOf(name)?.arn;
  return (
    <ContentLayout header={<PageHeader title={navigation.extensions} description={text.description} />}>
      <SpaceBetween size="l">
        <Table
          items={rows}
          enableKeyboardNavigation
          ariaLabels={{ tableLabel: text.title }}
          header={<Header description={text.hint}>{text.title}</Header>}
          columnDefinitions={[
            { id: "name", header: text.trigger, isRowHeader: true, cell: (name) => labels[name] ?? name },
            {
              id: "arn",
              header: text.functionArn,
              cell: (name) => <span className="wrap-anywhere">{arnOf(name) ?? "–"}</span>,
            },
            {
              id: "target",
              header: functionText.target,
              cell: (name) => <FunctionTargetLabel target={functionOf(name)?.target} />,
            },
            {
              id: "actions",
              header: common.actions,
              cell: (name) => {
                const found = functionOf(name);
                return (
                  <SpaceBetween direction="horizontal" size="s">
                    {isEditable(name) && (
                      <Button
                        variant="inline-link"
                        ariaLabel={common.editWhat(labels[name] ?? name)}
                        onClick={() => setEdited(name)}
                      >
                        {common.edit}
                      </Button>
                    )}
                    {found && (
                      <Button
                        variant="inline-link"
                        ariaLabel={functionText.tryWhat(labels[name] ?? name)}
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

function TriggerDialog({ name, onDismiss }: { readonly name: TriggerName; readonly onDismiss: () => void }) {
  const { pool, reload } = usePool();
  const { me } = useSession();
  const text = useText().extensions;
  const common = useText().common;
  const show = useFlash();
  const [arn, setArn] = useState(triggerArn(pool.LambdaConfig, name) ?? "");
  const isValid = arn === "" || isFunctionArn(arn);
  const functionText = useText().functions;
  const { value: target } = useLoad(
    ["functionTarget", pool.Id, arn],
    isFunctionArn(arn) ? () => getFunctionTarget(pool.Id ?? "", arn) : undefined,
  );
  return (
    <ActionDialog
      title={text.triggers[name]}
      confirmLabel={common.saveChanges}
      isDisabled={!isValid}
      onDismiss={onDismiss}
      onConfirm={async () => {
        const LambdaConfig = withTrigger(pool.LambdaConfig, name, arn);
        await inPool(pool.Id ?? "", (client) =>
          client.send(new UpdateUserPoolCommand(poolUpdate(pool, { LambdaConfig }))),
        );
        show("success", text.saved(text.triggers[name]));
        reload();
      }}
    >
      <FormField
        label={text.functionArn}
        description={text.functionArnHint}
        errorText={isValid ? undefined : text.functionArnFault}
      >
        <Input
          value={arn}
          placeholder={`arn:aws:lambda:${pool.Id?.split("_")[0]}:${me.accountId}:function:name`}
          autoComplete={false}
          onChange={({ detail }) => setArn(detail.value.trim())}
        />
      </FormField>
      {target?.kind === "nothing" && (
        <Alert type="warning" statusIconAriaLabel={common.warning} header={functionText.leadsNowhere}>
          <span className="wrap-anywhere">{functionText.leadsNowhereHint(target.lookedFor)}</span>
        </Alert>
      )}
    </ActionDialog>
  );
}
