/** Names of SAML that both sides write, and how text is written into XML. Without a parser: what is sent needs none. */
export const NAMESPACE = {
  protocol: "urn:oasis:names:tc:SAML:2.0:protocol",
  assertion: "urn:oasis:names:tc:SAML:2.0:assertion",
  signature: "http://www.w3.org/2000/09/xmldsig#",
} as const;

/** The status of an answer that is no refusal. SAML Core §3.2.2.2 */
export const SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success";

/** Developer Guide, "Things to know about SAML IdPs": characters of a response. */
export const MAX_CHARACTERS = 100_000;

/** Text with the escapes that it needs in an element or a quoted attribute. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"'\r\n\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}
