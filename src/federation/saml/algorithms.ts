import { SamlRefusal } from "./refusal.ts";
import { attributeOf, descendantsOf, type XmlElement } from "./xml.ts";

/**
 * RSA with SHA-2 alone. SHA-1 can be collided, and with HMAC a provider's public certificate would be the secret (XML
 * Signature Best Practices §2.1). Transforms are those of the SAML profile (SAML Core §5.4.4), without comments.
 */
const ALLOWED: Readonly<Record<string, ReadonlySet<string>>> = {
  SignatureMethod: new Set([
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
    "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
  ]),
  DigestMethod: new Set([
    "http://www.w3.org/2001/04/xmlenc#sha256",
    "http://www.w3.org/2001/04/xmlenc#sha512",
  ]),
  CanonicalizationMethod: new Set([
    "http://www.w3.org/2001/10/xml-exc-c14n#",
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
  ]),
  Transform: new Set([
    "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
    "http://www.w3.org/2001/10/xml-exc-c14n#",
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
  ]),
};

/**
 * In the order of preference. Triple DES, and the RSA padding of PKCS #1 v1.5, which an attacker can ask about, are left out.
 */
export const ENCRYPTION_ALGORITHMS = [
  "http://www.w3.org/2009/xmlenc11#aes256-gcm",
  "http://www.w3.org/2009/xmlenc11#aes128-gcm",
  "http://www.w3.org/2001/04/xmlenc#aes256-cbc",
  "http://www.w3.org/2001/04/xmlenc#aes128-cbc",
  "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p",
] as const;

const ALLOWED_ENCRYPTION: ReadonlySet<string> = new Set(ENCRYPTION_ALGORITHMS);

/** @throws SamlRefusal a signature or an encryption in the document uses another algorithm */
export function checkAlgorithms(root: XmlElement): void {
  for (const [name, allowed] of Object.entries(ALLOWED)) {
    for (const method of descendantsOf(root, "*", name)) {
      // The hash of OAEP need not resist collisions.
      if (name === "DigestMethod" && (method.parentNode as XmlElement).localName === "EncryptionMethod")
        continue;
      requireAllowed(allowed, method);
    }
  }
  for (const method of descendantsOf(root, "*", "EncryptionMethod"))
    requireAllowed(ALLOWED_ENCRYPTION, method);
}

/** The names of algorithms are URIs of some fifty characters. A refusal becomes a part of an address. */
const MAX_SHOWN_CHARACTERS = 200;

function requireAllowed(allowed: ReadonlySet<string>, method: XmlElement): void {
  const algorithm = attributeOf(method, "Algorithm") ?? "";
  if (allowed.has(algorithm)) return;
  throw new SamlRefusal(`The algorithm ${algorithm.slice(0, MAX_SHOWN_CHARACTERS)} is not supported.`);
}
