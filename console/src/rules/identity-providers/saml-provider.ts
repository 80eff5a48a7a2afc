/** The details of a SAML provider as a form has them. */
import type { IdentityProviderType } from "@aws-sdk/client-cognito-identity-provider";

export interface SamlValues {
  readonly source: "file" | "url";
  /** The text of the file. */
  readonly metadataFile: string;
  readonly metadataUrl: string;
  readonly signsRequests: boolean;
  readonly requiresEncryption: boolean;
  readonly allowsIdpInitiated: boolean;
  readonly signsOut: boolean;
  readonly linksByEmail: boolean;
}

/** The settings that are on or off, in the order of the form. */
export const samlSettings = [
  "signsRequests",
  "requiresEncryption",
  "allowsIdpInitiated",
  "signsOut",
  "linksByEmail",
] as const satisfies readonly (keyof SamlValues)[];

export const emptySaml: SamlValues = {
  source: "file",
  metadataFile: "",
  metadataUrl: "",
  signsRequests: true,
  requiresEncryption: false,
  allowsIdpInitiated: false,
  signsOut: false,
  linksByEmail: false,
};

export function samlValuesOf({ ProviderDetails = {} }: IdentityProviderType): SamlValues {
  const { MetadataFile = "", MetadataURL = "", RequestSigningAlgorithm } = ProviderDetails;
  const isOn = (setting: string) => ProviderDetails[setting]?.toLowerCase() === "true";
  return {
    source: MetadataURL === "" ? "file" : "url",
    metadataFile: MetadataFile,
    metadataUrl: MetadataURL,
    signsRequests: RequestSigningAlgorithm !== undefined,
    requiresEncryption: isOn("EncryptedResponses"),
    allowsIdpInitiated: isOn("IDPInit"),
    signsOut: isOn("IDPSignout"),
    linksByEmail: isOn("link_by_verified_email"),
  };
}

/** The `ProviderDetails` that CreateIdentityProvider and UpdateIdentityProvider take. */
export function samlDetails(values: SamlValues): Record<string, string> {
  return {
    ...(values.source === "file"
      ? { MetadataFile: values.metadataFile }
      : { MetadataURL: values.metadataUrl.trim() }),
    IDPSignout: String(values.signsOut),
    IDPInit: String(values.allowsIdpInitiated),
    EncryptedResponses: String(values.requiresEncryption),
    ...(values.linksByEmail && { link_by_verified_email: "true" }),
    ...(values.signsRequests && { RequestSigningAlgorithm: "rsa-sha256" }),
  };
}

/** Which fields are not as they have to be. */
export function samlFaults({ source, metadataFile, metadataUrl }: SamlValues) {
  return {
    metadataFile: source === "file" && describeMetadata(metadataFile)?.signInUrl === undefined,
    metadataUrl: source === "url" && !/^https?:\/\/\S+$/.test(metadataUrl.trim()),
  };
}

export interface MetadataSummary {
  readonly entityId: string;
  readonly signInUrl: string | undefined;
  readonly signOutUrl: string | undefined;
  readonly certificates: number;
}

const METADATA = "urn:oasis:names:tc:SAML:2.0:metadata";
const SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";
const REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

/** A summary of metadata, shown before it is sent; undefined for a text that is not metadata. */
export function describeMetadata(metadata: string): MetadataSummary | undefined {
  // The parser reports errors in a document with inline styles, which violate the page's policy.
  if (!metadata.trimStart().startsWith("<")) return undefined;
  const document = new DOMParser().parseFromString(metadata, "application/xml");
  const entity = document.documentElement;
  const role = entity?.getElementsByTagNameNS(METADATA, "IDPSSODescriptor")[0];
  const entityId = entity?.getAttribute("entityID");
  if (!entityId || role === undefined) return undefined;
  const location = (name: string) =>
    [...role.getElementsByTagNameNS(METADATA, name)]
      .find((service) => service.getAttribute("Binding") === REDIRECT)
      ?.getAttribute("Location") ?? undefined;
  const keys = [...role.getElementsByTagNameNS(METADATA, "KeyDescriptor")].filter(
    (key) => key.getAttribute("use") !== "encryption",
  );
  return {
    entityId,
    signInUrl: location("SingleSignOnService"),
    signOutUrl: location("SingleLogoutService"),
    certificates: keys.flatMap((key) => [...key.getElementsByTagNameNS(SIGNATURE, "X509Certificate")]).length,
  };
}
