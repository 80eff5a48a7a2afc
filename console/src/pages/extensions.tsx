import { UpdateUserPoolCommand } from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { inPool } from "../api/aws.ts";
import { useFlash } from "../app/flashes.tsx";
import { usePool } from "../app/pool.tsx";
import { useSession } from "../app/session.tsx";
import { ActionDialog } from "../components/confirm.tsx";
import { PageHeader } from "../components/page-header.tsx";
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
export default function Extensions() {
  const { pool } = usePool();
  const text = useText().extensions;
  const navigation = useText().navigation;
  const common = useText().common;
  const [edited, setEdited] = useState<TriggerName>();
  return (
    <ContentLayout header={<PageHeader title={navigation.extensions} description={text.description} />}>
      <Table
        items={[...triggerNames]}
        enableKeyboardNavigation
        ariaLabels={{ tableLabel: text.title }}
        header={<Header description={text.hint}>{text.title}</Header>}
        columnDefinitions={[
          { id: "name", header: text.trigger, isRowHeader: true, cell: (name) => text.triggers[name] },
          {
            id: "arn",
            header: text.functionArn,
            cell: (name) => (
              <span className="wrap-anywhere">{triggerArn(pool.LambdaConfig, name) ?? "–"}</span>
            ),
          },
          {
            id: "edit",
            header: common.actions,
            cell: (name) => (
              <Button
                variant="inline-link"
                ariaLabel={common.editWhat(text.triggers[name])}
                onClick={() => setEdited(name)}
              >
                {common.edit}
              </Button>
            ),
          },
        ]}
        wrapLines
      />
      {edited && <TriggerDialog name={edited} onDismiss={() => setEdited(undefined)} />}
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
    </ActionDialog>
  );
}
