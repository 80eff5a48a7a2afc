import { ENCRYPTION_ALGORITHMS } from "./algorithms.ts";
import { escapeXml } from "./vocabulary.ts";

/** The entity id of a pool, which assertions must name as their audience. */
export function entityIdOf(poolId: string): string {
  return `urn:amazon:cognito:sp:${poolId}`;
}

export interface ServiceProvider {
  readonly poolId: string;
  /** Origin and base path of the pool's endpoints. */
  readonly baseUrl: string;
  /** Base64 of DER. */
  readonly signingCertificate: string;
  readonly encryptionCertificate: string | undefined;
}

/**
 * The pool's own metadata, to be given to a provider. An addition: Cognito has none to download.
 *
 * @see SAML Metadata §2.4.4
 */
export function serviceProviderMetadata(provider: ServiceProvider): string {
  const { poolId, baseUrl, signingCertificate, encryptionCertificate } = provider;
  const key = (use: string, certificate: string | undefined, methods = "") =>
    certificate === undefined
      ? ""
      : `<md:KeyDescriptor use="${use}"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>${methods}</md:KeyDescriptor>`;
  // Providers choose an algorithm of these. Some would take another version of OAEP otherwise.
  const encryption = ENCRYPTION_ALGORITHMS.map((name) => `<md:EncryptionMethod Algorithm="${name}"/>`);
  const post = `Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${escapeXml(entityIdOf(poolId))}">
<md:SPSSODescriptor AuthnRequestsSigned="true" WantAssertionsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
${key("signing", signingCertificate)}${key("encryption", encryptionCertificate, encryption.join(""))}
<md:SingleLogoutService ${post} Location="${escapeXml(`${baseUrl}/saml2/logout`)}"/>
<md:AssertionConsumerService ${post} Location="${escapeXml(`${baseUrl}/saml2/idpresponse`)}" index="0" isDefault="true"/>
</md:SPSSODescriptor>
</md:EntityDescriptor>
`;
}
