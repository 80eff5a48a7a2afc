/** Answers of a SAML provider that must not sign anyone in, made of one that is signed by the provider. */
import { deflateRawSync } from "node:zlib";
import {
  type AssertionParts,
  assertionXml,
  base64,
  responseXml,
  signed,
  type TestKey,
} from "../../src/federation/saml/fixtures/identity-provider.ts";
import { hostileText, tamperedBytes } from "./mutate.ts";
import type { RandomSource } from "./random.ts";

export const FORGED = "forged";

interface Given {
  readonly parts: AssertionParts;
  readonly key: TestKey;
  readonly foreign: TestKey;
  readonly random: RandomSource;
}

/** An assertion of another subject that nobody signed, in a response with one that is. */
const WRAPPINGS: readonly ((forged: string, real: string, signature: string) => string)[] = [
  (forged, real) => forged + real,
  (forged, real) => real + forged,
  (forged, real) => forged.replace("</saml:Assertion>", `${real}</saml:Assertion>`),
  (forged, real) => real.replace("</saml:Assertion>", `${forged}</saml:Assertion>`),
  (forged, real) => `<samlp:Extensions>${real}</samlp:Extensions>${forged}`,
  (forged, real) => `<samlp:Extensions>${forged}</samlp:Extensions>${real}`,
  (forged, _, signature) => forged.replace("</saml:Issuer>", `</saml:Issuer>${signature}`),
  (forged, real, signature) =>
    forged.replace(
      "</saml:Issuer>",
      `</saml:Issuer>${signature.replace("</ds:Signature>", `<ds:Object>${real}</ds:Object></ds:Signature>`)}`,
    ),
  (forged, real, signature) =>
    real.replace(signature, "").replace("</saml:Issuer>", `</saml:Issuer>${signature}<x>${forged}</x>`),
  (forged, real) =>
    real.replace("</saml:Subject>", `</saml:Subject>${/<saml:Subject>.*<\/saml:Subject>/.exec(forged)?.[0]}`),
];

const CHANGES: readonly ((xml: string, random: RandomSource) => string)[] = [
  (xml) => xml.replace(/(<saml:NameID[^>]*>)[^<]*/, `$1${FORGED}`),
  (xml) => xml.replace(/(<saml:NameID[^>]*>)[^<]*/, `$1${FORGED}<!-- -->rest`),
  (xml) => xml.replace(/(<saml:NameID[^>]*>)[^<]*/, `$1${FORGED}<?x y?>`),
  (xml) => `<!DOCTYPE a [<!ENTITY e "${FORGED}">]>${xml.replace(/(<saml:NameID[^>]*>)[^<]*/, "$1&e;")}`,
  (xml) => xml.replace(/<ds:Signature .*?<\/ds:Signature>/, ""),
  (xml) =>
    xml
      .replace(/<ds:DigestValue>[^<]*/, "<ds:DigestValue>")
      .replace(/(<saml:NameID[^>]*>)[^<]*/, `$1${FORGED}`),
  (xml) => xml.replace(/URI="#[^"]*"/, 'URI=""').replace(/(<saml:NameID[^>]*>)[^<]*/, `$1${FORGED}`),
  (xml) => xml.replaceAll("rsa-sha256", "hmac-sha256").replace(/(<saml:NameID[^>]*>)[^<]*/, `$1${FORGED}`),
];

/** XML that is broken, huge or dangerous to read: nobody signs in by it, unless nothing was changed that matters. */
export const ODDITIES: readonly ((xml: string, random: RandomSource) => string)[] = [
  (xml, random) => tamperedBytes(Buffer.from(xml), random).toString("latin1"),
  (xml, random) => xml.slice(0, random.below(xml.length)),
  (xml) => `${xml}${xml}`,
  (xml) => `${"<a>".repeat(20_000)}${xml}`,
  (xml) => xml.replace("<saml:Subject>", `${"<x>".repeat(8000)}${"</x>".repeat(8000)}<saml:Subject>`),
  (xml) =>
    xml.replace(
      "<saml:Assertion ",
      `<saml:Assertion ${Array.from({ length: 3000 }, (_, index) => `a${index}="1"`).join(" ")} `,
    ),
  (xml, random) =>
    xml.replace(/IssueInstant="[^"]*"/g, `IssueInstant="${hostileText(random).replace(/[<&"]/g, "")}"`),
  (xml, random) => xml.replace(/>[^<]+</, `>${hostileText(random).replace(/[<&]/g, "")}<`),
  (xml) => `\ufeff${xml}`,
  (xml) => Buffer.from(`\ufeff${xml}`, "utf16le").toString("latin1"),
  (xml) => `<?xml version="1.1" encoding="UTF-7"?>${xml}`,
  () => `<!DOCTYPE r [<!ENTITY a "${"x".repeat(1000)}">]><r>${"&a;".repeat(10_000)}</r>`,
  () => '<!DOCTYPE r SYSTEM "http://127.0.0.1:1/evil.dtd"><r/>',
  () => '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><r>&a;</r>',
];

/** @returns the value of `SAMLResponse` */
export function forgedResponse({ parts, key, foreign, random }: Given): string {
  const envelope = { now: parts.now, destination: parts.recipient, requestId: parts.requestId };
  const real = signed(assertionXml({ ...parts, nameId: "signed" }), key);
  const forged = assertionXml({
    ...parts,
    nameId: FORGED,
    id: random.chance(0.5) ? (parts.id ?? "_a1") : "_f1",
  });
  const signature = /<ds:Signature .*<\/ds:Signature>/.exec(real)?.[0] ?? "";
  const kind = random.below(4);
  if (kind === 0) return base64(responseXml(envelope, signed(forged, foreign)));
  if (kind === 1) {
    // A signed response whose assertion was exchanged.
    const whole = signed(responseXml(envelope, assertionXml({ ...parts, nameId: "signed" })), key);
    return base64(whole.replace(/<saml:Assertion .*<\/saml:Assertion>/, forged));
  }
  const wrap = random.pickAny(WRAPPINGS);
  if (kind === 2 && wrap) return base64(responseXml(envelope, wrap(forged, real, signature)));
  return base64(random.pickAny(CHANGES)?.(responseXml(envelope, real), random) ?? "");
}

export function oddResponse({ parts, key, random }: Given): string {
  const envelope = { now: parts.now, destination: parts.recipient, requestId: parts.requestId };
  const xml = responseXml(envelope, signed(assertionXml(parts), key));
  const odd = random.pickAny(ODDITIES)?.(xml, random) ?? "";
  const bytes = Buffer.from(odd, random.chance(0.5) ? "latin1" : "utf8");
  // Compressed it would be of the other binding.
  return (random.chance(0.1) ? deflateRawSync(bytes) : bytes).toString("base64");
}
