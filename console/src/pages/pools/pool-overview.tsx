import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useLoad } from "../../api/load.ts";
import { updatePool } from "../../api/pools.ts";
import { useFlash } from "../../app/flashes.tsx";
import { paths } from "../../app/paths.ts";
import { useFreshPool, usePool } from "../../app/pool.tsx";
import { PoolQuickstart } from "../../components/app-clients/quickstart-commands.tsx";
import { ActionDialog } from "../../components/basics/confirm.tsx";
import { Copyable } from "../../components/basics/copyable.tsx";
import { KeyValues } from "../../components/basics/key-values.tsx";
import { PageHeader } from "../../components/basics/page-header.tsx";
import { ProblemAlert } from "../../components/basics/problem.tsx";
import { Time } from "../../components/basics/time.tsx";
import { useFormValues } from "../../components/basics/use-form-values.ts";
import { Recommendations } from "../../components/pools/recommendations.tsx";
import { SignInChart } from "../../components/pools/sign-in-chart.tsx";
import { useText } from "../../i18n/text.tsx";
import { isPoolName } from "../../rules/names.ts";
import { modesOf } from "../../rules/security/risk-configuration.ts";
import { fetchDiscovery } from "../../tokens/discovery.ts";

export default function PoolOverview({ poolId }: { readonly poolId: string }) {
  const { pool, reload } = useFreshPool();
  const text = useText().poolOverview;
  const common = useText().common;
  const plans = useText().featurePlan;
  const { UserPoolTier: tier = "ESSENTIALS" } = pool;
  const [isRenaming, setRenaming] = useState(false);
  const discovery = useLoad(["discovery", poolId], () => fetchDiscovery(poolId));

  return (
    <ContentLayout
      header={
        <PageHeader
          title={pool.Name ?? poolId}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={() => setRenaming(true)}>{text.rename}</Button>
              <Button href={paths.tryIt(poolId)}>{text.tryIt}</Button>
              <Button variant="primary" href={paths.createUser(poolId)}>
                {text.createUser}
              </Button>
            </SpaceBetween>
          }
        />
      }
    >
      <SpaceBetween size="l">
        <Container header={<Header>{text.information}</Header>}>
          <SpaceBetween size="l">
            <KeyValues
              columns={2}
              items={[
                { label: text.name, value: pool.Name },
                { label: text.id, value: <Copyable value={poolId} label={text.id} /> },
                { label: text.arn, value: <Copyable value={pool.Arn ?? ""} label={text.arn} /> },
                {
                  label: text.signingKeys,
                  value:
                    discovery.value === undefined ? (
                      "–"
                    ) : (
                      <Copyable value={discovery.value.jwksUri} label={text.signingKeys} />
                    ),
                },
                {
                  label: text.users,
                  value: (
                    <Link href={paths.users(poolId)}>{common.number(pool.EstimatedNumberOfUsers ?? 0)}</Link>
                  ),
                },
                {
                  label: plans.title,
                  value: <Link href={paths.settings(poolId)}>{plans.tiers[tier].label}</Link>,
                },
                {
                  label: text.issuer,
                  value:
                    discovery.value === undefined ? (
                      "–"
                    ) : (
                      <Copyable value={discovery.value.issuer} label={text.issuer} />
                    ),
                },
                {
                  label: text.deletionProtection,
                  value: pool.DeletionProtection === "ACTIVE" ? common.active : common.inactive,
                },
                { label: common.created, value: <Time at={pool.CreationDate} /> },
                { label: common.lastUpdated, value: <Time at={pool.LastModifiedDate} /> },
              ]}
            />
            <ProblemAlert error={discovery.error} onRetry={discovery.reload} />
          </SpaceBetween>
        </Container>
        {modesOf(pool.UserPoolAddOns).mode !== "OFF" && <SignInChart poolId={poolId} />}
        <Recommendations />
        <PoolQuickstart pool={pool} />
      </SpaceBetween>
      {isRenaming && <RenameDialog onDismiss={() => setRenaming(false)} onRenamed={reload} />}
    </ContentLayout>
  );
}

function RenameDialog({ onDismiss, onRenamed }: { onDismiss: () => void; onRenamed: () => void }) {
  const { pool } = usePool();
  const text = useText().poolOverview;
  const common = useText().common;
  const show = useFlash();
  const { values, setValues, mergedWith } = useFormValues(() => ({ name: pool.Name ?? "" }), {
    name: text.name,
  });
  const { name } = values;
  const isValid = isPoolName(name);
  return (
    <ActionDialog
      title={text.renameTitle}
      confirmLabel={common.save}
      values={values}
      isValid={isValid}
      onDismiss={onDismiss}
      onConfirm={async () => {
        await updatePool(pool.Id ?? "", ({ Name = "" }) => ({
          PoolName: mergedWith({ name: Name }).name,
        }));
        show("success", text.renamed(name));
        onRenamed();
      }}
    >
      <FormField label={text.name} errorText={isValid ? undefined : common.rules.poolName}>
        <Input value={name} onChange={({ detail }) => setValues({ name: detail.value })} />
      </FormField>
    </ActionDialog>
  );
}
