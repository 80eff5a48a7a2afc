/**
 * Finds out what of a SAML message is signed, and gives that and nothing else to those who read it. The signature code is
 * node-saml's; the rules of SAML's profiles are checked by others.
 *
 * @see docs/decisions/0105-saml.md
 */
import { decryptXml, getVerifiedXml } from "@node-saml/node-saml/lib/xml.js";
import { checkAlgorithms } from "./algorithms.ts";
import { SamlRefusal } from "./refusal.ts";
import { MAX_CHARACTERS, NAMESPACE, SUCCESS } from "./vocabulary.ts";
import { attributeOf, childrenOf, descendantsOf, parseXml, type XmlElement } from "./xml.ts";

/** With the space at the end, as it was observed. */
const INVALID_SIGNATURE = "SAML Assertion signature is invalid. ";
/** Developer Guide, "Troubleshoot Amazon Cognito"; the space by analogy. */
const INVALID_RESPONSE_SIGNATURE = "SAML Response signature is invalid. ";

export interface Keys {
  /** PEM: those of the provider's metadata that can sign. */
  readonly certificates: readonly string[];
  /** PEM. */
  readonly decryptionKey?: string | undefined;
}

export interface Message {
  /** As sent: only its own attributes, its Issuer and its Status may be read, where they refuse more and allow nothing. */
  readonly envelope: XmlElement;
  /** As signed. */
  readonly assertion: XmlElement;
  readonly isEncrypted: boolean;
}

/**
 * A response with one assertion. Its signature, that of the assertion, or both are there, and all that are there are good.
 *
 * @param encoded base64, as the POST binding sends it
 * @throws SamlRefusal
 */
export async function verifiedResponse(encoded: string, keys: Keys): Promise<Message> {
  const xml = decoded(encoded);
  const envelope = parseXml(xml);
  checkAlgorithms(envelope);
  requireRoot(envelope, "Response");
  requireSuccess(envelope);
  const signedXml = verifiedElement(xml, envelope, keys);
  const response = signedXml === undefined ? envelope : parseXml(signedXml);

  const plain = descendantsOf(response, NAMESPACE.assertion, "Assertion");
  const encrypted = descendantsOf(response, NAMESPACE.assertion, "EncryptedAssertion");
  // Further assertions could only be mistaken for the signed one.
  if (plain.length + encrypted.length > 1) throw new SamlRefusal("The response has more than one assertion.");
  const [sent] = [
    ...childrenOf(response, NAMESPACE.assertion, "Assertion"),
    ...childrenOf(response, NAMESPACE.assertion, "EncryptedAssertion"),
  ];
  if (sent === undefined) throw new SamlRefusal("The response has no assertion.");
  const isEncrypted = encrypted.length === 1;
  const source = isEncrypted ? await decrypted(sent, "assertion", keys) : (signedXml ?? xml);
  const assertion = isEncrypted ? parseXml(source) : sent;
  if (isEncrypted) {
    checkAlgorithms(assertion);
    if (assertion.namespaceURI !== NAMESPACE.assertion || assertion.localName !== "Assertion") {
      throw new SamlRefusal("The encrypted element is not an assertion.");
    }
  }
  const signedAssertion = verifiedElement(source, assertion, keys);
  if (signedAssertion !== undefined) {
    return { envelope: response, assertion: parseXml(signedAssertion), isEncrypted };
  }
  if (signedXml === undefined) throw new SamlRefusal(INVALID_SIGNATURE);
  return { envelope: response, assertion, isEncrypted };
}

/**
 * The answer to a request to sign out, which must be signed.
 *
 * @throws SamlRefusal
 */
export function verifiedLogoutResponse(encoded: string, keys: Keys): XmlElement {
  const xml = decoded(encoded);
  const envelope = parseXml(xml);
  checkAlgorithms(envelope);
  requireRoot(envelope, "LogoutResponse");
  const signedXml = verifiedElement(xml, envelope, keys);
  if (signedXml === undefined) throw new SamlRefusal(INVALID_SIGNATURE);
  const response = parseXml(signedXml);
  requireSuccess(response);
  return response;
}

/** @throws SamlRefusal it is too long */
export function decoded(encoded: string): string {
  if (encoded.length > MAX_CHARACTERS) throw new SamlRefusal("The response is too long.");
  return Buffer.from(encoded, "base64").toString("utf8");
}

/** @throws SamlRefusal */
export function requireRoot(root: XmlElement, name: string): void {
  if (root.namespaceURI !== NAMESPACE.protocol || root.localName !== name) {
    throw new SamlRefusal(`The message is not a ${name}.`);
  }
  if (attributeOf(root, "Version") !== "2.0") throw new SamlRefusal("The message is not of SAML 2.0.");
}

/** A provider's refusal is often not signed, and allows nothing. */
function requireSuccess(root: XmlElement): void {
  const [status] = childrenOf(root, NAMESPACE.protocol, "Status");
  const [code] = status ? childrenOf(status, NAMESPACE.protocol, "StatusCode") : [];
  const value = code && attributeOf(code, "Value");
  if (value === SUCCESS) return;
  const name = /[A-Za-z]{1,64}$/.exec(value ?? "")?.[0] ?? "none";
  throw new SamlRefusal(`The identity provider answered with the status ${name}.`);
}

/**
 * @returns the element as its own signature covers it, in canonical form; undefined when it has none
 * @throws SamlRefusal it has a signature that is not good
 */
export function verifiedElement(
  xml: string,
  element: XmlElement,
  { certificates }: Keys,
): string | undefined {
  if (childrenOf(element, NAMESPACE.signature, "Signature").length === 0) return undefined;
  try {
    // Both are xmldom's elements; the types differ because ours leave out the browser's DOM.
    const signed = getVerifiedXml(xml, element as never, [...certificates]);
    if (signed !== null) return signed;
  } catch {
    // The reasons are those of an attack, or of a broken provider: to the outside they are one.
  }
  throw new SamlRefusal(element.localName === "Response" ? INVALID_RESPONSE_SIGNATURE : INVALID_SIGNATURE);
}

/**
 * The XML in an encrypted element. There is one text for every failure, because different texts would reveal the content
 * of a changed ciphertext.
 *
 * @throws SamlRefusal
 */
export async function decrypted(
  element: XmlElement,
  name: "assertion" | "NameID",
  { decryptionKey }: Keys,
): Promise<string> {
  if (decryptionKey !== undefined) {
    try {
      const xml: unknown = await decryptXml(element.toString(), decryptionKey);
      if (typeof xml === "string") return xml;
    } catch {
      // Told below.
    }
  }
  throw new SamlRefusal(`The ${name} cannot be decrypted.`);
}
