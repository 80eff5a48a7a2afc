import { XMLParser, XMLValidator } from "fast-xml-parser";
import { InvalidParameterException } from "../../api-model/index.ts";

const REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  removeNSPrefix: true,
  isArray: (name) => name === "SingleSignOnService" || name === "SingleLogoutService",
});

/** The services that a provider's metadata names: SAML 2.0 Metadata §2.4.2, §2.4.3. */
interface Endpoint {
  readonly "@Binding"?: string;
  readonly "@Location"?: string;
}

/**
 * Where a SAML provider's metadata says that browsers are sent to, to sign in and to sign out.
 *
 * @throws InvalidParameterException it is not the metadata of an identity provider; the text is ours
 */
export function samlBindings(metadata: string): {
  SSORedirectBindingURI?: string;
  SLORedirectBindingURI?: string;
} {
  // Entities of its own can grow without bound; metadata has no use for them.
  const hasDocumentType = metadata.includes("<!DOCTYPE");
  const descriptor =
    !hasDocumentType && XMLValidator.validate(metadata) === true
      ? parser.parse(metadata)?.EntityDescriptor?.IDPSSODescriptor
      : undefined;
  if (typeof descriptor !== "object" || descriptor === null) {
    throw new InvalidParameterException("The metadata is not that of a SAML identity provider.");
  }
  const signIn = redirectLocation(descriptor.SingleSignOnService);
  const signOut = redirectLocation(descriptor.SingleLogoutService);
  return {
    ...(signIn !== undefined && { SSORedirectBindingURI: signIn }),
    ...(signOut !== undefined && { SLORedirectBindingURI: signOut }),
  };
}

function redirectLocation(services: unknown): string | undefined {
  if (!Array.isArray(services)) return undefined;
  return services.find((service: Endpoint) => service["@Binding"] === REDIRECT)?.["@Location"];
}
