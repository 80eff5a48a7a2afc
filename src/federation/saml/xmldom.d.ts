/**
 * The part of xmldom that is used here. The package's own types declare the whole browser DOM as global, which would
 * hide mistakes in the rest of the server. These types belong to the package's main entry, so the package is imported
 * by its file.
 */
declare module "@xmldom/xmldom/lib/index.js" {
  export interface XmlNode {
    readonly nodeType: number;
    readonly textContent: string | null;
    readonly parentNode: XmlNode | null;
    readonly childNodes: { readonly length: number; readonly [index: number]: XmlNode | undefined };
  }

  export interface XmlElement extends XmlNode {
    readonly localName: string;
    readonly namespaceURI: string | null;
    hasAttribute(name: string): boolean;
    getAttribute(name: string): string;
    getElementsByTagNameNS(
      namespace: string,
      name: string,
    ): { readonly length: number; item(index: number): XmlElement | null };
    toString(): string;
  }

  export interface XmlDocument extends XmlNode {
    readonly documentElement: XmlElement | null;
  }

  export class DOMParser {
    constructor(options: { locator?: object; errorHandler: (level: string, message: string) => void });
    parseFromString(text: string, type: string): XmlDocument | undefined;
  }
}
