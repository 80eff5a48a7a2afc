import type { IdentityProviderType } from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useIdentityProvider } from "../../api/identity-providers.ts";
import { paths } from "../../app/paths.ts";
import { usePool } from "../../app/pool.tsx";
import { useNavigation } from "../../app/router.tsx";
import { useSession } from "../../app/session.tsx";
import { Copyable } from "../../components/basics/copyable.tsx";
import { KeyValues, ValueList } from "../../components/basics/key-values.tsx";
import { Loading } from "../../components/basics/loading.tsx";
import { PageHeader } from "../../components/basics/page-header.tsx";
import { Time } from "../../components/basics/time.tsx";
import { DeleteProviderDialog } from "../../components/identity-providers/delete-provider.tsx";
import { ProviderTest } from "../../components/identity-providers/provider-test.tsx";
import { SamlServiceProvider } from "../../components/identity-providers/saml-service-provider.tsx";
import type { Messages } from "../../i18n/messages.ts";
import { useText } from "../../i18n/text.tsx";
import { poolUrls } from "../../rules/branding/domains.ts";
import { detailsOf } from "../../rules/identity-providers/identity-provider.ts";
import { samlSettings, samlValuesOf } from "../../rules/identity-providers/saml-provider.ts";
import { acrLevels } from "../../rules/pools/pool-features.ts";

interface Props {
  readonly poolId: string;
  readonly providerName: string;
}

export default function IdentityProvider({ poolId, providerName }: Props) {
  const common = useText().common;
  const { navigate } = useNavigation();
  const [isDeleting, setDeleting] = useState(false);
  const loaded = useIdentityProvider(poolId, providerName);
  const { pool } = usePool();
  const baseUrls = poolUrls(useSession().me.endpoint, pool);
  return (
    <ContentLayout
      header={
        <PageHeader
          title={providerName}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button disabled={loaded.value === undefined} onClick={() => setDeleting(true)}>
                {common.delete}
              </Button>
              <Button href={paths.editIdentityProvider(poolId, providerName)}>{common.edit}</Button>
            </SpaceBetween>
          }
        />
      }
    >
      <Loading loaded={loaded}>
        {(provider) => (
          <SpaceBetween size="l">
            <Information provider={provider} />
            {provider.ProviderType === "SAML" ? (
              <SamlServiceProvider
                poolId={poolId}
                baseUrls={baseUrls}
                providerName={providerName}
                encryptionCertificate={provider.ProviderDetails?.ActiveEncryptionCertificate}
              />
            ) : (
              <RedirectUris baseUrls={baseUrls} />
            )}
            <ProviderTest poolId={poolId} providerName={providerName} />
          </SpaceBetween>
        )}
      </Loading>
      {isDeleting && (
        <DeleteProviderDialog
          poolId={poolId}
          providerName={providerName}
          onDismiss={() => setDeleting(false)}
          onDeleted={() => navigate(paths.identityProviders(poolId))}
        />
      )}
    </ContentLayout>
  );
}

function Information({ provider }: { readonly provider: IdentityProviderType }) {
  const text = useText().providers;
  const common = useText().common;
  const samlText = useText().saml;
  const {
    ProviderType = "OIDC",
    ProviderDetails = {},
    AttributeMapping = {},
    IdpIdentifiers = [],
    AcrMapping = {},
  } = provider;
  const levelText = useText().providerLevels;
  const { levelOf } = useText().poolFeatures.levels;
  const levels = acrLevels.flatMap((level, index) =>
    AcrMapping[level] === undefined ? [] : `${levelOf(index + 1)} ↔ ${AcrMapping[level]}`,
  );
  const mapping = Object.entries(AttributeMapping).map(([attribute, claim]) => `${attribute} ← ${claim}`);
  const shownValue = (value: string | undefined) =>
    value === "true" ? text.yes : value === "false" ? text.no : value;
  const shown = detailsOf[ProviderType].filter(
    ({ name }) => name !== "client_secret" && ProviderDetails[name] !== undefined,
  );
  return (
    <Container header={<Header>{text.information}</Header>}>
      <KeyValues
        columns={2}
        items={[
          { label: text.type, value: text.types[ProviderType] },
          ...shown.map(({ name }) => ({
            label: text.details[name],
            value: <span className="wrap-anywhere">{shownValue(ProviderDetails[name])}</span>,
          })),
          ...(ProviderType === "SAML" ? samlItems(provider, samlText) : []),
          {
            label: text.identifiers,
            value: IdpIdentifiers.length === 0 ? "–" : <ValueList values={IdpIdentifiers} />,
          },
          ...(levels.length === 0
            ? []
            : [{ label: levelText.mapping, value: <ValueList values={levels} /> }]),
          { label: text.mapping, value: mapping.length === 0 ? "–" : <ValueList values={mapping} /> },
          { label: common.created, value: <Time at={provider.CreationDate} /> },
          { label: common.lastUpdated, value: <Time at={provider.LastModifiedDate} /> },
        ]}
      />
    </Container>
  );
}

function samlItems(provider: IdentityProviderType, text: Messages["saml"]) {
  const { MetadataURL, SSORedirectBindingURI, SLORedirectBindingURI } = provider.ProviderDetails ?? {};
  const values = samlValuesOf(provider);
  const settings = samlSettings.filter((name) => values[name]).map((name) => text[name]);
  const address = (label: string, value: string | undefined) =>
    value === undefined ? [] : [{ label, value: <span className="wrap-anywhere">{value}</span> }];
  return [
    ...address(text.url, MetadataURL),
    ...address(text.signInUrl, SSORedirectBindingURI),
    ...address(text.signOutUrl, SLORedirectBindingURI),
    { label: text.settings, value: settings.length === 0 ? "–" : <ValueList values={settings} /> },
  ];
}

function RedirectUris({ baseUrls }: { readonly baseUrls: readonly string[] }) {
  const text = useText().providers;
  return (
    <Container header={<Header description={text.otherSideHint}>{text.otherSide}</Header>}>
      <KeyValues
        columns={1}
        items={baseUrls.map((baseUrl) => ({
          label: text.redirectUri,
          value: <Copyable value={`${baseUrl}/oauth2/idpresponse`} label={text.redirectUri} />,
        }))}
      />
    </Container>
  );
}
