import ContentLayout from "@cloudscape-design/components/content-layout";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { usePool } from "../../app/pool.tsx";
import { PageHeader } from "../../components/basics/page-header.tsx";
import { DomainPanel } from "../../components/branding/domain-panel.tsx";
import { IssuerSettings } from "../../components/branding/issuer-settings.tsx";
import { ResourceServers } from "../../components/branding/resource-servers.tsx";
import { useText } from "../../i18n/text.tsx";

/** The domains of the login pages and OAuth 2.0 endpoints, and the resource servers whose scopes they give. */
export default function Domain({ poolId }: { readonly poolId: string }) {
  const { pool } = usePool();
  const text = useText().domains;
  return (
    <ContentLayout header={<PageHeader title={text.title} description={text.description} />}>
      <SpaceBetween size="l">
        <DomainPanel poolId={poolId} kind="prefix" domain={pool.Domain} />
        <DomainPanel poolId={poolId} kind="custom" domain={pool.CustomDomain} />
        <IssuerSettings />
        <ResourceServers poolId={poolId} />
      </SpaceBetween>
    </ContentLayout>
  );
}
