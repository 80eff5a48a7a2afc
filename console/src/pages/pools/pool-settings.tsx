import { TagResourceCommand, UntagResourceCommand } from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { inPool } from "../../api/aws.ts";
import { describePool, updatePool } from "../../api/pools.ts";
import { useFlash } from "../../app/flashes.tsx";
import { paths } from "../../app/paths.ts";
import { usePool } from "../../app/pool.tsx";
import { useNavigation } from "../../app/router.tsx";
import { CellText } from "../../components/basics/cell-text.tsx";
import { ActionDialog } from "../../components/basics/confirm.tsx";
import { Empty } from "../../components/basics/loading.tsx";
import { PageHeader } from "../../components/basics/page-header.tsx";
import { useMerge } from "../../components/basics/use-form-values.ts";
import { DeletePoolDialog } from "../../components/pools/delete-pool.tsx";
import { EncryptionKey } from "../../components/pools/encryption-key.tsx";
import { FeaturePlan } from "../../components/pools/pool-choices.tsx";
import { PoolReplicas } from "../../components/pools/pool-replicas.tsx";
import { TagFields } from "../../components/pools/tag-fields.tsx";
import { useText } from "../../i18n/text.tsx";
import { areTagsValid, tagRecord, tagsOf } from "../../rules/pools/tags.ts";

export default function PoolSettings({ poolId }: { readonly poolId: string }) {
  const { pool } = usePool();
  const text = useText().poolSettings;
  const tagText = useText().tags;
  const navigation = useText().navigation;
  const common = useText().common;
  const { navigate } = useNavigation();
  const [open, setOpen] = useState<"protection" | "tags" | "delete">();
  const dismiss = () => setOpen(undefined);
  const isProtected = pool.DeletionProtection === "ACTIVE";
  const tags = tagsOf(pool.UserPoolTags);
  return (
    <ContentLayout header={<PageHeader title={navigation.settings} description={text.description} />}>
      <SpaceBetween size="l">
        <FeaturePlan />
        <Container
          header={
            <Header
              description={text.protectionHint}
              actions={
                <Button onClick={() => setOpen("protection")}>
                  {isProtected ? text.deactivate : text.activate}
                </Button>
              }
            >
              {text.protection}
            </Header>
          }
        >
          <StatusIndicator type={isProtected ? "success" : "stopped"}>
            {isProtected ? common.active : common.inactive}
          </StatusIndicator>
        </Container>
        <EncryptionKey />
        <PoolReplicas poolId={poolId} />
        <Table
          items={tags}
          trackBy="key"
          enableKeyboardNavigation
          ariaLabels={{ tableLabel: tagText.title }}
          header={
            <Header
              counter={`(${tags.length})`}
              description={tagText.description}
              actions={<Button onClick={() => setOpen("tags")}>{tagText.manage}</Button>}
            >
              {tagText.title}
            </Header>
          }
          columnDefinitions={[
            {
              id: "key",
              header: tagText.key,
              isRowHeader: true,
              cell: ({ key }) => <CellText>{key}</CellText>,
            },
            { id: "value", header: tagText.value, cell: ({ value }) => <CellText>{value || "–"}</CellText> },
          ]}
          empty={<Empty title={tagText.none} />}
        />
        <Container
          header={
            <Header
              description={text.deleteHint}
              actions={<Button onClick={() => setOpen("delete")}>{text.delete}</Button>}
            >
              {text.delete}
            </Header>
          }
        />
      </SpaceBetween>
      {open === "protection" && <ProtectionDialog isProtected={isProtected} onDismiss={dismiss} />}
      {open === "tags" && <TagsDialog onDismiss={dismiss} />}
      {open === "delete" && (
        <DeletePoolDialog
          poolId={poolId}
          name={pool.Name ?? ""}
          onDismiss={dismiss}
          onDeleted={() => navigate(paths.userPools)}
        />
      )}
    </ContentLayout>
  );
}

function ProtectionDialog({
  isProtected,
  onDismiss,
}: {
  readonly isProtected: boolean;
  readonly onDismiss: () => void;
}) {
  const { pool, reload } = usePool();
  const text = useText().poolSettings;
  const show = useFlash();
  return (
    <ActionDialog
      title={isProtected ? text.deactivateTitle : text.activateTitle}
      confirmLabel={isProtected ? text.deactivate : text.activate}
      onDismiss={onDismiss}
      onConfirm={async () => {
        await updatePool(pool.Id ?? "", () => ({ DeletionProtection: isProtected ? "INACTIVE" : "ACTIVE" }));
        show("success", isProtected ? text.deactivated : text.activated);
        reload();
      }}
    >
      {isProtected ? text.deactivateQuestion : text.activateQuestion}
    </ActionDialog>
  );
}

function TagsDialog({ onDismiss }: { readonly onDismiss: () => void }) {
  const { pool, reload } = usePool();
  const text = useText().tags;
  const common = useText().common;
  const show = useFlash();
  const [before] = useState(pool.UserPoolTags ?? {});
  const [tags, setTags] = useState(() => tagsOf(before));
  const merge = useMerge<Record<string, string>>(
    before,
    ([key = ""]) => key,
    (withSaved) => setTags((current) => tagsOf(withSaved(tagRecord(current)))),
  );
  return (
    <ActionDialog
      title={text.manage}
      size="large"
      confirmLabel={common.saveChanges}
      values={{ tags }}
      isValid={areTagsValid(tags)}
      onDismiss={onDismiss}
      onConfirm={async () => {
        const { UserPoolTags: now = {} } = await describePool(pool.Id ?? "");
        const after = merge(tagRecord(tags), now);
        const removed = Object.keys(now).filter((key) => !Object.hasOwn(after, key));
        const changed = Object.fromEntries(
          Object.entries(after).filter(([key, value]) => now[key] !== value),
        );
        const ResourceArn = pool.Arn ?? "";
        await inPool(pool.Id ?? "", async (client) => {
          if (removed.length > 0)
            await client.send(new UntagResourceCommand({ ResourceArn, TagKeys: removed }));
          if (Object.keys(changed).length > 0)
            await client.send(new TagResourceCommand({ ResourceArn, Tags: changed }));
        });
        show("success", text.saved);
        reload();
      }}
    >
      <TagFields tags={tags} onChange={(next) => setTags([...next])} />
    </ActionDialog>
  );
}
