import { deleteIdentityProvider, identityProvidersOf } from "../../api/identity-providers.ts";
import { paths } from "../../app/paths.ts";
import { DeleteProviderDialog } from "../../components/identity-providers/delete-provider.tsx";
import { BulkDeleteDialog } from "../../components/lists/bulk-delete.tsx";
import { nameColumn, useTimeColumns } from "../../components/lists/list-columns.tsx";
import { ListPage } from "../../components/lists/list-page.tsx";
import { useText } from "../../i18n/text.tsx";

export default function IdentityProviders({ poolId }: { readonly poolId: string }) {
  const text = useText().providers;
  const nameOf = ({ ProviderName = "" }: { readonly ProviderName?: string | undefined }) => ProviderName;
  return (
    <ListPage
      title={text.title}
      description={text.pageDescription}
      kind="identity providers"
      load={identityProvidersOf(poolId)}
      of={poolId}
      keyOf={nameOf}
      nameOf={nameOf}
      create={{ label: text.create, href: paths.createIdentityProvider(poolId) }}
      none={{ title: text.none, hint: text.noneHint }}
      find={{ label: text.find, textOf: nameOf }}
      columns={[
        nameColumn({
          header: text.name,
          nameOf,
          hrefOf: (provider) => paths.identityProvider(poolId, nameOf(provider)),
        }),
        {
          id: "type",
          header: text.type,
          sortBy: ({ ProviderType }) => ProviderType && text.types[ProviderType],
          cell: ({ ProviderType }) => (ProviderType ? text.types[ProviderType] : "–"),
        },
        ...useTimeColumns(),
      ]}
      deleteDialog={(provider, answers) => (
        <DeleteProviderDialog poolId={poolId} providerName={nameOf(provider)} {...answers} />
      )}
      deleteSeveral={(providers, answers) => (
        <BulkDeleteDialog
          kind="providers"
          items={providers}
          nameOf={nameOf}
          deleteOne={(provider) => deleteIdentityProvider(poolId, nameOf(provider))}
          {...answers}
        />
      )}
    />
  );
}
