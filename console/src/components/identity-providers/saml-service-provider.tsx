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
  /** Where browsers reach the pool's endpoints: at its domains and below its ID. */
  readonly baseUrls: readonly string[];
  /** For the certificate of encryption in the metadata. */
  readonly providerName: string;
  /** Of a provider that must encrypt: base64 of DER. */
  readonly encryptionCertificate: string | undefined;
}

/** The values to enter on the side of the SAML provider. */
export function SamlServiceProvider({ poolId, baseUrls, providerName, encryptionCertificate }: Props) {
  const text = useText().saml;
  const query = new URLSearchParams({ identity_provider: providerName });
  const copyable = (label: string, values: readonly string[]) => ({
    label,
    value: (
      <SpaceBetween size="xxs">
        {values.map((value) => (
          <Copyable key={value} value={value} label={label} />
        ))}
      </SpaceBetween>
    ),
  });
  const at = (path: string) => baseUrls.map((baseUrl) => `${baseUrl}${path}`);
  return (
    <Container header={<Header description={text.serviceProviderHint}>{text.serviceProvider}</Header>}>
      <SpaceBetween size="l">
        <KeyValues
          columns={2}
          items={[
            copyable(text.assertionConsumer, at("/saml2/idpresponse")),
            copyable(text.entityId, [`urn:amazon:cognito:sp:${poolId}`]),
            copyable(text.signOutAddress, at("/saml2/logout")),
            {
              label: text.serviceProviderMetadata,
              value: (
                <SpaceBetween size="xxs">
                  {at(`/saml2/metadata?${query}`).map((url) => (
                    <Link key={url} href={url} external>
                      {text.openMetadata(new URL(url).host)}
                    </Link>
                  ))}
                </SpaceBetween>
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
