/** XML that administrators give: metadata of SAML providers, and images of managed login styles. */
import type { X2jOptions } from "fast-xml-parser";
import { isJsonObject, type JsonObject } from "./json.ts";
import { lazy } from "./lazy.ts";

const xml = lazy(() => import("fast-xml-parser"));

/**
 * Reads a document without regard to namespaces: an element's members are its children by name, and its attributes by name with
 * an `@` before.
 *
 * @returns undefined for what is no XML, has a document type, or is more than the parser takes
 */
export async function readXml(text: string, options: X2jOptions = {}): Promise<JsonObject | undefined> {
  const { XMLParser, XMLValidator } = await xml();
  // Entities that a document type declares can expand without bound, and no document needs them here.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text) || XMLValidator.validate(text) !== true) return undefined;
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "@",
    removeNSPrefix: true,
    ...options,
  });
  try {
    const document: unknown = parser.parse(text);
    return isJsonObject(document) ? document : undefined;
  } catch {
    // It refuses deep nesting, too many entities, and names such as `constructor`.
    return undefined;
  }
}
