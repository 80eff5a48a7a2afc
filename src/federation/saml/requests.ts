/**
 * The messages that a pool sends to a SAML provider, by redirect.
 *
 * @see SAML Bindings §3.4, "HTTP Redirect Binding"; SAML Core §3.4.1, §3.7.1
 */
import { type KeyObject, sign } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import type { NameId } from "./assertion.ts";
import { escapeXml, NAMESPACE, SUCCESS } from "./vocabulary.ts";

const RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

/** Where the browser goes with the answer to a provider's LogoutRequest. */
export function logoutResponseUrl(sent: Sent & { readonly inResponseTo: string }): string {
  const attributes = [...commonAttributes(sent), ["InResponseTo", sent.inResponseTo]];
  const status = element("samlp:Status", [], element("samlp:StatusCode", [["Value", SUCCESS]], ""));
  const message = element("samlp:LogoutResponse", attributes, issuerElement(sent) + status);
  return redirectUrl(sent, message, "SAMLResponse");
}

interface Sent {
  /** The provider's endpoint. */
  readonly destination: string;
  /** The entity id of the pool. */
  readonly issuer: string;
  /** An NCName: begins with a letter or `_`. */
  readonly id: string;
  /** Milliseconds. */
  readonly issuedAt: number;
  readonly relayState: string | undefined;
  /** Signs the request when it is given. */
  readonly signingKey: KeyObject | undefined;
}

/** Where the browser goes to sign in. */
export function authnRequestUrl(
  sent: Sent & { readonly assertionConsumer: string; readonly forceAuthn: boolean },
): string {
  const attributes = [
    ...commonAttributes(sent),
    ["ProtocolBinding", "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"],
    ["AssertionConsumerServiceURL", sent.assertionConsumer],
    ...(sent.forceAuthn ? [["ForceAuthn", "true"]] : []),
  ];
  return redirectUrl(sent, element("samlp:AuthnRequest", attributes, issuerElement(sent)));
}

/** Where the browser goes to sign out. */
export function logoutRequestUrl(
  sent: Sent & { readonly nameId: NameId; readonly sessionIndex: string | undefined },
): string {
  const { value, format, nameQualifier, spNameQualifier } = sent.nameId;
  const nameId = element(
    "saml:NameID",
    [
      ["Format", format],
      ["NameQualifier", nameQualifier],
      ["SPNameQualifier", spNameQualifier],
    ],
    escapeXml(value),
  );
  const session =
    sent.sessionIndex === undefined ? "" : element("samlp:SessionIndex", [], escapeXml(sent.sessionIndex));
  const content = issuerElement(sent) + nameId + session;
  return redirectUrl(sent, element("samlp:LogoutRequest", commonAttributes(sent), content));
}

function commonAttributes({ id, issuedAt, destination }: Sent) {
  return [
    ["xmlns:samlp", NAMESPACE.protocol],
    ["xmlns:saml", NAMESPACE.assertion],
    ["ID", id],
    ["Version", "2.0"],
    ["IssueInstant", new Date(issuedAt).toISOString()],
    ["Destination", destination],
  ];
}

function issuerElement({ issuer }: Sent): string {
  return element("saml:Issuer", [], escapeXml(issuer));
}

/** @param content XML */
function element(
  name: string,
  attributes: readonly (readonly (string | undefined)[])[],
  content: string,
): string {
  const written = attributes.flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escapeXml(value)}"`],
  );
  return `<${name}${written.join("")}>${content}</${name}>`;
}

/** The signature is of the query as it is sent, to the letter. SAML Bindings §3.4.4.1 */
function redirectUrl(
  { destination, relayState, signingKey }: Sent,
  xml: string,
  name: "SAMLRequest" | "SAMLResponse" = "SAMLRequest",
): string {
  const members = [
    [name, deflateRawSync(xml).toString("base64")],
    ...(relayState === undefined ? [] : [["RelayState", relayState]]),
    ...(signingKey === undefined ? [] : [["SigAlg", RSA_SHA256]]),
  ];
  // Browsers write an apostrophe in a query as %27, and the signature is of what they send.
  const encoded = (value: string) => encodeURIComponent(value).replaceAll("'", "%27");
  const query = members.map(([name, value = ""]) => `${name}=${encoded(value)}`).join("&");
  const signature =
    signingKey === undefined
      ? ""
      : `&Signature=${encodeURIComponent(sign("sha256", Buffer.from(query), signingKey).toString("base64"))}`;
  return `${destination}${destination.includes("?") ? "&" : "?"}${query}${signature}`;
}
