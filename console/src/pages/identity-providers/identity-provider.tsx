import type { IdentityProviderType } from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useIdentityProvider } from "../../api/identity-providers.ts";
import { paths } from "../../app/paths.ts";
import { usePool } from "../../app/pool.tsx";
import { useSession } from "../../app/session.tsx";
import { Copyable } from "../../components/basics/copyable.tsx";
import { KeyValues, ValueList } from "../../components/basics/key-values.tsx";
import { Loading } from "../../components/basics/loading.tsx";
import { PageHeader } from "../../components/basics/page-header.tsx";
import { Time } from "../../components/basics/time.tsx";
import { ProviderTest } from "../../components/identity-providers/provider-test.tsx";
import { SamlServiceProvider } from "../../components/identity-providers/saml-service-provider.tsx";
import type { Messages } from "../../i18n/messages.ts";
import { useText } from "../../i18n/text.tsx";
import { detailsOf } from "../../rules/identity-providers/identity-provider.ts";
import { samlSettings, samlValuesOf } from "../../rules/identity-providers/saml-provider.ts";
import { acrLevels } from "../../rules/pools/pool-features.ts";

interface Props {
  readonly poolId: string;
  readonly providerName: string;
}

export default function IdentityProvider({ poolId, providerName }: Props) {
  const common = useText().common;
  const loaded = useIdentityProvider(poolId, providerName);
  const baseUrls = useBaseUrls(poolId);
  return (
    <ContentLayout
      header={
        <PageHeader
          title={providerName}
          actions={<Button href={paths.editIdentityProvider(poolId, providerName)}>{common.edit}</Button>}
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
                baseUrl={baseUrls[0] ?? ""}
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
    </ContentLayout>
  );
}

/** Where apps can reach the pool's login pages: its domains first, and below its id. */
function useBaseUrls(poolId: string): readonly string[] {
  const { pool } = usePool();
  const { me } = useSession();
  const { protocol, port } = new URL(me.endpoint);
  const ofPrefix = pool.Domain && `${protocol}//${pool.Domain}.localhost${port && `:${port}`}`;
  const ofCustom = pool.CustomDomain && `https://${pool.CustomDomain}`;
  return [ofCustom, ofPrefix, `${me.endpoint}/${poolId}`]
    .filter((url) => url !== undefined)
    .filter((url) => url !== "");
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
