import { GetSigningCertificateCommand } from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { inPool } from "../../api/aws.ts";
import { download } from "../../download.ts";
import { useText } from "../../i18n/text.tsx";
import { Copyable } from "../basics/copyable.tsx";
import { KeyValues } from "../basics/key-values.tsx";

interface Props {
  readonly poolId: string;
  /** Where browsers reach the pool's endpoints: origin and, without a domain, `/{poolId}`. */
  readonly baseUrl: string;
  /** For the certificate of encryption in the metadata; undefined before there is a provider. */
  readonly providerName: string | undefined;
  /** Of a provider that must encrypt: base64 of DER. */
  readonly encryptionCertificate: string | undefined;
}

/** The values to enter on the side of the SAML provider. */
export function SamlServiceProvider({ poolId, baseUrl, providerName, encryptionCertificate }: Props) {
  const text = useText().saml;
  const entityId = `urn:amazon:cognito:sp:${poolId}`;
  const assertionConsumer = `${baseUrl}/saml2/idpresponse`;
  const signOut = `${baseUrl}/saml2/logout`;
  const query =
    providerName === undefined ? "" : `?${new URLSearchParams({ identity_provider: providerName })}`;
  const metadata = `${baseUrl}/saml2/metadata${query}`;
  const copyable = (label: string, value: string) => ({
    label,
    value: <Copyable value={value} label={label} />,
  });
  return (
    <Container header={<Header description={text.serviceProviderHint}>{text.serviceProvider}</Header>}>
      <SpaceBetween size="l">
        <KeyValues
          columns={2}
          items={[
            copyable(text.assertionConsumer, assertionConsumer),
            copyable(text.entityId, entityId),
            copyable(text.signOutAddress, signOut),
            {
              label: text.serviceProviderMetadata,
              value: (
                <Link href={metadata} external>
                  {text.openMetadata}
                </Link>
              ),
            },
          ]}
        />
        <SpaceBetween size="xs" direction="horizontal">
          <Button
            iconName="download"
            onClick={async () => {
              const { Certificate = "" } = await inPool(poolId, (client) =>
                client.send(new GetSigningCertificateCommand({ UserPoolId: poolId })),
              );
              downloadCertificate(Certificate, `${poolId}-signing.pem`);
            }}
          >
            {text.downloadSigning}
          </Button>
          {encryptionCertificate !== undefined && (
            <Button
              iconName="download"
              onClick={() => downloadCertificate(encryptionCertificate, `${poolId}-encryption.pem`)}
            >
              {text.downloadEncryption}
            </Button>
          )}
        </SpaceBetween>
      </SpaceBetween>
    </Container>
  );
}

/** @param base64 of DER */
function downloadCertificate(base64: string, name: string): void {
  const lines = base64.replace(/.{64}/g, "$&\n").trimEnd();
  const pem = `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
  download(name, pem, "application/x-pem-file");
}
