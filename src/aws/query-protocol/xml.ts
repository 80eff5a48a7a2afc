/**
 * Writing answers as XML.
 *
 * @see Smithy, "AWS Query protocol", section "Response serialization"
 */
import type { Shape } from "../../api-model/index.ts";
import { isoSeconds } from "../../clock.ts";

type ShapeOf = (name: string) => Shape;

/** Policy documents are percent-encoded in answers, and clients decode them by this name. */
const POLICY_DOCUMENT = "policyDocumentType";

/** Text in an element. A carriage return would be read as a line feed, and control characters are no XML at all. */
function escapeText(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go (XML 1.0 §2.2)
      .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "\ufffd")
      .replace(/[&<>\r]/g, (character) => `&#${character.charCodeAt(0)};`)
  );
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

/** An element of plain text. */
export function textElement(name: string, text: string): string {
  return element(name, escapeText(text));
}

/** An element that holds a value of a shape of the model. */
export function valueElement(name: string, value: unknown, shapeName: string, shapeOf: ShapeOf): string {
  return element(name, content(value, shapeName, shapeOf));
}

function content(value: unknown, shapeName: string, shapeOf: ShapeOf): string {
  const shape = shapeOf(shapeName);
  switch (shape.type) {
    case "structure": {
      const structure = Object(value) as Readonly<Record<string, unknown>>;
      return Object.entries(shape.members)
        .filter(([member]) => structure[member] !== undefined)
        .map(([member, target]) => valueElement(member, structure[member], target, shapeOf))
        .join("");
    }
    case "list": {
      const elements: readonly unknown[] = Array.isArray(value) ? value : [];
      return elements.map((one) => valueElement("member", one, shape.member, shapeOf)).join("");
    }
    case "map":
      return Object.entries(Object(value))
        .map(([key, one]) =>
          element("entry", textElement("key", key) + valueElement("value", one, shape.value, shapeOf)),
        )
        .join("");
    case "timestamp":
      return isoSeconds(Number(value));
    case "string":
      return escapeText(shapeName === POLICY_DOCUMENT ? percentEncoded(String(value)) : String(value));
    default:
      return escapeText(String(value));
  }
}

/** Percent-encodes all but the unreserved characters (RFC 3986 §2.3). */
function percentEncoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
