import { X509Certificate } from "node:crypto";
import { InvalidParameterException } from "../../api-model/index.ts";
import { isJsonObject } from "../../json.ts";
import { readXml } from "../../xml.ts";

const REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
/** Developer Guide, "Things to know about SAML IdPs": characters of a certificate. */
const MAX_CERTIFICATE_CHARACTERS = 4096;
/** Each is tried with a signature that none of the ones before it made, which takes up to a tenth of a second. Providers have one to three. */
const MAX_CERTIFICATES = 10;

const REPEATED = new Set([
  "SingleSignOnService",
  "SingleLogoutService",
  "KeyDescriptor",
  "X509Data",
  "X509Certificate",
]);

/** The services that a provider's metadata names: SAML 2.0 Metadata §2.4.2, §2.4.3. */
interface Endpoint {
  readonly "@"?: {
    readonly Binding?: string;
    readonly Location?: string;
    readonly ResponseLocation?: string;
  };
}

interface KeyDescriptor {
  readonly "@"?: { readonly use?: string };
  readonly KeyInfo?: { readonly X509Data?: readonly { readonly X509Certificate?: readonly unknown[] }[] };
}

/** The part of a SAML provider's metadata that is used. */
export interface SamlMetadata {
  readonly entityId: string;
  /** PEM: every certificate that can sign. */
  readonly certificates: readonly string[];
  /** Where browsers are sent to, by redirect. */
  readonly signInUrl: string;
  readonly signOutUrl: string | undefined;
  readonly wantsSignedRequests: boolean;
  /** Where answers to the provider's own requests to sign out go. */
  readonly signOutResponseUrl: string | undefined;
}

/**
 * Reads the metadata of a SAML identity provider.
 *
 * @throws InvalidParameterException it is not that, or lacks what sign-in needs; the texts are ours
 */
export async function readSamlMetadata(metadata: string): Promise<SamlMetadata> {
  const document = await readXml(metadata, {
    parseTagValue: false,
    isArray: (name) => REPEATED.has(name),
  });
  if (document === "too large") {
    throw new InvalidParameterException(
      "The metadata has too many elements or attributes. It must be that of one identity provider.",
    );
  }
  const entity = document === "malformed" ? undefined : document.EntityDescriptor;
  const descriptor = isJsonObject(entity) ? entity.IDPSSODescriptor : undefined;
  const entityId = attributeOf(entity, "entityID");
  if (!isJsonObject(descriptor) || typeof entityId !== "string") {
    throw new InvalidParameterException("The metadata is not that of a SAML identity provider.");
  }
  const signInUrl = redirectLocation(descriptor.SingleSignOnService);
  if (signInUrl === undefined) {
    throw new InvalidParameterException(
      "The metadata has no SingleSignOnService with the HTTP-Redirect binding.",
    );
  }
  const certificates = signingCertificates(descriptor.KeyDescriptor);
  if (certificates.length === 0)
    throw new InvalidParameterException("The metadata has no signing certificate.");
  const signOutUrl = redirectLocation(descriptor.SingleLogoutService);
  const signOutResponseUrl =
    redirectLocation(descriptor.SingleLogoutService, "ResponseLocation") ?? signOutUrl;
  const wantsSignedRequests = attributeOf(descriptor, "WantAuthnRequestsSigned") === "true";
  return { entityId, certificates, signInUrl, signOutUrl, signOutResponseUrl, wantsSignedRequests };
}

/**
 * Refuses metadata whose signing certificates have all expired.
 *
 * @throws InvalidParameterException the text is ours
 */
export function checkCertificates({ certificates }: SamlMetadata, now: number): void {
  const isValid = (pem: string) => Date.parse(new X509Certificate(pem).validTo) > now;
  if (!certificates.some(isValid)) {
    throw new InvalidParameterException("The signing certificate in the metadata has expired.");
  }
}

function attributeOf(element: unknown, name: string): unknown {
  const attributes = isJsonObject(element) ? element["@"] : undefined;
  return isJsonObject(attributes) ? attributes[name] : undefined;
}

/** Only addresses of the web: a browser is sent there. */
function redirectLocation(
  services: unknown,
  attribute: "Location" | "ResponseLocation" = "Location",
): string | undefined {
  if (!Array.isArray(services)) return undefined;
  const location = services.find((service: Endpoint) => service["@"]?.Binding === REDIRECT)?.["@"]?.[
    attribute
  ];
  return typeof location === "string" && /^https?:\/\/[^\s#]+$/.test(location) && URL.canParse(location)
    ? location
    : undefined;
}

function signingCertificates(keys: unknown): readonly string[] {
  if (!Array.isArray(keys)) return [];
  const certificates = keys
    .filter((key: KeyDescriptor) => key["@"]?.use === undefined || key["@"].use === "signing")
    .flatMap((key: KeyDescriptor) => key.KeyInfo?.X509Data ?? [])
    .flatMap(({ X509Certificate: inData = [] }) => inData);
  if (certificates.length > MAX_CERTIFICATES) {
    throw new InvalidParameterException(
      `The metadata has more than ${MAX_CERTIFICATES} signing certificates.`,
    );
  }
  return certificates.map(pemOf);
}

function pemOf(certificate: unknown): string {
  const base64 = String(certificate).replace(/\s/g, "");
  if (base64.length > MAX_CERTIFICATE_CHARACTERS) {
    throw new InvalidParameterException("A certificate in the metadata is too long.");
  }
  const pem = `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`;
  try {
    return new X509Certificate(pem).toString();
  } catch (cause) {
    throw new InvalidParameterException("A certificate in the metadata is malformed.", { cause });
  }
}
