/**
 * Requests of a provider to end a user's session, which come signed by the POST or the redirect binding, and their answers.
 *
 * @see SAML Core §3.7, "Single Logout Protocol"; SAML Bindings §3.4.4.1, on signatures of queries
 */
import { verify, X509Certificate } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import { checkAlgorithms } from "./algorithms.ts";
import {
  CLOCK_SKEW_MILLISECONDS,
  type Expected,
  instantOf,
  type NameId,
  requireIssuer,
  requireSame,
} from "./assertion.ts";
import { SamlRefusal } from "./refusal.ts";
import { decoded, decrypted, type Keys, requireRoot, verifiedElement } from "./verified-message.ts";
import { MAX_CHARACTERS, NAMESPACE } from "./vocabulary.ts";
import { attributeOf, childOf, childrenOf, parseXml, textOf, type XmlElement } from "./xml.ts";

/** How long a request is good for that names no end. */
const LIFE_MILLISECONDS = 5 * 60_000;

/** A LogoutRequest as it arrived. */
export type SentLogoutRequest =
  | { readonly binding: "POST"; readonly samlRequest: string }
  /** The signature is of the query as it was sent. */
  | { readonly binding: "redirect"; readonly query: string };

export interface AcceptedLogoutRequest {
  readonly id: string;
  /** When it need no longer be remembered as used: milliseconds. */
  readonly expiresAt: number;
  readonly nameId: Pick<NameId, "value" | "format">;
  /** None for all sessions of the subject. */
  readonly sessionIndexes: readonly string[];
}

/** The entity id of the sender, before anything is believed; undefined for what is no LogoutRequest. */
export function senderOf(sent: SentLogoutRequest): string | undefined {
  const request = parsed(sent);
  return textOf(childOf(request, NAMESPACE.assertion, "Issuer")) || undefined;
}

/** @throws SamlRefusal it is not signed by the provider, not for this pool, or not of now */
export async function acceptLogoutRequest(
  sent: SentLogoutRequest,
  keys: Keys,
  expected: Pick<Expected, "issuer" | "recipient" | "now">,
): Promise<AcceptedLogoutRequest> {
  const request = sent.binding === "POST" ? verifiedByPost(sent.samlRequest, keys) : parsed(sent);
  if (sent.binding === "redirect") verifyQuery(sent.query, keys);
  requireIssuer(request, expected, true);
  // A request that names no destination could be one to another party.
  if (attributeOf(request, "Destination") === undefined) throw new SamlRefusal("There is no Destination.");
  requireSame(attributeOf(request, "Destination"), expected.recipient, "Destination");
  const id = attributeOf(request, "ID");
  const issuedAt = instantOf(request, "IssueInstant");
  if (!id || issuedAt === undefined) throw new SamlRefusal("The request has no ID or IssueInstant.");
  const until = instantOf(request, "NotOnOrAfter") ?? issuedAt + LIFE_MILLISECONDS;
  const { now } = expected;
  if (issuedAt > now + CLOCK_SKEW_MILLISECONDS || until <= now - CLOCK_SKEW_MILLISECONDS) {
    throw new SamlRefusal("The request is not of now.");
  }
  const nameId = await nameIdOf(request, keys);
  if (nameId === undefined || textOf(nameId) === "") throw new SamlRefusal("The request has no NameID.");
  return {
    id,
    expiresAt: until + CLOCK_SKEW_MILLISECONDS,
    nameId: { value: nameId.textContent ?? "", format: attributeOf(nameId, "Format") },
    sessionIndexes: childrenOf(request, NAMESPACE.protocol, "SessionIndex").map(textOf),
  };
}

/** The subject, which a provider may encrypt for the pool. SAML Core §3.7.1 @throws SamlRefusal */
async function nameIdOf(request: XmlElement, keys: Keys): Promise<XmlElement | undefined> {
  const encrypted = childOf(request, NAMESPACE.assertion, "EncryptedID");
  if (encrypted === undefined) return childOf(request, NAMESPACE.assertion, "NameID");
  checkAlgorithms(encrypted);
  const nameId = parseXml(await decrypted(encrypted, "NameID", keys));
  if (nameId.namespaceURI !== NAMESPACE.assertion || nameId.localName !== "NameID") {
    throw new SamlRefusal("The encrypted element is not a NameID.");
  }
  return nameId;
}

function verifiedByPost(samlRequest: string, keys: Keys): XmlElement {
  const xml = decoded(samlRequest);
  const envelope = parseXml(xml);
  checkAlgorithms(envelope);
  requireRoot(envelope, "LogoutRequest");
  const signedXml = verifiedElement(xml, envelope, keys);
  if (signedXml === undefined) throw new SamlRefusal("The request is not signed.");
  return parseXml(signedXml);
}

function parsed(sent: SentLogoutRequest): XmlElement {
  const root = parseXml(
    sent.binding === "POST" ? decoded(sent.samlRequest) : inflated(partOf(sent.query, "SAMLRequest") ?? ""),
  );
  requireRoot(root, "LogoutRequest");
  return root;
}

function inflated(encoded: string): string {
  try {
    const compressed = Buffer.from(decodeURIComponent(encoded.replaceAll("+", " ")), "base64");
    return inflateRawSync(compressed, { maxOutputLength: MAX_CHARACTERS }).toString("utf8");
  } catch (cause) {
    throw new SamlRefusal("The request cannot be read.", { cause });
  }
}

/** The hashes of the algorithms that a redirect may be signed with. */
const HASHES: ReadonlyMap<string, string> = new Map([
  ["http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "sha256"],
  ["http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", "sha512"],
]);

/** @throws SamlRefusal */
function verifyQuery(query: string, { certificates }: Keys): void {
  const signedParts = ["SAMLRequest", "RelayState", "SigAlg"].flatMap((name) => {
    const value = partOf(query, name);
    return value === undefined ? [] : [`${name}=${value}`];
  });
  const hash = HASHES.get(safelyDecoded(partOf(query, "SigAlg") ?? ""));
  const signature = Buffer.from(safelyDecoded(partOf(query, "Signature") ?? ""), "base64");
  const content = Buffer.from(signedParts.join("&"));
  const isBy = (pem: string) => {
    const { publicKey } = new X509Certificate(pem);
    return publicKey.asymmetricKeyType === "rsa" && verify(hash, content, publicKey, signature);
  };
  if (hash === undefined || signature.length === 0 || !certificates.some(isBy)) {
    throw new SamlRefusal("The request is not signed.");
  }
}

/** As it was sent, still encoded. Names that come twice are refused before. */
function partOf(query: string, name: string): string | undefined {
  const part = query.split("&").find((each) => each.startsWith(`${name}=`));
  return part?.slice(name.length + 1);
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
