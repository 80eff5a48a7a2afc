import ContentLayout from "@cloudscape-design/components/content-layout";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { useClassicLook, useLoginStyle } from "../../api/branding.ts";
import { paths } from "../../app/paths.ts";
import { usePool } from "../../app/pool.tsx";
import { ClientChoice } from "../../components/app-clients/client-choice.tsx";
import { AddressTabs } from "../../components/basics/address-tabs.tsx";
import { Empty, Loading } from "../../components/basics/loading.tsx";
import { PageHeader } from "../../components/basics/page-header.tsx";
import { ClassicLookEditor } from "../../components/branding/classic-look-editor.tsx";
import { LoginStyleEditor } from "../../components/branding/login-style-editor.tsx";
import { TermsDocuments } from "../../components/branding/terms-documents.tsx";
import { useText } from "../../i18n/text.tsx";

export default function LoginBranding({ poolId }: { readonly poolId: string }) {
  const text = useText().branding;
  return (
    <ContentLayout header={<PageHeader title={text.title} description={text.description} />}>
      <ClientChoice poolId={poolId} none={text.noClients}>
        {({ clientId, field, clients }) => (
          <SpaceBetween size="l">
            {field}
            <ClientBranding
              key={clientId}
              poolId={poolId}
              clientId={clientId}
              terms={
                <TermsDocuments
                  poolId={poolId}
                  clients={clients.map(({ ClientId = "", ClientName = "" }) => ({
                    value: ClientId,
                    label: ClientName,
                  }))}
                />
              }
            />
          </SpaceBetween>
        )}
      </ClientChoice>
    </ContentLayout>
  );
}

/** A tab stays as it is while another is shown. */
const KEEPS_CHANGES = "lazy";

interface ClientProps {
  readonly poolId: string;
  readonly clientId: string;
  /** Those of all app clients. */
  readonly terms: ReactNode;
}

function ClientBranding({ poolId, clientId, terms }: ClientProps) {
  const text = useText().branding;
  const termsText = useText().poolFeatures.terms;
  const { pool } = usePool();
  const hasDomain = pool.Domain !== undefined || pool.CustomDomain !== undefined;
  return (
    <AddressTabs
      ariaLabel={text.title}
      tabs={[
        {
          id: "managed",
          label: text.managed,
          contentRenderStrategy: KEEPS_CHANGES,
          content: <ManagedTab poolId={poolId} clientId={clientId} />,
        },
        {
          id: "classic",
          label: text.classic,
          contentRenderStrategy: KEEPS_CHANGES,
          content: hasDomain ? (
            <ClassicTab poolId={poolId} clientId={clientId} />
          ) : (
            <Empty
              title={text.needsDomain}
              action={<Link href={paths.domain(poolId)}>{text.toDomain}</Link>}
            />
          ),
        },
        { id: "terms", label: termsText.title, content: terms },
      ]}
    />
  );
}

function ManagedTab({ poolId, clientId }: { readonly poolId: string; readonly clientId: string }) {
  const loaded = useLoginStyle(poolId, clientId);
  return (
    <Loading loaded={loaded}>
      {(style) => (
        <LoginStyleEditor poolId={poolId} clientId={clientId} style={style} onSaved={loaded.reload} />
      )}
    </Loading>
  );
}

function ClassicTab({ poolId, clientId }: { readonly poolId: string; readonly clientId: string }) {
  const loaded = useClassicLook(poolId, clientId);
  return (
    <Loading loaded={loaded}>
      {(look) => (
        <ClassicLookEditor poolId={poolId} clientId={clientId} look={look} onSaved={loaded.reload} />
      )}
    </Loading>
  );
}
