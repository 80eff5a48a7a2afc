import { DeleteIdentityProviderCommand } from "@aws-sdk/client-cognito-identity-provider";
import Link from "@cloudscape-design/components/link";
import { inPool } from "../api/aws.ts";
import { identityProvidersOf } from "../api/identity-providers.ts";
import { useFlash } from "../app/flashes.tsx";
import { paths } from "../app/paths.ts";
import { ActionDialog } from "../components/confirm.tsx";
import { type DeleteAnswers, ListPage } from "../components/list-page.tsx";
import { Time } from "../components/time.tsx";
import { useText } from "../i18n/text.tsx";

export default function IdentityProviders({ poolId }: { readonly poolId: string }) {
  const text = useText().providers;
  const common = useText().common;
  return (
    <ListPage
      title={text.title}
      description={text.pageDescription}
      kind="identity providers"
      load={identityProvidersOf(poolId)}
      of={poolId}
      keyOf={({ ProviderName = "" }) => ProviderName}
      nameOf={({ ProviderName = "" }) => ProviderName}
      create={{ label: text.create, href: paths.createIdentityProvider(poolId) }}
      none={{ title: text.none, hint: text.noneHint }}
      find={{ label: text.find, textOf: ({ ProviderName = "" }) => ProviderName }}
      columns={[
        {
          id: "name",
          header: text.name,
          isRowHeader: true,
          cell: ({ ProviderName = "" }) => (
            <Link href={paths.identityProvider(poolId, ProviderName)}>{ProviderName}</Link>
          ),
        },
        {
          id: "type",
          header: text.type,
          cell: ({ ProviderType }) => (ProviderType ? text.types[ProviderType] : "–"),
        },
        { id: "created", header: common.created, cell: ({ CreationDate }) => <Time at={CreationDate} /> },
        {
          id: "updated",
          header: common.lastUpdated,
          isExtra: true,
          cell: ({ LastModifiedDate }) => <Time at={LastModifiedDate} />,
        },
      ]}
      deleteDialog={({ ProviderName = "" }, answers) => (
        <DeleteProviderDialog poolId={poolId} providerName={ProviderName} {...answers} />
      )}
    />
  );
}

interface DeleteProps extends DeleteAnswers {
  readonly poolId: string;
  readonly providerName: string;
}

function DeleteProviderDialog({ poolId, providerName, onDismiss, onDeleted }: DeleteProps) {
  const text = useText().providers;
  const common = useText().common;
  const show = useFlash();
  return (
    <ActionDialog
      title={text.deleteTitle}
      confirmLabel={common.delete}
      onDismiss={onDismiss}
      onConfirm={async () => {
        await inPool(poolId, (client) =>
          client.send(new DeleteIdentityProviderCommand({ UserPoolId: poolId, ProviderName: providerName })),
        );
        show("success", text.deleted(providerName));
        onDeleted();
      }}
    >
      {text.deleteQuestion(providerName)}
    </ActionDialog>
  );
}
