import { SamlRefusal } from "./refusal.ts";

/**
 * Attributes of an assertion as claims. Several values become one text in brackets, each encoded as in a form.
 *
 * @throws SamlRefusal a value has a character outside of the Basic Multilingual Plane
 * @see Developer Guide, "Specifying identity provider attribute mappings for your user pool"
 */
export function claimsOf(attributes: Readonly<Record<string, readonly string[]>>): Record<string, string> {
  const claims = Object.entries(attributes).flatMap(([name, values]) => {
    const [only] = values;
    if (only === undefined) return [];
    return [[name, values.length === 1 ? only : `[${values.map(formEncoded).join(", ")}]`] as const];
  });
  const tooWide = claims.find(([, value]) => /[\u{10000}-\u{10FFFF}]/u.test(value));
  if (tooWide) throw new SamlRefusal(`The attribute ${tooWide[0]} has a character of four bytes.`);
  return Object.fromEntries(claims);
}

function formEncoded(value: string): string {
  return new URLSearchParams({ "": value }).toString().slice(1);
}
