/** XML that administrators give: metadata of SAML providers, and images of managed login styles. */
import type { X2jOptions } from "fast-xml-parser";
import { isJsonObject, type JsonObject } from "./json.ts";
import { lazy } from "./lazy.ts";

const xml = lazy(() => import("fast-xml-parser"));

/**
 * The most elements and attributes of a document, so that it does not occupy the server for longer than a tenth of a second.
 * An image of a megabyte that is drawn in paths has a few thousand, the metadata of one provider a few hundred.
 */
const MAX_ELEMENTS = 10_000;
const MAX_ATTRIBUTES = 20_000;

/**
 * Reads a document: the members of an element are its children by name, and `@`, which has the attributes by name.
 *
 * @param options by default names have no prefixes of namespaces
 * @returns `malformed` also for a document type, and for what the parser refuses
 */
export async function readXml(
  text: string,
  options: X2jOptions = {},
): Promise<JsonObject | "malformed" | "too large"> {
  if (exceeds(text, /<(?!\/)/g, MAX_ELEMENTS) || exceeds(text, /=\s*["']/g, MAX_ATTRIBUTES)) {
    return "too large";
  }
  const { XMLParser, XMLValidator } = await xml();
  // Entities that a document type declares can expand without bound, and no document needs them here.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text) || XMLValidator.validate(text) !== true) return "malformed";
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "",
    // The parser counts the members here with each text of the element. Without the group these are all attributes.
    attributesGroupName: "@",
    // Otherwise it makes a text of the names of all elements above, for each element and attribute.
    jPath: false,
    removeNSPrefix: true,
    ...options,
  });
  try {
    const document: unknown = parser.parse(text);
    return isJsonObject(document) ? document : "malformed";
  } catch {
    // It refuses deep nesting, too many entities, and names such as `constructor`.
    return "malformed";
  }
}

/** Whether the pattern is there more often. What looks like it in texts counts too. */
export function exceeds(text: string, pattern: RegExp, limit: number): boolean {
  let count = 0;
  for (const _ of text.matchAll(pattern)) if (++count > limit) return true;
  return false;
}
