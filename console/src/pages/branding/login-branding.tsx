import Box from "@cloudscape-design/components/box";
import ContentLayout from "@cloudscape-design/components/content-layout";
import FormField from "@cloudscape-design/components/form-field";
import Link from "@cloudscape-design/components/link";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { type ReactNode, useState } from "react";
import { useClassicLook, useLoginStyle } from "../../api/branding.ts";
import { appClientsOf } from "../../api/lists.ts";
import { useLoad } from "../../api/load.ts";
import { paths } from "../../app/paths.ts";
import { usePool } from "../../app/pool.tsx";
import { Empty, Loading } from "../../components/basics/loading.tsx";
import { PageHeader } from "../../components/basics/page-header.tsx";
import { ClassicLookEditor } from "../../components/branding/classic-look-editor.tsx";
import { LoginStyleEditor } from "../../components/branding/login-style-editor.tsx";
import { TermsDocuments } from "../../components/branding/terms-documents.tsx";
import { useText } from "../../i18n/text.tsx";

/** The most app clients that are offered. */
const MAX_CLIENTS = 60;

export default function LoginBranding({ poolId }: { readonly poolId: string }) {
  const text = useText().branding;
  const clients = useLoad(["branded clients", poolId], () => appClientsOf(poolId)(MAX_CLIENTS, undefined));
  const { create } = useText().appClients;
  const [chosen, setChosen] = useState<string>();
  return (
    <ContentLayout header={<PageHeader title={text.title} description={text.description} />}>
      <Loading loaded={clients}>
        {({ items }) => {
          const options = items.map(({ ClientId, ClientName }) => ({
            value: ClientId ?? "",
            label: ClientName ?? "",
          }));
          const option = options.find(({ value }) => value === chosen) ?? options[0];
          if (option === undefined)
            return (
              <Empty
                title={text.noClients}
                action={<Link href={paths.createAppClient(poolId)}>{create}</Link>}
              />
            );
          return (
            <SpaceBetween size="l">
              <FormField label={text.appClient}>
                <Select
                  selectedOption={option}
                  options={options}
                  placeholder={text.chooseClient}
                  onChange={({ detail }) => setChosen(detail.selectedOption.value)}
                />
              </FormField>
              <ClientBranding
                key={option.value}
                poolId={poolId}
                clientId={option.value}
                terms={<TermsDocuments poolId={poolId} clients={options} />}
              />
            </SpaceBetween>
          );
        }}
      </Loading>
    </ContentLayout>
  );
}

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
    <Tabs
      ariaLabel={text.title}
      tabs={[
        { id: "managed", label: text.managed, content: <ManagedTab poolId={poolId} clientId={clientId} /> },
        {
          id: "classic",
          label: text.classic,
          content: hasDomain ? (
            <ClassicTab poolId={poolId} clientId={clientId} />
          ) : (
            <Box>{text.needsDomain}</Box>
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
        <LoginStyleEditor
          // Begins anew with what was saved.
          key={`${style.ManagedLoginBrandingId} ${style.LastModifiedDate?.getTime()}`}
          poolId={poolId}
          clientId={clientId}
          style={style}
          onSaved={loaded.reload}
        />
      )}
    </Loading>
  );
}

function ClassicTab({ poolId, clientId }: { readonly poolId: string; readonly clientId: string }) {
  const loaded = useClassicLook(poolId, clientId);
  return (
    <Loading loaded={loaded}>
      {(look) => (
        <ClassicLookEditor
          key={look.CSSVersion ?? ""}
          poolId={poolId}
          clientId={clientId}
          look={look}
          onSaved={loaded.reload}
        />
      )}
    </Loading>
  );
}
