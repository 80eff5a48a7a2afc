import { DOMParser, type XmlElement, type XmlNode } from "@xmldom/xmldom/lib/index.js";
import { exceeds } from "../../xml.ts";
import { SamlRefusal } from "./refusal.ts";

export type { XmlElement };

const ELEMENT = 1;

/**
 * The most elements and attributes of a document. The library that looks for signed elements takes a time that grows with the square
 * of their number: the 18,000 elements that a message has room for took ten seconds, in which other SAML sign-ins wait. An assertion
 * of a thousand groups has fewer.
 */
const MAX_ELEMENTS = 1200;
const MAX_ATTRIBUTES = 3000;

/**
 * The root element of a document from outside. A document type is rejected, because its entities can expand without
 * bound. Comments and processing instructions are rejected, because signatures do not cover them: they have been used
 * to truncate a NameID.
 *
 * @throws SamlRefusal
 */
export function parseXml(text: string): XmlElement {
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw new SamlRefusal("The document has a document type.");
  if (text.includes("<!--")) throw new SamlRefusal("The document has comments.");
  if (/<\?(?!xml\s)/.test(text)) throw new SamlRefusal("The document has processing instructions.");
  if (exceeds(text, /<(?!\/)/g, MAX_ELEMENTS) || exceeds(text, /=\s*["']/g, MAX_ATTRIBUTES)) {
    throw new SamlRefusal("The document has too many elements or attributes.");
  }
  const malformed = () => new SamlRefusal("The document is not well-formed XML.");
  try {
    const parser = new DOMParser({
      locator: {},
      errorHandler: () => {
        throw malformed();
      },
    });
    const root = parser.parseFromString(text, "text/xml")?.documentElement;
    if (root) return root;
  } catch {
    // The parser also throws errors of its own; their texts do not help readers of ours.
  }
  throw malformed();
}

/** The child elements of that name. */
export function childrenOf(parent: XmlElement, namespace: string, name: string): readonly XmlElement[] {
  const children: XmlElement[] = [];
  for (let index = 0; index < parent.childNodes.length; index++) {
    const node = parent.childNodes[index];
    if (isElement(node) && node.namespaceURI === namespace && node.localName === name) children.push(node);
  }
  return children;
}

/**
 * The child element of that name.
 *
 * @throws SamlRefusal there are several
 */
export function childOf(parent: XmlElement, namespace: string, name: string): XmlElement | undefined {
  const [first, second] = childrenOf(parent, namespace, name);
  if (second) throw new SamlRefusal(`The document has more than one ${name} where it can have one.`);
  return first;
}

/** All elements of that name in the element, at any depth. `*` means any namespace. */
export function descendantsOf(element: XmlElement, namespace: string, name: string): readonly XmlElement[] {
  const found = element.getElementsByTagNameNS(namespace, name);
  return Array.from({ length: found.length }, (_, index) => found.item(index)).filter(
    (each) => each !== null,
  );
}

export function attributeOf(element: XmlElement, name: string): string | undefined {
  return element.hasAttribute(name) ? element.getAttribute(name) : undefined;
}

export function textOf(element: XmlElement | undefined): string {
  return element?.textContent?.trim() ?? "";
}

function isElement(node: XmlNode | undefined): node is XmlElement {
  return node?.nodeType === ELEMENT;
}
